package org.keyroll.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Programme;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.identity.Review;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.publication.Exports;
import org.keyroll.run.Ledger;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Programmes, how they stand, their departments and sources. */
@Api(tag = "programmes")
class ProgrammeApi {
  private final Programmes programmes;
  private final Revisions revisions;
  private final RevisionApi revisionApi;
  private final Proposals proposals;
  private final HeldDeliveries held;
  private final Review review;
  private final ListSearch lists;
  private final Freshness freshness;
  private final Ledger ledger;
  private final Times times;
  private final Downloads downloads;

  ProgrammeApi(
      Programmes programmes,
      Revisions revisions,
      RevisionApi revisionApi,
      Proposals proposals,
      HeldDeliveries held,
      Review review,
      ListSearch lists,
      Freshness freshness,
      Ledger ledger,
      Times times,
      Downloads downloads) {
    this.programmes = programmes;
    this.revisions = revisions;
    this.revisionApi = revisionApi;
    this.proposals = proposals;
    this.held = held;
    this.review = review;
    this.lists = lists;
    this.freshness = freshness;
    this.ledger = ledger;
    this.times = times;
    this.downloads = downloads;
  }

  /** A programme, and where it stands. */
  record ProgrammeLine(String id, String title, String href) {}

  /** How many units, deliveries and candidates wait for a person. */
  record WaitingCounts(long proposals, long deliveries, long candidates) {}

  /**
   * How a programme stands.
   *
   * @param businessDate on which somebody acts now
   * @param revision in force; null before the first
   * @param waiting null to a department
   * @param running whether a run is at work in the home
   */
  record ProgrammeStatus(
      String id,
      String title,
      String authority,
      List<Programme.Tier> tiers,
      LocalDate businessDate,
      RevisionApi.@Nullable RevisionLine revision,
      @Nullable WaitingCounts waiting,
      boolean running,
      List<SourceState> sources) {}

  /**
   * A source and how it stands with its clock.
   *
   * @param delivery the one in force; null: there is none
   * @param of last day that it covers
   * @param held deliveries that wait for a person
   */
  record SourceState(
      String id,
      String title,
      Source.Kind kind,
      String sender,
      Freshness.Clock clock,
      @Nullable Long delivery,
      @Nullable LocalDate of,
      @Nullable LocalDate dueOn,
      @Nullable LocalDate overdueOn,
      int held) {}

  /**
   * A department.
   *
   * @param units that it supervises on the list in force
   */
  record DepartmentLine(String id, String title, int units, List<String> sources) {}

  @Door
  @Says("Lists the programmes.")
  @GetMapping("/api/v1/programmes")
  Items<ProgrammeLine> programmes(Person me) throws DefinitionErrors {
    var lines = new ArrayList<ProgrammeLine>();
    for (var id : programmes.ids()) {
      if (me.department() == null || me.department().programme().equals(id)) {
        lines.add(
            new ProgrammeLine(
                id, programmes.of(id).programme().title(), "/api/v1/programmes/" + id));
      }
    }
    return new Items<>(lines, null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Says how a programme stands: what is in force, what waits, who is silent.")
  @GetMapping("/api/v1/programmes/{programme}")
  ProgrammeStatus status(Scope scope, Person me) {
    var programme = scope.programme();
    return new ProgrammeStatus(
        programme.id(),
        programme.title(),
        programme.authority().title(),
        programme.tiers(),
        times.businessDate(scope),
        revisions
            .find(scope, revisions.current(scope))
            .map(r -> revisionApi.line(scope, me, r))
            .orElse(null),
        me.may(Right.READ)
            ? new WaitingCounts(proposals.waiting(scope), held.count(scope), review.count(scope))
            : null,
        ledger.atWork(),
        states(scope, me));
  }

  private List<SourceState> states(Scope scope, Person me) {
    var mine = Own.sources(scope, me).stream().map(Source::id).toList();
    return freshness.of(scope, ledger.lastAsOf(scope)).stream()
        .filter(s -> mine.contains(s.source().id()))
        .map(
            s ->
                new SourceState(
                    s.source().id(),
                    s.source().title(),
                    s.source().kind(),
                    s.source().sender(),
                    s.clock(),
                    s.last() == null ? null : (Long) s.last().number(),
                    s.of(),
                    s.dueOn(),
                    s.overdueOn(),
                    s.held().size()))
        .toList();
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Lists the sources, and how old what each has said is.")
  @GetMapping("/api/v1/programmes/{programme}/sources")
  Items<SourceState> sources(Scope scope, Person me) {
    return new Items<>(states(scope, me), null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says(value = "Gives the workbook that the sender of a source fills in.", file = Downloads.XLSX)
  @GetMapping("/api/v1/programmes/{programme}/sources/{source}/template")
  void template(Scope scope, Person me, @PathVariable String source, HttpServletResponse response)
      throws IOException {
    downloads.template(scope, me, Own.source(scope, me, source), response);
  }

  @Door(Right.READ)
  @Says(
      value = "Gives a table of what is known, or was after a run: as keyroll export does.",
      file = "text/csv")
  @GetMapping("/api/v1/programmes/{programme}/exports/{what}")
  void export(
      Scope scope,
      Person me,
      @PathVariable String what,
      @RequestParam(defaultValue = "CSV") Downloads.Form form,
      @RequestParam(required = false) @Nullable LocalDate asOf,
      @RequestParam(required = false) @Nullable Long afterRun,
      HttpServletResponse response)
      throws Exception {
    var wanted =
        Arrays.stream(Exports.What.values())
            .filter(w -> w.id().equals(what))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        HttpStatus.NOT_FOUND,
                        "There is no export %s; there are %s."
                            .formatted(
                                what,
                                String.join(
                                    ", ",
                                    Arrays.stream(Exports.What.values())
                                        .map(Exports.What::id)
                                        .toList()))));
    if (afterRun != null && !wanted.isKnownAfterEachRun()) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "There is no earlier state of %s.".formatted(wanted.id()));
    }
    if (afterRun != null && ledger.find(scope, afterRun).isEmpty()) {
      throw new NotFound();
    }
    var date = asOf == null ? ledger.lastAsOf(scope) : asOf;
    downloads.export(scope, me, wanted, form, date, afterRun, response);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Lists the departments.")
  @GetMapping("/api/v1/programmes/{programme}/departments")
  Items<DepartmentLine> departments(Scope scope, Person me) {
    var own = Own.department(me);
    return new Items<>(
        scope.definitions().departments().departments().stream()
            .filter(d -> own == null || own.equals(d.id()))
            .map(d -> line(scope, d))
            .toList(),
        null);
  }

  @Door({Right.READ, Right.TAKE})
  @Says("Gives one department.")
  @GetMapping("/api/v1/programmes/{programme}/departments/{department}")
  DepartmentLine department(Scope scope, Person me, @PathVariable String department) {
    return line(scope, Own.department(scope, me, department));
  }

  private DepartmentLine line(Scope scope, Department department) {
    long current = revisions.current(scope);
    Map<String, Integer> counts = current == 0 ? Map.of() : lists.departments(scope, current);
    return new DepartmentLine(
        department.id(),
        department.title(),
        counts.getOrDefault(department.id(), 0),
        scope.definitions().sentBy(department.id()).stream().map(Source::id).toList());
  }
}

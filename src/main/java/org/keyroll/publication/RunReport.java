package org.keyroll.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Bound;
import org.keyroll.adjustment.Cause;
import org.keyroll.adjustment.Decisions.Said;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.intake.Deliveries.Untaken;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Delivery.Counts;
import org.keyroll.intake.Freshness.Clock;
import org.keyroll.intake.Freshness.OfSource;
import org.keyroll.intake.RuleWords;
import org.keyroll.publication.Manifest.FileLine;
import org.keyroll.publication.Tables.Change;
import org.keyroll.table.SheetChart;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;

/**
 * What the authority is told of how a revision came about since the one before: files and rows,
 * what gates held, how old each source is, changes by cause, the envelope, what persons decided,
 * and the rows of the lists. It tells no hour, so that it can be made again.
 */
final class RunReport {
  private static final List<String> FORMS = List.of("xlsx", "csv", "json");

  private final Definitions definitions;
  private final boolean founding;
  private final ReportSheets sheets;
  private final Phrases words;
  private final Phrases published;
  private final RuleWords rules;

  RunReport(Definitions definitions, String title, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.founding = revision == 1;
    this.sheets =
        new ReportSheets(
            definitions, title, definitions.programme().authority().title(), revision, asOf);
    this.words = sheets.words();
    this.published = new Phrases("org.keyroll.publication.published", definitions.programme());
    this.rules = new RuleWords(definitions.programme());
  }

  Phrases words() {
    return words;
  }

  /**
   * A file that was received since the revision before.
   *
   * @param gates that hold it, or that a person let it pass
   * @param refusal why it could not be read, in words; null where it could
   */
  record Received(Delivery delivery, List<String> gates, @Nullable String refusal) {}

  /**
   * What is told.
   *
   * @param list by number of the unit
   * @param files of the revision, with the rows that were counted when they were written
   */
  record Told(
      List<Received> received,
      List<Untaken> untaken,
      List<OfSource> ages,
      Map<Long, Entry> list,
      List<Change> changes,
      List<Said> said,
      List<FileLine> files) {}

  /** The sheets of the report. */
  List<SheetContent> sheets(Told told) {
    var before = before(told);
    var bounds =
        founding
            ? List.<Bound>of()
            : Revisions.bounds(
                definitions, before, told.changes().stream().map(Change::proposal).toList());
    var rows = rows(told);
    return List.of(
        new Figures(told, before.size(), rows).sheet(),
        received(told.received()),
        gates(told.received()),
        untaken(told.untaken()),
        sheets.sources(told.ages()),
        changes(told.changes()),
        bounds(bounds),
        said(told.said()),
        lists(rows));
  }

  /** The list of the revision before: this one, with its changes taken back. */
  private static Map<Long, Entry> before(Told told) {
    var before = new HashMap<>(told.list());
    for (var change : told.changes()) {
      var was = change.before();
      if (was == null) {
        before.remove(change.proposal().unit());
      } else {
        before.put(change.proposal().unit(), was);
      }
    }
    return before;
  }

  private String source(String id) {
    var source = definitions.sources().get(id);
    return source == null ? id : source.title();
  }

  private SheetContent received(List<Received> received) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var one : received) {
      var delivery = one.delivery();
      var counts = delivery.counts();
      boolean right = counts.read() == counts.accepted() + counts.rejected() + counts.duplicate();
      rows.add(
          ReportSheets.row(
              source(delivery.source()),
              delivery.fileName(),
              delivery.asOf(),
              delivery.covers() == null ? null : delivery.covers().toString(),
              state(delivery),
              counts.read(),
              counts.accepted(),
              counts.rejected(),
              counts.duplicate(),
              words.say(right ? "yes" : "no")));
    }
    return sheets.sheet(
        "received",
        List.of(
            sheets.column("source", 24, Format.WRAPPED),
            sheets.column("name.file", 32, Format.WRAPPED),
            sheets.column("receivedOn", 12, Format.DATE),
            sheets.column("covers", 11, Format.WRAPPED),
            sheets.column("state", 12, Format.WRAPPED),
            sheets.column("read", 10, Format.INTEGER),
            sheets.column("accepted", 10, Format.INTEGER),
            sheets.column("rejected", 10, Format.INTEGER),
            sheets.column("duplicate", 10, Format.INTEGER),
            sheets.column("adds", 8, Format.TEXT)),
        rows,
        words.say("received.note"));
  }

  private String state(Delivery delivery) {
    return words.say(
        "delivery."
            + (delivery.isTaken() && delivery.decidedBy() != null
                ? "LET_IN"
                : delivery.isTaken() ? "TAKEN" : delivery.state().name()));
  }

  private SheetContent gates(List<Received> received) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var one : received) {
      var delivery = one.delivery();
      var what = new ArrayList<String>();
      one.gates().forEach(gate -> what.add(gate(gate)));
      if (one.refusal() != null) {
        what.add(one.refusal());
      }
      if (what.isEmpty() && (delivery.decidedBy() != null || !delivery.isTaken())) {
        what.add(state(delivery));
      }
      for (var said : what) {
        rows.add(
            ReportSheets.row(
                source(delivery.source()),
                delivery.fileName(),
                said,
                state(delivery),
                delivery.decidedBy(),
                delivery.cause()));
      }
    }
    return sheets.sheet(
        "gates",
        List.of(
            sheets.column("source", 24, Format.WRAPPED),
            sheets.column("name.file", 32, Format.WRAPPED),
            sheets.column("gate", 40, Format.WRAPPED),
            sheets.column("state", 12, Format.WRAPPED),
            sheets.column("person", 14, Format.WRAPPED),
            sheets.column("why", 30, Format.WRAPPED)),
        rows);
  }

  /** A gate, with the field that it is about behind a dot. */
  private String gate(String gate) {
    int dot = gate.indexOf('.');
    return rules.title(gate) + (dot < 0 ? "" : words.say("of") + gate.substring(dot + 1));
  }

  private SheetContent untaken(List<Untaken> untaken) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var file : untaken) {
      rows.add(
          ReportSheets.row(
              file.fileName(),
              words.say("arrival." + file.outcome().name()),
              file.nights(),
              file.first(),
              file.last()));
    }
    return sheets.sheet(
        "untaken",
        List.of(
            sheets.column("name.file", 40, Format.WRAPPED),
            sheets.column("why", 50, Format.WRAPPED),
            sheets.column("nights", 10, Format.INTEGER),
            sheets.column("first", 12, Format.DATE),
            sheets.column("last", 12, Format.DATE)),
        rows);
  }

  private SheetContent changes(List<Change> changes) {
    List<@Nullable Cause> causes = new ArrayList<>();
    causes.addAll(List.of(Cause.values()));
    if (changes.stream().anyMatch(c -> c.proposal().cause() == null)) {
      causes.add(null);
    }
    var columns = new ArrayList<>(List.of(sheets.column("change", 24, Format.WRAPPED)));
    causes.forEach(c -> columns.add(new SheetColumn(cause(c), 14, Format.INTEGER)));
    columns.add(sheets.column("all", 10, Format.INTEGER));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var act : Act.values()) {
      var mine = changes.stream().map(Change::proposal).filter(p -> p.act() == act).toList();
      if (!mine.isEmpty()) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(act(act));
        causes.forEach(c -> row.add(of(mine, c)));
        row.add((long) mine.size());
        rows.add(row);
      }
    }
    return sheets.sheet("changes", columns, rows);
  }

  private String cause(@Nullable Cause cause) {
    return cause == null ? words.say("cause.unknown") : published.say("cause." + cause.id());
  }

  private String act(Act act) {
    return definitions.publication().changes().words().getOrDefault(act.id(), act.id());
  }

  private static long of(List<Proposal> proposals, @Nullable Cause cause) {
    return proposals.stream().filter(p -> p.cause() == cause).count();
  }

  private SheetContent bounds(List<Bound> bounds) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var bound : bounds) {
      rows.add(
          ReportSheets.row(
              words.say("bound." + bound.kind().name(), bound.of()),
              bound.was(),
              bound.is(),
              bound.change(),
              bound.allowed(),
              words.say(bound.outside() ? "outside" : "inside")));
    }
    return sheets.sheet(
        "bounds",
        List.of(
            sheets.column("bound", 44, Format.WRAPPED),
            sheets.column("before", 12, Format.INTEGER),
            sheets.column("after", 12, Format.INTEGER),
            sheets.column("share", 12, Format.PERCENT),
            sheets.column("allowed", 12, Format.PERCENT),
            sheets.column("state", 12, Format.TEXT)),
        rows,
        boundsNote());
  }

  private String[] boundsNote() {
    int units = definitions.programme().approval().envelope().units();
    if (founding) {
      return new String[] {words.say("bounds.founding")};
    }
    return units == 0 ? new String[0] : new String[] {words.say("bounds.note", units)};
  }

  private SheetContent said(List<Said> said) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var one : said) {
      rows.add(
          ReportSheets.row(
              one.asOf(),
              one.person(),
              words.say("verdict." + one.verdict().id()),
              one.units(),
              one.cause()));
    }
    return sheets.sheet(
        "said",
        List.of(
            sheets.column("on", 12, Format.DATE),
            sheets.column("person", 16, Format.WRAPPED),
            sheets.column("verdict", 14, Format.TEXT),
            sheets.column("units", 10, Format.INTEGER),
            sheets.column("why", 60, Format.WRAPPED)),
        rows);
  }

  /**
   * Rows of the list of one audience.
   *
   * @param units on its list
   * @param written in the order of {@link #FORMS}; -1 where there is no such file
   */
  private record Rows(String audience, long units, List<Long> written) {}

  private List<Rows> rows(Told told) {
    var written = told.files().stream().collect(Collectors.toMap(FileLine::path, FileLine::rows));
    var rows = new ArrayList<Rows>();
    rows.add(
        new Rows(
            definitions.programme().authority().title(),
            told.list().size(),
            written("authority/", written)));
    for (var department : definitions.departments().departments()) {
      rows.add(
          new Rows(
              department.title(),
              told.list().values().stream()
                  .filter(e -> e.departments().contains(department.id()))
                  .count(),
              written(RevisionFolder.DEPARTMENTS + department.id() + "/", written)));
    }
    return rows;
  }

  private static List<Long> written(String within, Map<String, Long> rows) {
    return FORMS.stream()
        .map(form -> Objects.requireNonNullElse(rows.get(within + "list." + form), -1L))
        .toList();
  }

  private SheetContent lists(List<Rows> all) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var one : all) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(one.audience());
      row.add(one.units());
      row.addAll(one.written());
      row.add(words.say(one.written().stream().allMatch(w -> w == one.units()) ? "yes" : "no"));
      rows.add(row);
    }
    return sheets.sheet(
        "lists",
        List.of(
            sheets.column("audience", 32, Format.WRAPPED),
            sheets.column("units", 12, Format.INTEGER),
            sheets.column("rows.xlsx", 12, Format.INTEGER),
            sheets.column("rows.csv", 12, Format.INTEGER),
            sheets.column("rows.json", 12, Format.INTEGER),
            sheets.column("same", 10, Format.TEXT)),
        rows,
        words.say("lists.note"));
  }

  /** The first sheet: each figure with what it counts. */
  private final class Figures {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final int received;
    private final int causes;
    private final int end;

    Figures(Told told, long before, List<Rows> lists) {
      var proposals = told.changes().stream().map(Change::proposal).toList();
      figure(words.say("listed.before"), before);
      figure(words.say("entered"), proposals.stream().filter(p -> p.act() == Act.ADD).count());
      figure(words.say("leaving"), proposals.stream().filter(p -> p.act() == Act.DROP).count());
      figure(words.say("listed.now"), told.list().size());
      figure(words.say("released"), proposals.stream().filter(Proposal::released).count());
      figure(words.say("files.received"), told.received().size());
      figure(
          words.say("files.held"),
          told.received().stream()
              .filter(r -> r.delivery().state() == Delivery.State.HELD)
              .count());
      figure(
          words.say("files.refused"),
          told.received().stream()
              .filter(r -> r.delivery().state() == Delivery.State.REFUSED)
              .count());
      figure(
          words.say("sources.overdue"),
          told.ages().stream()
              .filter(s -> s.clock() == Clock.OVERDUE || s.clock() == Clock.NEVER)
              .count());
      figure(words.say("rows.authority"), lists.get(0).written().get(0));
      figure(
          words.say("rows.departments"),
          lists.stream().skip(1).mapToLong(r -> r.written().get(0)).sum());
      figure(words.say("rows.read"), sum(told, Counts::read));
      received = rows.size();
      figure(words.say("rows.accepted"), sum(told, Counts::accepted));
      figure(words.say("rows.rejected"), sum(told, Counts::rejected));
      figure(words.say("rows.duplicate"), sum(told, Counts::duplicate));
      causes = rows.size();
      for (var cause : Cause.values()) {
        figure(words.say("changes.by", cause(cause)), of(proposals, cause));
      }
      end = rows.size();
    }

    private static long sum(Told told, ToLongFunction<Counts> of) {
      return told.received().stream().mapToLong(r -> of.applyAsLong(r.delivery().counts())).sum();
    }

    private void figure(String of, long value) {
      rows.add(ReportSheets.row(of, value));
    }

    SheetContent sheet() {
      return sheets.summary(
          rows,
          List.of(
              new SheetChart(words.say("chart.rows"), 0, 1, received, causes),
              new SheetChart(words.say("chart.causes"), 0, 1, causes, end)));
    }
  }
}

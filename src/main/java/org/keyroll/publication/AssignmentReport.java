package org.keyroll.publication;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Followup;
import org.keyroll.definition.Phrases;
import org.keyroll.followup.Measures.Measure;
import org.keyroll.intake.Freshness.Clock;
import org.keyroll.intake.Freshness.OfSource;
import org.keyroll.publication.Tables.Change;
import org.keyroll.table.SheetChart;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;
import org.keyroll.unit.UnitId;

/**
 * What a department has to do with the list: units assigned to it, moved in and out, measures that
 * run for them, and the reports that it owes. A figure of the first sheet is the number of rows of
 * another.
 */
final class AssignmentReport {
  /** Days ahead within which a measure is told as due. */
  private static final int SOON = 30;

  private static final Comparator<Measure> BY_DUE_DATE =
      Comparator.comparing(
              Measure::dueOn, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
          .thenComparing(Measure::unit)
          .thenComparing(Measure::measure)
          .thenComparing(Measure::origin);

  private final Definitions definitions;
  private final LocalDate asOf;
  private final Phrases words;
  private final ReportSheets sheets;
  private final Department department;

  AssignmentReport(
      Definitions definitions, String title, Department department, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.asOf = asOf;
    this.department = department;
    this.sheets = new ReportSheets(definitions, title, department.title(), revision, asOf);
    this.words = sheets.words();
  }

  /**
   * The sheets of the workbook.
   *
   * @param list the whole list
   * @param changes all changes of the revision
   * @param open the measures that are not closed, of all units
   * @param known the entry of each unit with a measure: on the list, or the one that it had last
   * @param sources those that the department sends
   */
  List<SheetContent> sheets(
      List<Entry> list,
      List<Change> changes,
      List<Measure> open,
      Map<Long, Entry> known,
      List<OfSource> sources) {
    var assigned = list.stream().filter(this::isMine).toList();
    var in = moved(changes, c -> isMine(now(c)) && !isMine(c.before()));
    var out = moved(changes, c -> !isMine(now(c)) && isMine(c.before()));
    var mine = open.stream().filter(m -> isMine(known.get(m.unit()))).sorted(BY_DUE_DATE).toList();
    var figures = new Figures(assigned, in.size(), out.size(), mine, sources);
    return List.of(
        figures.sheet(),
        units("assigned", assigned.stream().map(e -> unit(e, null)).toList()),
        units("movedIn", in),
        units("movedOut", out),
        measures(mine, known),
        this.sheets.sources(sources));
  }

  private boolean isMine(@Nullable Entry entry) {
    return entry != null && entry.departments().contains(department.id());
  }

  /** The entry after the change; a unit that leaves has none. */
  private static @Nullable Entry now(Change change) {
    return change.proposal().act() == Act.DROP ? null : change.proposal().entry();
  }

  /** One change of a unit may have several acts; its move is told once. */
  private List<List<@Nullable Object>> moved(List<Change> changes, Predicate<Change> which) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long last = 0;
    for (var change : changes) {
      if (change.proposal().unit() != last && which.test(change)) {
        last = change.proposal().unit();
        rows.add(unit(change.shown(), change.proposal().reason()));
      }
    }
    return rows;
  }

  private List<@Nullable Object> unit(Entry entry, @Nullable String reason) {
    return ReportSheets.row(
        entry.unit(),
        entry.name(),
        entry.identifier(),
        definitions.programme().tier(entry.tier()).title(),
        entry.enteredOn(),
        reason == null ? entry.reason() : reason);
  }

  private SheetContent units(String key, List<List<@Nullable Object>> rows) {
    return sheets.sheet(
        key,
        List.of(
            column("unit", 11, Format.TEXT),
            column("name", 30, Format.WRAPPED),
            column("identifier", 21, Format.TEXT),
            column("tier", 14, Format.TEXT),
            column("enteredOn", 12, Format.DATE),
            column("reason", 44, Format.WRAPPED)),
        rows);
  }

  private SheetColumn column(String key, int width, Format format) {
    return sheets.column(key, width, format);
  }

  private SheetContent measures(List<Measure> mine, Map<Long, Entry> known) {
    var titles =
        definitions.followup().measures().stream()
            .collect(Collectors.toMap(Followup.Measure::id, Followup.Measure::title));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var measure : mine) {
      var due = measure.dueOn();
      rows.add(
          ReportSheets.row(
              titles.getOrDefault(measure.measure(), measure.measure()),
              new UnitId(measure.unit()).toString(),
              Objects.requireNonNull(known.get(measure.unit())).name(),
              measure.openedOn(),
              due,
              due == null ? null : (Long) ChronoUnit.DAYS.between(asOf, due),
              words.say(state(measure))));
    }
    return sheets.sheet(
        "measures",
        List.of(
            column("measure", 18, Format.TEXT),
            column("unit", 11, Format.TEXT),
            column("name", 30, Format.WRAPPED),
            column("openedOn", 12, Format.DATE),
            column("dueOn", 12, Format.DATE),
            column("daysLeft", 10, Format.INTEGER),
            column("state", 12, Format.TEXT)),
        rows);
  }

  /** {@code overdue}, {@code soon} or {@code open}. */
  private String state(Measure measure) {
    if (measure.state(asOf).equals("overdue")) {
      return "overdue";
    }
    var due = measure.dueOn();
    return due != null && !due.isAfter(asOf.plusDays(SOON)) ? "soon" : "open";
  }

  /** The first sheet: each figure with what it counts. */
  private final class Figures {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final int tiers;
    private final int states;
    private final int end;

    Figures(List<Entry> assigned, int in, int out, List<Measure> measures, List<OfSource> sources) {
      figure(words.say("assigned"), assigned.size());
      figure(words.say("movedIn"), in);
      figure(words.say("movedOut"), out);
      figure(words.say("sources.due"), count(sources, s -> s.clock() == Clock.DUE));
      figure(
          words.say("sources.overdue"),
          count(sources, s -> s.clock() == Clock.OVERDUE || s.clock() == Clock.NEVER));
      tiers = rows.size();
      for (var tier : definitions.programme().tiers()) {
        figure(tier.title(), count(assigned, e -> e.tier().equals(tier.id())));
      }
      states = rows.size();
      for (var state : List.of("overdue", "soon", "open")) {
        figure(
            words.say("measures.of", words.say(state)),
            count(measures, m -> state(m).equals(state)));
      }
      end = rows.size();
    }

    private static <T> long count(List<T> of, Predicate<T> which) {
      return of.stream().filter(which).count();
    }

    private void figure(String of, long value) {
      rows.add(ReportSheets.row(of, value));
    }

    SheetContent sheet() {
      return sheets.summary(
          rows,
          List.of(
              new SheetChart(words.say("chart.tiers"), 0, 1, tiers, states),
              new SheetChart(words.say("chart.measures"), 0, 1, states, end)));
    }
  }
}

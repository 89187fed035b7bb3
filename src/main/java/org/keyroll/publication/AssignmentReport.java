package org.keyroll.publication;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Objection;
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
 * run for them, gaps of those that recur, what is expected by when, and the reports that it owes. A
 * figure of the first sheet counts rows of another.
 */
final class AssignmentReport {
  /** Days ahead within which a measure is told as due. */
  private static final int SOON = 30;

  /** Days ahead of which it is told what is expected. */
  private static final int AHEAD = 92;

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
  private final Map<String, Followup.Measure> kinds;

  AssignmentReport(
      Definitions definitions, String title, Department department, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.asOf = asOf;
    this.department = department;
    this.sheets = new ReportSheets(definitions, title, department.title(), revision, asOf);
    this.words = sheets.words();
    this.kinds =
        definitions.followup().measures().stream()
            .collect(Collectors.toMap(Followup.Measure::id, Function.identity()));
  }

  /**
   * The sheets of the workbook.
   *
   * @param list the whole list
   * @param changes all changes of the revision
   * @param open the measures that are not closed, of all units
   * @param objections those to be answered, of all units
   * @param known the entry of each unit with either: on the list, or the one that it had last
   * @param sources those that the department sends
   */
  List<SheetContent> sheets(
      List<Entry> list,
      List<Change> changes,
      List<Measure> open,
      List<Objection> objections,
      Map<Long, Entry> known,
      List<OfSource> sources) {
    var assigned = list.stream().filter(this::isMine).toList();
    var in = moved(changes, c -> isMine(now(c)) && !isMine(c.before()));
    var out = moved(changes, c -> !isMine(now(c)) && isMine(c.before()));
    var mine = open.stream().filter(m -> isMine(known.get(m.unit()))).sorted(BY_DUE_DATE).toList();
    var running = mine.stream().filter(m -> !recurs(m)).toList();
    var gaps = mine.stream().filter(m -> recurs(m) && !state(m).equals("open")).toList();
    var against = objections.stream().filter(o -> isMine(known.get(o.unit().number()))).toList();
    var figures = new Figures(assigned, in.size(), out.size(), running, gaps, sources);
    return List.of(
        figures.sheet(),
        units("assigned", assigned.stream().map(e -> unit(e, null)).toList()),
        units("movedIn", in),
        units("movedOut", out),
        measures(running, known),
        gaps(gaps, known),
        expected(mine, against, known, sources),
        this.sheets.sources(sources));
  }

  private boolean recurs(Measure measure) {
    var kind = kinds.get(measure.measure());
    return kind != null && kind.every() != null;
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
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var measure : mine) {
      var due = measure.dueOn();
      rows.add(
          ReportSheets.row(
              title(measure),
              new UnitId(measure.unit()).toString(),
              name(measure.unit(), known),
              measure.openedOn(),
              due,
              due == null ? null : (Long) left(due),
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

  private String title(Measure measure) {
    var kind = kinds.get(measure.measure());
    return kind == null ? measure.measure() : kind.title();
  }

  private static String name(long unit, Map<Long, Entry> known) {
    return Objects.requireNonNull(known.get(unit)).name();
  }

  private long left(LocalDate until) {
    return ChronoUnit.DAYS.between(asOf, until);
  }

  /** What recurs and was not done in time, or has to be done soon. */
  private SheetContent gaps(List<Measure> gaps, Map<Long, Entry> known) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var gap : gaps) {
      var due = Objects.requireNonNull(gap.dueOn());
      rows.add(
          ReportSheets.row(
              title(gap),
              new UnitId(gap.unit()).toString(),
              name(gap.unit(), known),
              gap.lastDoneOn(),
              due,
              left(due),
              words.say(state(gap))));
    }
    return sheets.sheet(
        "gaps",
        List.of(
            column("measure", 18, Format.TEXT),
            column("unit", 11, Format.TEXT),
            column("name", 30, Format.WRAPPED),
            column("lastDoneOn", 12, Format.DATE),
            column("dueOn", 12, Format.DATE),
            column("daysLeft", 10, Format.INTEGER),
            column("state", 12, Format.TEXT)),
        rows);
  }

  /** A clock that runs out. */
  private record Clocked(LocalDate on, String what, String unit, String name) {}

  /** What is expected from today on, by day; what is late stands in the other sheets. */
  private SheetContent expected(
      List<Measure> measures,
      List<Objection> objections,
      Map<Long, Entry> known,
      List<OfSource> sources) {
    var clocks = new ArrayList<Clocked>();
    for (var measure : measures) {
      var due = measure.dueOn();
      if (due != null) {
        clocks.add(
            new Clocked(
                due,
                title(measure),
                new UnitId(measure.unit()).toString(),
                name(measure.unit(), known)));
      }
    }
    for (var objection : objections) {
      clocks.add(
          new Clocked(
              objection.dueOn(),
              words.say("expected.objection", objection.id()),
              objection.unit().toString(),
              name(objection.unit().number(), known)));
    }
    for (var source : sources) {
      var due = source.dueOn();
      var overdue = source.overdueOn();
      if (due != null && overdue != null) {
        boolean begun = due.isBefore(asOf);
        clocks.add(
            new Clocked(
                begun ? overdue.minusDays(1) : due,
                words.say(begun ? "expected.report.last" : "expected.report"),
                "",
                source.source().title()));
      }
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    clocks.stream()
        .filter(c -> !c.on().isBefore(asOf) && !c.on().isAfter(asOf.plusDays(AHEAD)))
        .sorted(
            Comparator.comparing(Clocked::on)
                .thenComparing(Clocked::unit)
                .thenComparing(Clocked::what)
                .thenComparing(Clocked::name))
        .forEach(
            c ->
                rows.add(
                    ReportSheets.row(
                        c.on(),
                        left(c.on()),
                        c.what(),
                        c.unit().isEmpty() ? null : c.unit(),
                        c.name())));
    return sheets.sheet(
        "expected",
        List.of(
            column("expectedBy", 12, Format.DATE),
            column("daysLeft", 10, Format.INTEGER),
            column("what", 26, Format.WRAPPED),
            column("unit", 11, Format.TEXT),
            column("ofWhat", 36, Format.WRAPPED)),
        rows,
        words.say("expected.note", AHEAD));
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

    Figures(
        List<Entry> assigned,
        int in,
        int out,
        List<Measure> measures,
        List<Measure> gaps,
        List<OfSource> sources) {
      figure(words.say("assigned"), assigned.size());
      figure(words.say("movedIn"), in);
      figure(words.say("movedOut"), out);
      figure(words.say("sources.due"), count(sources, s -> s.clock() == Clock.DUE));
      figure(
          words.say("sources.overdue"),
          count(sources, s -> s.clock() == Clock.OVERDUE || s.clock() == Clock.NEVER));
      figure(words.say("gaps.overdue"), count(gaps, m -> state(m).equals("overdue")));
      figure(words.say("gaps.soon"), count(gaps, m -> state(m).equals("soon")));
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

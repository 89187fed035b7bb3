package org.keyroll.publication;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  private final Definitions definitions;
  private final LocalDate asOf;
  private final Phrases words;
  private final List<String> notes;
  private final String title;
  private final Department department;

  AssignmentReport(
      Definitions definitions, String title, Department department, long revision, LocalDate asOf) {
    this.definitions = definitions;
    this.asOf = asOf;
    this.words = new Phrases("org.keyroll.publication.report", definitions.programme());
    this.department = department;
    this.title = title;
    var above = new ArrayList<String>();
    if (!definitions.publication().classification().isEmpty()) {
      above.add(definitions.publication().classification());
    }
    above.add(words.say("head", revision, asOf, department.title()));
    this.notes = List.copyOf(above);
  }

  /**
   * The sheets of the workbook.
   *
   * @param list the whole list
   * @param changes all changes of the revision
   * @param open the measures that are not closed, of all units
   * @param departments last departments of the units that have measures and are not on the list
   * @param sources those that the department sends
   */
  List<SheetContent> sheets(
      List<Entry> list,
      List<Change> changes,
      List<Measure> open,
      Map<Long, List<String>> departments,
      List<OfSource> sources) {
    var assigned = list.stream().filter(this::isMine).toList();
    var in = changes.stream().filter(c -> isMine(now(c)) && !isMine(c.before())).toList();
    var out = changes.stream().filter(c -> !isMine(now(c)) && isMine(c.before())).toList();
    var mine = mine(list, open, departments);
    var figures = new Figures(assigned, in, out, mine, sources);
    return List.of(
        figures.sheet(),
        units("assigned", assigned.stream().map(e -> unit(e, null)).toList()),
        units("movedIn", moved(in)),
        units("movedOut", moved(out)),
        measures(mine),
        sources(sources));
  }

  private boolean isMine(@Nullable Entry entry) {
    return entry != null && entry.departments().contains(department.id());
  }

  /** The entry after the change; a unit that leaves has none. */
  private static @Nullable Entry now(Change change) {
    return change.proposal().act() == Act.DROP ? null : change.proposal().entry();
  }

  private List<Measure> mine(
      List<Entry> list, List<Measure> open, Map<Long, List<String>> departments) {
    var assigned = list.stream().filter(this::isMine).map(Entry::unit).collect(Collectors.toSet());
    var listed = list.stream().map(Entry::unit).collect(Collectors.toSet());
    Predicate<Measure> isMine =
        m -> {
          var unit = new UnitId(m.unit()).toString();
          return listed.contains(unit)
              ? assigned.contains(unit)
              : departments.getOrDefault(m.unit(), List.of()).contains(department.id());
        };
    return open.stream()
        .filter(isMine)
        .sorted(
            Comparator.comparing(
                    Measure::dueOn, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                .thenComparing(Measure::unit)
                .thenComparing(Measure::measure)
                .thenComparing(Measure::origin))
        .toList();
  }

  /** One change of a unit may have several acts; its move is told once. */
  private List<List<@Nullable Object>> moved(List<Change> changes) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long last = 0;
    for (var change : changes) {
      if (change.proposal().unit() != last) {
        last = change.proposal().unit();
        rows.add(unit(change.shown(), change.proposal().reason()));
      }
    }
    return rows;
  }

  private List<@Nullable Object> unit(Entry entry, @Nullable String reason) {
    return Arrays.<@Nullable Object>asList(
        entry.unit(),
        entry.name(),
        entry.identifier(),
        definitions.programme().tier(entry.tier()).title(),
        entry.enteredOn(),
        reason == null ? entry.reason() : reason);
  }

  private SheetContent units(String key, List<List<@Nullable Object>> rows) {
    return new SheetContent(
        words.say(key),
        title + words.say("of") + words.say(key),
        notes,
        List.of(
            new SheetColumn(words.say("unit"), 11, Format.TEXT),
            new SheetColumn(words.say("name"), 30, Format.WRAPPED),
            new SheetColumn(words.say("identifier"), 21, Format.TEXT),
            new SheetColumn(words.say("tier"), 14, Format.TEXT),
            new SheetColumn(words.say("enteredOn"), 12, Format.DATE),
            new SheetColumn(words.say("reason"), 44, Format.WRAPPED)),
        rows);
  }

  private SheetContent measures(List<Measure> mine) {
    var titles =
        definitions.followup().measures().stream()
            .collect(Collectors.toMap(Followup.Measure::id, Followup.Measure::title));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var measure : mine) {
      var due = measure.dueOn();
      rows.add(
          Arrays.<@Nullable Object>asList(
              titles.getOrDefault(measure.measure(), measure.measure()),
              new UnitId(measure.unit()).toString(),
              measure.name(),
              measure.openedOn(),
              due,
              due == null ? null : (Long) ChronoUnit.DAYS.between(asOf, due),
              words.say(state(measure))));
    }
    return new SheetContent(
        words.say("measures"),
        title + words.say("of") + words.say("measures"),
        notes,
        List.of(
            new SheetColumn(words.say("measure"), 18, Format.TEXT),
            new SheetColumn(words.say("unit"), 11, Format.TEXT),
            new SheetColumn(words.say("name"), 30, Format.WRAPPED),
            new SheetColumn(words.say("openedOn"), 12, Format.DATE),
            new SheetColumn(words.say("dueOn"), 12, Format.DATE),
            new SheetColumn(words.say("daysLeft"), 10, Format.INTEGER),
            new SheetColumn(words.say("state"), 12, Format.TEXT)),
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

  private SheetContent sources(List<OfSource> sources) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var source : sources) {
      var last = source.last();
      rows.add(
          Arrays.<@Nullable Object>asList(
              source.source().title(),
              last == null ? null : last.fileName(),
              last == null ? null : last.asOf(),
              source.age(),
              source.dueOn(),
              words.say("clock." + source.clock().name()),
              last == null ? null : (Long) last.counts().rejected()));
    }
    return new SheetContent(
        words.say("sources"),
        title + words.say("of") + words.say("sources"),
        notes,
        List.of(
            new SheetColumn(words.say("source"), 28, Format.WRAPPED),
            new SheetColumn(words.say("file"), 34, Format.WRAPPED),
            new SheetColumn(words.say("receivedOn"), 12, Format.DATE),
            new SheetColumn(words.say("age"), 10, Format.INTEGER),
            new SheetColumn(words.say("expectedOn"), 12, Format.DATE),
            new SheetColumn(words.say("state"), 12, Format.TEXT),
            new SheetColumn(words.say("rejected"), 12, Format.INTEGER)),
        rows);
  }

  /** The first sheet: each figure with what it counts. */
  private final class Figures {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final int tiers;
    private final int states;
    private final int end;

    Figures(
        List<Entry> assigned,
        List<Change> in,
        List<Change> out,
        List<Measure> measures,
        List<OfSource> sources) {
      figure(words.say("assigned"), assigned.size());
      figure(words.say("movedIn"), moved(in).size());
      figure(words.say("movedOut"), moved(out).size());
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
      rows.add(Arrays.<@Nullable Object>asList(of, value));
    }

    SheetContent sheet() {
      return new SheetContent(
          words.say("summary"),
          title,
          notes,
          List.of(
              new SheetColumn(words.say("item"), 36, Format.WRAPPED),
              new SheetColumn(words.say("count"), 12, Format.INTEGER)),
          rows,
          List.of(
              new SheetChart(words.say("chart.tiers"), 0, 1, tiers, states),
              new SheetChart(words.say("chart.measures"), 0, 1, states, end)));
    }
  }
}

package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.adjustment.Simulation.Change;
import org.keyroll.adjustment.Simulation.Figures;
import org.keyroll.adjustment.Simulation.Side;
import org.keyroll.adjustment.Simulation.Work;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Clock;
import org.keyroll.scoring.Replay;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list as it would be under one policy, date by date. */
final class Scenario {
  private final Scope scope;
  private final Map<Long, List<UnitOverride>> said = new HashMap<>();
  private final Map<Long, Entry> list;

  /** Overrides that hold, with the tier that the unit had here when they began. */
  private final Map<Long, UnitOverride> held = new HashMap<>();

  /** How long units have been in their tiers here, and which those are. */
  private final Map<Long, Clock> clocks = new HashMap<>();

  private final Map<Long, String> timed = new HashMap<>();
  private Map<Long, Entry> before = Map.of();
  private Map<Long, Side> sides = Map.of();
  private Set<Long> insufficient = Set.of();
  private List<Proposal> changes = List.of();
  private int questions;

  /**
   * @param said all that persons have said of units
   * @param list what is in force before the first date
   */
  Scenario(Scope scope, List<UnitOverride> said, Map<Long, Entry> list) {
    this.scope = scope;
    this.list = new TreeMap<>(list);
    said.forEach(o -> this.said.computeIfAbsent(o.unit().number(), u -> new ArrayList<>()).add(o));
  }

  Scope scope() {
    return scope;
  }

  /** The list after the last date. */
  Map<Long, Entry> list() {
    return list;
  }

  /** Units that change on the last date, or of which a person is asked. */
  Set<Long> moved() {
    var moved = new TreeSet<Long>();
    sides.forEach(
        (unit, side) -> {
          if (side.change() != Change.NONE) {
            moved.add(unit);
          }
        });
    return moved;
  }

  Set<Long> insufficient() {
    return insufficient;
  }

  Side side(long unit) {
    var entry = list.get(unit);
    boolean lacks = insufficient.contains(unit);
    var side = sides.get(unit);
    return side != null
        ? side
        : new Side(
            entry == null ? null : entry.tier(),
            null,
            entry == null ? null : Entry.statusId(entry.status()),
            Change.NONE,
            "",
            lacks);
  }

  /**
   * Goes on to a date: what follows from the facts is taken as approved.
   *
   * @param reached the units that may be on the list
   */
  void replay(JdbcClient db, Replay replay, Revision revision, Set<Long> reached) {
    before = new TreeMap<>(list);
    sides = new TreeMap<>();
    changes = new ArrayList<>();
    insufficient = replay.insufficient();
    questions = 0;
    var run = new Run(scope, revision.run(), revision.asOf());
    var comparison = new Comparison(run);
    var units = new TreeSet<>(reached);
    units.addAll(said.keySet());
    var known = KnownUnits.after(db, scope, revision.run(), units);
    replay.explain(
        known.numbers(),
        (id, assessment) -> {
          tick(id, run.asOf(), assessment);
          compare(comparison, unit(id, known, run.asOf()), assessment);
          tick(id, run.asOf(), assessment);
        });
  }

  /** Counts how long a unit has been in its tier, and below the line to enter it. */
  private void tick(long unit, LocalDate asOf, Assessment assessment) {
    var entry = list.get(unit);
    if (entry == null) {
      clocks.remove(unit);
      timed.remove(unit);
      return;
    }
    var clock = clocks.get(unit);
    boolean same = entry.tier().equals(timed.put(unit, entry.tier()));
    boolean below = assessment.enters() > scope.programme().rankOf(entry.tier());
    var since = clock != null && same ? clock.below() : null;
    clocks.put(
        unit,
        new Clock(
            clock == null ? entry.enteredOn() : same ? clock.since() : asOf,
            below ? java.util.Objects.requireNonNullElse(since, asOf) : null));
  }

  private void compare(Comparison comparison, Comparison.Unit unit, Assessment assessment) {
    var current = list.get(unit.id());
    var proposals = comparison.compare(unit, assessment, current);
    var change = Change.NONE;
    var reason = "";
    if (!proposals.isEmpty()) {
      var first = proposals.get(0);
      reason = first.reason();
      if (first.judged() != null) {
        questions++;
        change = Change.ASKED;
      } else {
        for (var proposal : proposals) {
          if (change == Change.NONE) {
            change = change(proposal.act());
            reason = proposal.reason();
          }
        }
        changes.addAll(proposals);
        var entry = first.entry();
        if (entry == null) {
          list.remove(unit.id());
        } else {
          list.put(unit.id(), entry);
        }
      }
    }
    var entry = list.get(unit.id());
    sides.put(
        unit.id(),
        new Side(
            entry == null ? null : entry.tier(),
            assessment.score(),
            entry == null ? null : Entry.statusId(entry.status()),
            change,
            change == Change.NONE ? "" : reason,
            insufficient.contains(unit.id())));
  }

  private static Change change(Act act) {
    return switch (act) {
      case ADD -> Change.ENTERS;
      case DROP -> Change.LEAVES;
      case TIER -> Change.MOVES;
      case SUSPEND -> Change.SUSPENDED;
      case RESUME -> Change.RESUMED;
      case KEEP -> Change.KEPT;
      case DEPARTMENT, DETAILS -> Change.NONE;
    };
  }

  private Comparison.Unit unit(long id, KnownUnits known, LocalDate asOf) {
    var is = known.of(id);
    var override = last(id, asOf, o -> o.kind() != Kind.JUDGEMENT);
    var lapsed = override == null ? held.remove(id) : null;
    if (override != null) {
      var entry = list.get(id);
      held.putIfAbsent(id, override.of(entry == null ? null : entry.tier()));
    }
    return new Comparison.Unit(
        id,
        is.identifier(),
        is.name(),
        is.merged(),
        is.dissolved(),
        is.successor(),
        override,
        last(id, asOf, o -> o.kind() == Kind.JUDGEMENT),
        lapsed,
        null,
        clocks.get(id),
        false);
  }

  /** What persons had decided that held on a date; the word of {@code RULES} ends what was. */
  private @Nullable UnitOverride last(long unit, LocalDate asOf, Predicate<UnitOverride> which) {
    return said.getOrDefault(unit, List.of()).stream()
        .filter(which)
        .filter(o -> decided(o) && !o.startsOn().isAfter(asOf) && !o.endsOn().isBefore(asOf))
        .reduce((a, b) -> b)
        .filter(o -> o.kind() != Kind.RULES)
        .orElse(null);
  }

  private static boolean decided(UnitOverride override) {
    return override.decidedBy() != null
        && (override.state() == State.APPROVED
            || override.state() == State.EXPIRED
            || override.state() == State.ENDED);
  }

  /** What the last date comes to. */
  Figures figures() {
    var definitions = scope.definitions();
    var tiers = new LinkedHashMap<String, Integer>();
    definitions.programme().tiers().forEach(t -> tiers.put(t.id(), 0));
    list.values().forEach(e -> tiers.merge(e.tier(), 1, Integer::sum));
    return new Figures(
        before.size(),
        list.size(),
        count(Act.ADD),
        count(Act.DROP),
        count(Act.TIER),
        count(Act.SUSPEND),
        count(Act.RESUME),
        count(Act.KEEP),
        (int) list.values().stream().filter(Entry::suspended).count(),
        questions,
        insufficient.size(),
        tiers,
        departments(),
        before.isEmpty() ? List.of() : Breaker.outside(definitions, before, changes));
  }

  private int count(Act act) {
    return (int) changes.stream().filter(p -> p.act() == act).count();
  }

  private Map<String, Work> departments() {
    var measures = scope.definitions().followup().measures();
    var work = new LinkedHashMap<String, Work>();
    for (var department : scope.definitions().departments().departments()) {
      int entering = 0;
      int leaving = 0;
      int opened = 0;
      for (var change : changes) {
        var entry =
            change.entry() != null
                ? change.entry()
                : Objects.requireNonNull(before.get(change.unit()));
        if (entry.departments().contains(department.id())) {
          entering += change.act() == Act.ADD ? 1 : 0;
          leaving += change.act() == Act.DROP ? 1 : 0;
          opened += (int) measures.stream().filter(m -> m.opens(change.act().id())).count();
        }
      }
      int units =
          (int)
              list.values().stream().filter(e -> e.departments().contains(department.id())).count();
      work.put(department.id(), new Work(units, entering, leaving, opened));
    }
    return work;
  }
}

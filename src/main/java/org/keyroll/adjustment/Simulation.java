package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Replays;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Replays past revisions under another policy and under the one in force: each takes the facts as
 * they were known then, and goes on from its own list of the date before. Nothing is kept.
 */
@Service
public class Simulation {
  private final JdbcClient db;
  private final Replays replays;
  private final Revisions revisions;
  private final Entries entries;
  private final Overrides overrides;

  Simulation(
      JdbcClient db, Replays replays, Revisions revisions, Entries entries, Overrides overrides) {
    this.db = db;
    this.replays = replays;
    this.revisions = revisions;
    this.entries = entries;
    this.overrides = overrides;
  }

  /**
   * What came of it.
   *
   * @param inForce version of the policy in force
   * @param trial version of the other one
   */
  public record Result(String inForce, String trial, List<Point> points) {}

  /**
   * One date of the past.
   *
   * @param published how many units the revision that was published then had
   * @param units those that a policy moves on this date, that stand differently under both, or
   *     whose facts are insufficient, in order
   */
  public record Point(
      LocalDate asOf,
      long revision,
      int published,
      Figures inForce,
      Figures trial,
      List<Line> units) {}

  /**
   * What a policy comes to on a date.
   *
   * @param before units on its list before
   * @param moving units that change their tier
   * @param suspending units that stay for want of fresh data, from this date on
   * @param resuming units that are on the list by fresh data again
   * @param keeping units that stay from this date on though they would not enter
   * @param suspended units on its list that are suspended
   * @param questions units of which a person would be asked; they stay as they are
   * @param insufficient units whose facts make no score
   * @param tiers tier to its units, in the order of the tiers
   * @param departments department to its work, in their order
   * @param outside how the changes would be outside the envelope, a sentence each
   */
  public record Figures(
      int before,
      int units,
      int entering,
      int leaving,
      int moving,
      int suspending,
      int resuming,
      int keeping,
      int suspended,
      int questions,
      int insufficient,
      Map<String, Integer> tiers,
      Map<String, Work> departments,
      List<String> outside) {

    /** Units that enter or leave, as a share of the list before; NaN where that was empty. */
    public double turnover() {
      return before == 0 ? Double.NaN : (entering + leaving) / (double) before;
    }
  }

  /**
   * Work of a department.
   *
   * @param units that it supervises
   * @param measures that changes on this date open for it
   */
  public record Work(int units, int entering, int leaving, int measures) {}

  /**
   * A unit on a date.
   *
   * @param inForce how it stands under the policy in force
   * @param trial how it stands under the other one
   */
  public record Line(
      UnitId unit, String name, @Nullable String identifier, Side inForce, Side trial) {

    /** Whether it stands differently under both. */
    public boolean differs() {
      return !java.util.Objects.equals(inForce.tier(), trial.tier());
    }
  }

  /**
   * How a unit stands under a policy.
   *
   * @param tier null where it is not on the list
   * @param status {@code confirmed}, {@code kept} or {@code suspended}; null likewise
   * @param change the one that weighs most, of several
   * @param reason of its change; empty where there is none
   * @param insufficient whether its facts make no score
   */
  public record Side(
      @Nullable String tier,
      @Nullable Double score,
      @Nullable String status,
      Change change,
      String reason,
      boolean insufficient) {}

  /** What becomes of a unit on a date. */
  public enum Change {
    ENTERS,
    LEAVES,
    MOVES,
    /** Stays, but its data have become too old. */
    SUSPENDED,
    /** Its data are fresh again. */
    RESUMED,
    /** Stays, though it would not enter now. */
    KEPT,
    ASKED,
    NONE;

    /** As it is written; empty for none. */
    public String id() {
      return this == NONE ? "" : name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Replays the revisions since a date.
   *
   * @param inForce the programme as it is
   * @param trial the same programme with other definitions
   * @param since null for all revisions
   * @return without points where there is no revision since then
   */
  public Result simulate(Scope inForce, Definitions trial, @Nullable LocalDate since) {
    return simulate(inForce, trial, since, (done, of) -> {});
  }

  /** Hears how many dates are done, of how many. */
  @FunctionalInterface
  public interface Progress {
    /** Called before the first date and after each. */
    void done(int dates, int of);
  }

  /** The same, telling how far it is. */
  public Result simulate(
      Scope inForce, Definitions trial, @Nullable LocalDate since, Progress progress) {
    return replays.readOnly(
        () -> {
          var past =
              revisions.all(inForce).stream()
                  .filter(r -> since == null || !r.asOf().isBefore(since))
                  .toList();
          var points = new ArrayList<Point>();
          if (!past.isEmpty()) {
            var before = entries.of(inForce, past.get(0).number() - 1);
            var said = overrides.all(inForce);
            var one = new Scenario(inForce, said, before);
            var other = new Scenario(scope(inForce, trial), said, before);
            for (var revision : past) {
              progress.done(points.size(), past.size());
              points.add(point(inForce, revision, one, other));
            }
            progress.done(past.size(), past.size());
          }
          return new Result(inForce.definitions().policyVersion(), trial.policyVersion(), points);
        });
  }

  /** Whether other definitions decide as those in force do; golden cases only check them. */
  public static boolean isInForce(Definitions inForce, Definitions trial) {
    return deciding(inForce).equals(deciding(trial));
  }

  private static Map<String, String> deciding(Definitions definitions) {
    var versions = new HashMap<>(definitions.versions());
    versions.remove("cases.yml");
    return versions;
  }

  /** Sources that the database does not know have never delivered. */
  static Scope scope(Scope inForce, Definitions trial) {
    var ids = new java.util.TreeMap<>(inForce.sourceIds());
    for (var source : trial.sources().keySet()) {
      ids.putIfAbsent(source, -1 - ids.size());
    }
    return new Scope(trial, inForce.programmeId(), ids);
  }

  private Point point(Scope scope, Revision revision, Scenario one, Scenario other) {
    var first = replays.replay(one.scope(), revision.asOf(), revision.run());
    var second = replays.replay(other.scope(), revision.asOf(), revision.run());
    // What one policy reaches is worked out under both, so that both scores can be told.
    var reached = new TreeSet<>(first.reaching());
    reached.addAll(second.reaching());
    reached.addAll(one.list().keySet());
    reached.addAll(other.list().keySet());
    one.replay(db, first, revision, reached);
    other.replay(db, second, revision, reached);
    var told = new TreeSet<Long>();
    for (var scenario : List.of(one, other)) {
      told.addAll(scenario.moved());
      told.addAll(scenario.insufficient());
    }
    var all = new TreeSet<>(one.list().keySet());
    all.addAll(other.list().keySet());
    all.stream().filter(u -> !same(one.list().get(u), other.list().get(u))).forEach(told::add);
    var known = KnownUnits.after(db, scope, revision.run(), told);
    var lines = new ArrayList<Line>();
    for (var unit : known.numbers()) {
      var is = known.of(unit);
      lines.add(
          new Line(
              new UnitId(unit),
              is.name(),
              Comparison.value(is.identifier()),
              one.side(unit),
              other.side(unit)));
    }
    return new Point(
        revision.asOf(),
        revision.number(),
        (int) revision.units(),
        one.figures(),
        other.figures(),
        List.copyOf(lines));
  }

  private static boolean same(@Nullable Entry one, @Nullable Entry other) {
    return one != null && other != null && one.tier().equals(other.tier());
  }
}

package org.keyroll.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives clusters of records the ids of units: a cluster keeps the unit that most of its records
 * were in, so ids outlive renames, merges and splits. Pure.
 */
final class Assignment {
  static final int BY_EVIDENCE = 0;
  static final int BY_RULE = 1;
  static final int BY_IDENTIFIER = 2;

  private final Map<Long, Vote> votes = new HashMap<>();
  private final Map<Integer, Long> unitOf = new HashMap<>();
  private final Map<Long, Integer> clusterOf = new HashMap<>();

  /** How strongly a unit belongs to a cluster: what it is held by, and by how many records. */
  private record Vote(int cluster, long unit, int held, int records) {}

  /** A unit whose records have gone into another one. */
  record Merger(long unit, long into) {}

  /**
   * A record of a cluster is in a unit, or was before it changed.
   *
   * @param held how strongly; the part that holds a unit most strongly keeps its id
   */
  void vote(int cluster, long unit, int held) {
    // A unit number takes 32 bits.
    votes.merge(
        unit << 31 | cluster,
        new Vote(cluster, unit, held, 1),
        (x, y) -> new Vote(cluster, unit, Math.max(x.held, y.held), x.records + y.records));
  }

  /** Decides, once all votes are in; each unit goes to one cluster and each cluster gets one. */
  void decide() {
    var order = new ArrayList<>(votes.values());
    order.sort(
        Comparator.comparingInt((Vote v) -> -v.held)
            .thenComparingInt(v -> -v.records)
            .thenComparingLong(Vote::unit)
            .thenComparingInt(Vote::cluster));
    for (var vote : order) {
      if (!unitOf.containsKey(vote.cluster()) && !clusterOf.containsKey(vote.unit())) {
        take(vote.cluster(), vote.unit());
      }
    }
  }

  /** Gives a cluster a unit that no other has: a new one, or one that comes back. */
  void take(int cluster, long unit) {
    unitOf.put(cluster, unit);
    clusterOf.put(unit, cluster);
  }

  /** Whether any record of a cluster was in a unit. */
  boolean knows(int cluster) {
    return votes.values().stream().anyMatch(v -> v.cluster() == cluster);
  }

  boolean isTaken(long unit) {
    return clusterOf.containsKey(unit);
  }

  /** The unit of a cluster; 0 while it has none. */
  long unitOf(int cluster) {
    return unitOf.getOrDefault(cluster, 0L);
  }

  /** Units that no cluster has kept, and the units that their records are in now. */
  List<Merger> mergers() {
    return best(v -> !clusterOf.containsKey(v.unit()), Vote::unit).values().stream()
        .filter(v -> unitOf.containsKey(v.cluster()))
        .map(v -> new Merger(v.unit(), unitOf.getOrDefault(v.cluster(), 0L)))
        .toList();
  }

  /** For a cluster that has left a unit which lives on: that unit. */
  Map<Integer, Long> origins() {
    var origins = new TreeMap<Integer, Long>();
    best(v -> unitOf(v.cluster()) != v.unit() && isTaken(v.unit()), v -> (long) v.cluster())
        .values()
        .forEach(v -> origins.put(v.cluster(), v.unit()));
    return origins;
  }

  private Map<Long, Vote> best(
      java.util.function.Predicate<Vote> which, java.util.function.ToLongFunction<Vote> by) {
    var best = new TreeMap<Long, Vote>();
    for (var vote : votes.values()) {
      if (which.test(vote)) {
        best.merge(
            by.applyAsLong(vote),
            vote,
            (x, y) ->
                x.records != y.records
                    ? x.records > y.records ? x : y
                    : x.unit != y.unit ? x.unit < y.unit ? x : y : x.cluster < y.cluster ? x : y);
      }
    }
    return best;
  }
}

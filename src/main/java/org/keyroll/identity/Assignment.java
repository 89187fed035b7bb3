package org.keyroll.identity;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.keyroll.matching.SortedKeys;

/**
 * Gives clusters of records the ids of units: a cluster keeps the unit that most of its records
 * were in, so ids outlive renames, merges and splits. Pure.
 */
final class Assignment {
  static final int BY_EVIDENCE = 0;
  static final int BY_RULE = 1;
  static final int BY_IDENTIFIER = 2;

  // By unit and cluster, how strongly each record is held; then one vote for each such pair.
  private final SortedKeys cast = new SortedKeys();
  private final SortedKeys votes = new SortedKeys();
  private int[] counts = {};
  private final BitSet known = new BitSet();
  private final BitSet taken = new BitSet();
  private final long[] unitOf;

  /** How strongly a unit belongs to a cluster: by how many records. */
  private record Vote(int cluster, long unit, int records) {}

  /** A unit whose records have gone into another one. */
  record Merger(long unit, long into) {}

  /**
   * @param clusters numbers of clusters are smaller
   */
  Assignment(int clusters) {
    this.unitOf = new long[clusters];
  }

  /**
   * A record of a cluster is in a unit, or was before it changed.
   *
   * @param held how strongly; the part that holds a unit most strongly keeps its id
   */
  void vote(int cluster, long unit, int held) {
    // A unit number takes 32 bits.
    cast.add(unit << 31 | cluster, held);
    known.set(cluster);
  }

  /** Decides, once all votes are in; each unit goes to one cluster and each cluster gets one. */
  void decide() {
    cast.sort();
    counts = new int[cast.size()];
    int n = 0;
    for (int from = 0; from < cast.size(); ) {
      int to = cast.end(from);
      // What is held equally strongly comes in order.
      votes.add(cast.key(from), cast.record(to - 1));
      counts[n++] = to - from;
      from = to;
    }
    var order = new SortedKeys();
    for (int vote = 0; vote < n; vote++) {
      // First what is held most strongly, then by most records; then by unit and by cluster.
      order.add((long) -votes.record(vote) << 32 | Integer.MAX_VALUE - counts[vote], vote);
    }
    order.sort();
    for (int i = 0; i < n; i++) {
      int vote = order.record(i);
      if (unitOf(cluster(vote)) == 0 && !isTaken(unit(vote))) {
        take(cluster(vote), unit(vote));
      }
    }
  }

  private int cluster(int vote) {
    return (int) votes.key(vote) & Integer.MAX_VALUE;
  }

  private long unit(int vote) {
    return votes.key(vote) >>> 31;
  }

  /** Gives a cluster a unit that no other has: a new one, or one that comes back. */
  void take(int cluster, long unit) {
    unitOf[cluster] = unit;
    taken.set(Math.toIntExact(unit));
  }

  /** Whether any record of a cluster was in a unit. */
  boolean knows(int cluster) {
    return known.get(cluster);
  }

  boolean isTaken(long unit) {
    return taken.get(Math.toIntExact(unit));
  }

  /** The unit of a cluster; 0 while it has none. */
  long unitOf(int cluster) {
    return unitOf[cluster];
  }

  /** Units that no cluster has kept, and the units that their records are in now. */
  List<Merger> mergers() {
    return best(v -> !isTaken(v.unit()), Vote::unit).values().stream()
        .filter(v -> unitOf(v.cluster()) != 0)
        .map(v -> new Merger(v.unit(), unitOf(v.cluster())))
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

  private Map<Long, Vote> best(Predicate<Vote> which, ToLongFunction<Vote> by) {
    var best = new TreeMap<Long, Vote>();
    for (int i = 0; i < votes.size(); i++) {
      var vote = new Vote(cluster(i), unit(i), counts[i]);
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

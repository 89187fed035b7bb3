package org.keyroll.scoring;

import org.keyroll.definition.Policy.Ties;

/**
 * Finds the ranks of many values among sorted ones: where to look for a value is guessed from its
 * size, so that the search is over a few neighbours. The ranks are those of {@link Ranks}.
 */
final class RankIndex {
  private static final int BUCKETS = 1 << 16;

  private final double[] sorted;
  private final double least;
  private final double scale;

  /** Number of the first value in each bucket and behind; one more for the end. */
  private final int[] starts = new int[BUCKETS + 1];

  /**
   * @param sorted as {@link Ranks#sorted} gives, at least one
   */
  RankIndex(double[] sorted) {
    this.sorted = sorted;
    this.least = sorted[0];
    double span = sorted[sorted.length - 1] - least;
    this.scale = span > 0 && span < Double.MAX_VALUE ? (BUCKETS - 1) / span : 0;
    int bucket = 0;
    for (int i = 0; i < sorted.length; i++) {
      for (int next = bucket(sorted[i]); bucket < next; ) {
        starts[++bucket] = i;
      }
    }
    while (bucket < BUCKETS) {
      starts[++bucket] = sorted.length;
    }
  }

  /** Never falls as values rise: neither a difference nor a product does in floating point. */
  private int bucket(double value) {
    return (int) Math.max(0, Math.min(BUCKETS - 1, (value - least) * scale));
  }

  /** As {@link Ranks#rank}. */
  double rank(double unrounded, Ties ties) {
    double value = Ranks.comparable(unrounded);
    int bucket = bucket(value);
    int below = search(starts[bucket], starts[bucket + 1], value, false);
    if (ties == Ties.MIN || ties == Ties.DENSE) {
      return below + 1.0;
    }
    int equal = Math.max(1, search(below, starts[bucket + 1], value, true) - below);
    return ties == Ties.MAX ? below + (double) equal : below + (equal + 1) / 2.0;
  }

  /** The first place from which on values are not below, or above, the value. */
  private int search(int from, int to, double value, boolean above) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || above && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

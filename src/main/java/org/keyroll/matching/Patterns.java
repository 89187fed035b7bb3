package org.keyroll.matching;

import java.util.Arrays;

/** How often each combination of levels was met. */
final class Patterns {
  // Open addressing; a place is taken where its count is above 0.
  private long[] patterns = new long[1 << 8];
  private long[] counts = new long[1 << 8];
  private int used;

  void add(long pattern) {
    add(pattern, 1);
  }

  void addAll(Patterns other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.patterns[i], other.counts[i]);
      }
    }
  }

  private void add(long pattern, long times) {
    int place = place(pattern);
    if (counts[place] == 0) {
      patterns[place] = pattern;
      used++;
    }
    counts[place] += times;
    if (used * 2 > counts.length) {
      grow();
    }
  }

  private int place(long pattern) {
    int mask = counts.length - 1;
    int place = (int) Keys.scramble(pattern) & mask;
    while (counts[place] > 0 && patterns[place] != pattern) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    long[] formerPatterns = patterns;
    long[] formerCounts = counts;
    patterns = new long[formerCounts.length * 2];
    counts = new long[patterns.length];
    for (int i = 0; i < formerCounts.length; i++) {
      if (formerCounts[i] > 0) {
        int place = place(formerPatterns[i]);
        patterns[place] = formerPatterns[i];
        counts[place] = formerCounts[i];
      }
    }
  }

  /** Patterns in a fixed order, so that sums do not depend on how they were collected. */
  long[] patterns() {
    var met = new long[used];
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        met[n++] = patterns[i];
      }
    }
    Arrays.sort(met);
    return met;
  }

  double count(long pattern) {
    return counts[place(pattern)];
  }
}

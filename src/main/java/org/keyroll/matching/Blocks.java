package org.keyroll.matching;

import org.keyroll.definition.Similarity.Blocking;

/**
 * The records of one blocking rule, by key. A block beyond the limit is cut up by what else its
 * records agree on; what is still too large is left out and counted.
 */
final class Blocks {
  /** A block, as places in {@link #record(int)}. */
  @FunctionalInterface
  interface Block {
    void of(int from, int to);
  }

  private final SortedKeys sorted;
  private final int limit;
  private long leftOut;
  // Keys of each record, sorted, for asking whether two records share one.
  private final int[] first;
  private final long[] keysOfRecord;

  /**
   * @param number place of the rule among all
   * @param taker gets all keys, those of records alone with one too
   */
  Blocks(Population population, Keys maker, Blocking rule, int number, SortedKeys.Taker taker)
      throws Exception {
    this.limit = rule.limit();
    this.sorted = SortedKeys.of(population, maker, rule);
    cutUp(population);
    leaveOut();
    taker.take(number, sorted);
    dropAlone();
    sorted.trim();
    int n = population.size();
    int used = sorted.size();
    first = new int[n + 1];
    for (int i = 0; i < used; i++) {
      first[sorted.record(i) + 1]++;
    }
    for (int i = 0; i < n; i++) {
      first[i + 1] += first[i];
    }
    keysOfRecord = new long[used];
    var next = first.clone();
    for (int i = 0; i < used; i++) {
      keysOfRecord[next[sorted.record(i)]++] = sorted.key(i);
    }
  }

  /** Blocks beyond the limit are not compared as a whole. */
  private void cutUp(Population population) {
    var finer = new SortedKeys();
    int n = sorted.size();
    int kept = 0;
    for (int from = 0; from < n; ) {
      int to = sorted.end(from);
      boolean large = to - from > limit;
      for (int i = from; i < to; i++) {
        if (large) {
          for (long key : Keys.finer(population, sorted.key(i), sorted.record(i))) {
            finer.add(key, sorted.record(i));
          }
        }
        if (!large || i == from) {
          sorted.move(i, kept++);
        }
      }
      if (large) {
        sorted.cutUp(kept - 1);
      }
      from = to;
    }
    sorted.cut(kept);
    if (finer.size() > 0) {
      for (int i = 0; i < finer.size(); i++) {
        sorted.add(finer.key(i), finer.record(i));
      }
      sorted.sort();
    }
  }

  /** What is too large even when cut up. */
  private void leaveOut() {
    int n = sorted.size();
    int kept = 0;
    for (int from = 0; from < n; ) {
      int to = sorted.end(from);
      boolean large = to - from > limit;
      if (large) {
        leftOut += (long) (to - from) * (to - from - 1) / 2;
        sorted.move(from, kept);
        sorted.cutUp(kept++);
      } else {
        for (int i = from; i < to; i++) {
          sorted.move(i, kept++);
        }
      }
      from = to;
    }
    sorted.cut(kept);
  }

  private void dropAlone() {
    int n = sorted.size();
    int kept = 0;
    for (int from = 0; from < n; ) {
      int to = sorted.end(from);
      if (to - from > 1) {
        for (int i = from; i < to; i++) {
          sorted.move(i, kept++);
        }
      }
      from = to;
    }
    sorted.cut(kept);
  }

  /** Pairs that stand together in a block that was too large even when cut up. */
  long leftOut() {
    return leftOut;
  }

  long pairs() {
    long pairs = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = sorted.end(from);
      pairs += (long) (to - from) * (to - from - 1) / 2;
      from = to;
    }
    return pairs;
  }

  int size() {
    return sorted.size();
  }

  int record(int place) {
    return sorted.record(place);
  }

  /** Hands over the blocks that begin in a stretch of places. */
  void each(int from, int to, Block block) {
    int at = from;
    int n = sorted.size();
    while (at > 0 && at < n && sorted.key(at) == sorted.key(at - 1)) {
      at++;
    }
    while (at < Math.min(to, n)) {
      int end = sorted.end(at);
      block.of(at, end);
      at = end;
    }
  }

  boolean together(int a, int b) {
    int i = first[a];
    int j = first[b];
    while (i < first[a + 1] && j < first[b + 1]) {
      long x = keysOfRecord[i];
      long y = keysOfRecord[j];
      if (x == y) {
        return true;
      }
      if (x < y) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  /** Whether this is the first block in which the two of them meet. */
  boolean firstMeeting(int a, int b, long key) {
    int i = first[a];
    int j = first[b];
    while (i < first[a + 1] && j < first[b + 1]) {
      long x = keysOfRecord[i];
      long y = keysOfRecord[j];
      if (x == y) {
        return x == key;
      }
      if (x < y) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  long key(int place) {
    return sorted.key(place);
  }
}

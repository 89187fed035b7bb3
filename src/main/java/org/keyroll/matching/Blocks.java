package org.keyroll.matching;

import java.util.Arrays;
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

  /** Stands for the records of a block that is beyond the limit, where all keys are wanted. */
  static final int CUT_UP = -2;

  private static final int GONE = -1;

  private final Population population;
  private final int limit;
  private long[] keys;
  private int[] records;
  private int used;
  private long leftOut;
  // Keys of each record, sorted, for asking whether two records share one.
  private final int[] first;
  private final long[] keysOfRecord;

  /** Of records that share a key with another one. */
  Blocks(Population population, Keys maker, Blocking rule) {
    this(population, maker, rule, false);
  }

  /**
   * @param all whether records alone with a key are wanted too, and each block that was too large
   *     in one place; such blocks are for reading from end to end and know no meetings
   */
  Blocks(Population population, Keys maker, Blocking rule, boolean all) {
    this.population = population;
    this.limit = rule.limit();
    int n = population.size();
    keys = new long[Math.max(16, n)];
    records = new int[keys.length];
    for (int record = 0; record < n; record++) {
      for (long key : maker.of(rule, record)) {
        put(key, record);
      }
    }
    sort();
    if (cutUp(all)) {
      sort();
    }
    drop(all);
    if (all) {
      first = new int[0];
      keysOfRecord = new long[0];
      return;
    }
    keys = Arrays.copyOf(keys, used);
    records = Arrays.copyOf(records, used);
    first = new int[n + 1];
    for (int i = 0; i < used; i++) {
      first[records[i] + 1]++;
    }
    for (int i = 0; i < n; i++) {
      first[i + 1] += first[i];
    }
    keysOfRecord = new long[used];
    var next = first.clone();
    for (int i = 0; i < used; i++) {
      keysOfRecord[next[records[i]]++] = keys[i];
    }
  }

  private void put(long key, int record) {
    if (used == keys.length) {
      keys = Arrays.copyOf(keys, used + (used >> 1));
      records = Arrays.copyOf(records, keys.length);
    }
    keys[used] = key;
    records[used++] = record;
  }

  /** By key, then by record. */
  private void sort() {
    var order = new Sorting(keys, records, used);
    order.sort();
  }

  private boolean cutUp(boolean all) {
    boolean any = false;
    int n = used;
    for (int from = 0; from < n; ) {
      int to = end(from, n);
      if (to - from > limit) {
        any = true;
        for (int i = from; i < to; i++) {
          for (long finer : Keys.finer(population, keys[i], records[i])) {
            put(finer, records[i]);
          }
          // The whole block is not compared any more.
          records[i] = all && i == from ? CUT_UP : GONE;
        }
      }
      from = to;
    }
    if (any) {
      int kept = 0;
      for (int i = 0; i < used; i++) {
        if (records[i] != GONE) {
          keys[kept] = keys[i];
          records[kept++] = records[i];
        }
      }
      used = kept;
    }
    return any;
  }

  /** What is too large even when cut up, and unless all is wanted, records alone with a key. */
  private void drop(boolean all) {
    int kept = 0;
    for (int from = 0; from < used; ) {
      int to = end(from, used);
      if (to - from > limit) {
        leftOut += (long) (to - from) * (to - from - 1) / 2;
        if (all) {
          keys[kept] = keys[from];
          records[kept++] = CUT_UP;
        }
      } else if (all || to - from > 1) {
        for (int i = from; i < to; i++) {
          keys[kept] = keys[i];
          records[kept++] = records[i];
        }
      }
      from = to;
    }
    used = kept;
  }

  private int end(int from, int n) {
    int to = from + 1;
    while (to < n && keys[to] == keys[from]) {
      to++;
    }
    return to;
  }

  /** Pairs that stand together in a block that was too large even when cut up. */
  long leftOut() {
    return leftOut;
  }

  long pairs() {
    long pairs = 0;
    for (int from = 0; from < used; ) {
      int to = end(from, used);
      pairs += (long) (to - from) * (to - from - 1) / 2;
      from = to;
    }
    return pairs;
  }

  int size() {
    return used;
  }

  int record(int place) {
    return records[place];
  }

  /** Hands over the blocks that begin in a stretch of places. */
  void each(int from, int to, Block block) {
    int at = from;
    while (at > 0 && at < used && keys[at] == keys[at - 1]) {
      at++;
    }
    while (at < Math.min(to, used)) {
      int end = end(at, used);
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
    return keys[place];
  }
}

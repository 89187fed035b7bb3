package org.keyroll.matching;

import java.util.Arrays;

/** Pairs of records, by number; packed, so that millions fit. */
public final class PairList {
  private long[] pairs = new long[1024];
  private int size;

  public PairList() {}

  public void add(int a, int b) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
    }
    pairs[size++] = (long) a << 32 | b;
  }

  /** Puts them in order and leaves each in once. */
  public void sortDistinct() {
    Arrays.parallelSort(pairs, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || pairs[i] != pairs[i - 1]) {
        pairs[kept++] = pairs[i];
      }
    }
    size = kept;
  }

  public int size() {
    return size;
  }

  public int a(int place) {
    return (int) (pairs[place] >>> 32);
  }

  public int b(int place) {
    return (int) pairs[place];
  }
}

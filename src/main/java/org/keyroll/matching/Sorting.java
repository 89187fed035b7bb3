package org.keyroll.matching;

import java.util.concurrent.RecursiveAction;

/** Sorts keys and the records beside them in place, by key and then by record. */
final class Sorting {
  private final long[] keys;
  private final int[] records;
  private final int size;

  Sorting(long[] keys, int[] records, int size) {
    this.keys = keys;
    this.records = records;
    this.size = size;
  }

  void sort() {
    new Stretch(0, size, 63).invoke();
  }

  /** A stretch in which the bits above one are the same; large ones go to several processors. */
  private final class Stretch extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private static final int SMALL = 1 << 16;

    private final int from;
    private final int to;
    private final int bit;

    Stretch(int from, int to, int bit) {
      this.from = from;
      this.to = to;
      this.bit = bit;
    }

    @Override
    protected void compute() {
      if (to - from < SMALL || bit < 0) {
        sort(from, to, bit);
        return;
      }
      int low = part(from, to, bit);
      invokeAll(new Stretch(from, low, bit - 1), new Stretch(low, to, bit - 1));
    }
  }

  /** By one bit of the key after another, from the highest; small stretches by insertion. */
  private void sort(int from, int to, int bit) {
    if (to - from < 24) {
      insert(from, to);
      return;
    }
    if (bit < 0) {
      java.util.Arrays.sort(records, from, to);
      return;
    }
    int low = part(from, to, bit);
    sort(from, low, bit - 1);
    sort(low, to, bit - 1);
  }

  /** Puts the entries without a bit before those with it; returns where the latter begin. */
  private int part(int from, int to, int bit) {
    int low = from;
    int high = to - 1;
    boolean sign = bit == 63;
    while (low <= high) {
      boolean one = (keys[low] >>> bit & 1) == 1 ^ sign;
      if (one) {
        swap(low, high--);
      } else {
        low++;
      }
    }
    return low;
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && before(j, j - 1); j--) {
        swap(j, j - 1);
      }
    }
  }

  private boolean before(int i, int j) {
    return keys[i] < keys[j] || keys[i] == keys[j] && records[i] < records[j];
  }

  private void swap(int i, int j) {
    long key = keys[i];
    keys[i] = keys[j];
    keys[j] = key;
    int record = records[i];
    records[i] = records[j];
    records[j] = record;
  }
}

package org.keyroll.matching;

import java.util.ArrayList;
import java.util.concurrent.RecursiveAction;

/** Sorts keys and the records beside them in place, by key and then by record. */
final class Sorting {
  private static final int SMALL = 1 << 12;
  private static final int DIGITS = 1 << 8;

  private final long[] keys;
  private final int[] records;
  private final int size;

  Sorting(long[] keys, int[] records, int size) {
    this.keys = keys;
    this.records = records;
    this.size = size;
  }

  void sort() {
    new Stretch(0, size, 56).invoke();
  }

  /** A stretch in which the bits above eight are the same; large ones go to several processors. */
  private final class Stretch extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final int from;
    private final int to;
    private final int shift;

    Stretch(int from, int to, int shift) {
      this.from = from;
      this.to = to;
      this.shift = shift;
    }

    @Override
    protected void compute() {
      if (to - from < SMALL || shift < 0) {
        sort(from, to, shift + 7);
        return;
      }
      var ends = deal(from, to, shift);
      var parts = new ArrayList<Stretch>();
      for (int digit = 0, begin = from; digit < DIGITS; begin = ends[digit++]) {
        if (ends[digit] - begin > 1) {
          parts.add(new Stretch(begin, ends[digit], shift - 8));
        }
      }
      invokeAll(parts);
    }
  }

  /** Puts entries in the order of eight bits of their keys; returns where those of each end. */
  private int[] deal(int from, int to, int shift) {
    var ends = new int[DIGITS];
    for (int i = from; i < to; i++) {
      ends[digit(keys[i], shift)]++;
    }
    var next = new int[DIGITS];
    for (int digit = 0, at = from; digit < DIGITS; digit++) {
      next[digit] = at;
      at += ends[digit];
      ends[digit] = at;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      while (next[digit] < ends[digit]) {
        long key = keys[next[digit]];
        int record = records[next[digit]];
        // Each entry goes where it belongs and takes out the one that is there.
        for (int its = digit(key, shift); its != digit; its = digit(key, shift)) {
          int place = next[its]++;
          long otherKey = keys[place];
          int otherRecord = records[place];
          keys[place] = key;
          records[place] = record;
          key = otherKey;
          record = otherRecord;
        }
        keys[next[digit]] = key;
        records[next[digit]++] = record;
      }
    }
    return ends;
  }

  private static int digit(long key, int shift) {
    int digit = (int) (key >>> shift) & DIGITS - 1;
    // Negative keys come first.
    return shift == 56 ? digit ^ 0x80 : digit;
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
      long key = keys[i];
      int record = records[i];
      int j = i;
      while (j > from && (keys[j - 1] > key || keys[j - 1] == key && records[j - 1] > record)) {
        keys[j] = keys[j - 1];
        records[j] = records[j - 1];
        j--;
      }
      keys[j] = key;
      records[j] = record;
    }
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

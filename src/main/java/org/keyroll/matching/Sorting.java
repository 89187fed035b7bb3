package org.keyroll.matching;

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
    sort(0, size, 63);
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
    sort(from, low, bit - 1);
    sort(low, to, bit - 1);
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

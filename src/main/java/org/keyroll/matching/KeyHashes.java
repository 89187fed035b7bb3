package org.keyroll.matching;

import java.util.Arrays;
import java.util.List;

/** Hashes by value, end to end. */
final class KeyHashes {
  private final int[] ends;
  private long[] hashes;
  private int values;
  private int used;

  KeyHashes(int values) {
    this.ends = new int[values];
    this.hashes = new long[Math.max(16, values)];
  }

  /** The hashes of so many values, stretch after stretch. */
  static KeyHashes joined(int values, List<KeyHashes> stretches) {
    var all = new KeyHashes(values);
    all.hashes = new long[stretches.stream().mapToInt(s -> s.used).sum()];
    for (var stretch : stretches) {
      System.arraycopy(stretch.hashes, 0, all.hashes, all.used, stretch.used);
      for (int i = 0; i < stretch.values; i++) {
        all.ends[all.values++] = all.used + stretch.ends[i];
      }
      all.used += stretch.used;
    }
    return all;
  }

  void add(long hash) {
    if (used == hashes.length) {
      hashes = Arrays.copyOf(hashes, used + (used >> 1));
    }
    hashes[used++] = hash;
  }

  /** Ends the hashes of a value. */
  void end() {
    ends[values++] = used;
  }

  int from(int value) {
    return value == 0 ? 0 : ends[value - 1];
  }

  int to(int value) {
    return ends[value];
  }

  long at(int place) {
    return hashes[place];
  }
}

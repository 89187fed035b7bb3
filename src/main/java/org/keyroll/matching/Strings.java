package org.keyroll.matching;

/** Compares stretches of characters without making objects; one instance a thread. */
final class Strings {
  private static final double PREFIX_WEIGHT = 0.1;
  private static final int LONGEST = 256;
  private static final double ROUNDING = 1e-9;

  private final boolean[] takenA = new boolean[LONGEST];
  private final boolean[] takenB = new boolean[LONGEST];
  private int[] before = new int[LONGEST + 1];
  private int[] last = new int[LONGEST + 1];
  private int[] row = new int[LONGEST + 1];

  /** Jaro–Winkler similarity, 0 to 1; of the first 256 characters. */
  double jaroWinkler(char[] a, int aFrom, int aLength, char[] b, int bFrom, int bLength) {
    int aLen = Math.min(aLength, LONGEST);
    int bLen = Math.min(bLength, LONGEST);
    if (aLen == 0 || bLen == 0) {
      return aLen == bLen ? 1 : 0;
    }
    int window = Math.max(0, Math.max(aLen, bLen) / 2 - 1);
    java.util.Arrays.fill(takenA, 0, aLen, false);
    java.util.Arrays.fill(takenB, 0, bLen, false);
    int matches = 0;
    for (int i = 0; i < aLen; i++) {
      char c = a[aFrom + i];
      int to = Math.min(bLen, i + window + 1);
      for (int j = Math.max(0, i - window); j < to; j++) {
        if (!takenB[j] && b[bFrom + j] == c) {
          takenA[i] = true;
          takenB[j] = true;
          matches++;
          break;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    int moved = 0;
    for (int i = 0, j = 0; i < aLen; i++) {
      if (takenA[i]) {
        while (!takenB[j]) {
          j++;
        }
        if (a[aFrom + i] != b[bFrom + j]) {
          moved++;
        }
        j++;
      }
    }
    double m = matches;
    double jaro = (m / aLen + m / bLen + (m - moved / 2.0) / m) / 3;
    int prefix = 0;
    int most = Math.min(4, Math.min(aLen, bLen));
    while (prefix < most && a[aFrom + prefix] == b[bFrom + prefix]) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  /**
   * What {@link #jaroWinkler} of two stretches does not exceed, from which characters they have and
   * how they begin.
   */
  double mostJaroWinkler(char[] chars, int a, int aLength, int b, int bLength) {
    int aLen = Math.min(aLength, LONGEST);
    int bLen = Math.min(bLength, LONGEST);
    if (aLen == 0 || bLen == 0) {
      return 1;
    }
    long inA = 0;
    long inB = 0;
    for (int i = a; i < a + aLen; i++) {
      inA |= 1L << chars[i];
    }
    int ofB = 0;
    for (int i = b; i < b + bLen; i++) {
      inB |= 1L << chars[i];
      ofB += (int) (inA >>> chars[i] & 1);
    }
    int ofA = 0;
    for (int i = a; i < a + aLen; i++) {
      ofA += (int) (inB >>> chars[i] & 1);
    }
    double m = Math.min(ofA, ofB);
    double jaro = (m / aLen + m / bLen + 1) / 3;
    int prefix = 0;
    int most = Math.min(4, Math.min(aLen, bLen));
    while (prefix < most && chars[a + prefix] == chars[b + prefix]) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro) + ROUNDING;
  }

  /** Edits from one to the other, swaps of neighbours counting one; {@code most + 1} if more. */
  int edits(char[] a, int aFrom, int aLength, char[] b, int bFrom, int bLength, int most) {
    int start = 0;
    int aLen = Math.min(aLength, LONGEST);
    int bLen = Math.min(bLength, LONGEST);
    if (Math.abs(aLen - bLen) > most) {
      return most + 1;
    }
    while (start < aLen && start < bLen && a[aFrom + start] == b[bFrom + start]) {
      start++;
    }
    while (aLen > start && bLen > start && a[aFrom + aLen - 1] == b[bFrom + bLen - 1]) {
      aLen--;
      bLen--;
    }
    int n = aLen - start;
    int k = bLen - start;
    if (n == 0 || k == 0) {
      return Math.min(most + 1, n + k);
    }
    // Further from the diagonal than that, more edits than allowed would be needed.
    for (int j = 0; j <= Math.min(k, most + 1); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      int from = Math.max(1, i - most);
      int to = Math.min(k, i + most);
      row[from - 1] = from == 1 ? i : most + 1;
      int least = row[from - 1];
      char c = a[aFrom + start + i - 1];
      for (int j = from; j <= to; j++) {
        char d = b[bFrom + start + j - 1];
        int best = last[j - 1] + (c == d ? 0 : 1);
        best = Math.min(best, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && c == b[bFrom + start + j - 2] && a[aFrom + start + i - 2] == d) {
          best = Math.min(best, before[j - 2] + 1);
        }
        row[j] = best;
        least = Math.min(least, best);
      }
      if (to < k) {
        row[to + 1] = most + 1;
      }
      if (least > most) {
        return most + 1;
      }
      var spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return Math.min(most + 1, last[k]);
  }
}

package org.keyroll.matching;

/** Compares stretches of characters without making objects; one instance a thread. */
final class Strings {
  private static final double PREFIX_WEIGHT = 0.1;
  private static final int LONGEST = 256;

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
    for (int j = 0; j <= k; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      row[0] = i;
      int least = i;
      char c = a[aFrom + start + i - 1];
      for (int j = 1; j <= k; j++) {
        char d = b[bFrom + start + j - 1];
        int best = last[j - 1] + (c == d ? 0 : 1);
        best = Math.min(best, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && c == b[bFrom + start + j - 2] && a[aFrom + start + i - 2] == d) {
          best = Math.min(best, before[j - 2] + 1);
        }
        row[j] = best;
        least = Math.min(least, best);
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

package org.keyroll.scoring;

import java.util.Arrays;
import org.keyroll.definition.Policy.Ties;

/** Ranks among sorted values, 1 for the lowest. */
final class Ranks {
  private Ranks() {}

  /** The values in order; each once where ties are dense. */
  static double[] sorted(double[] values, Ties ties) {
    var sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      // Sorting and searching tell -0 from 0; as values they are the same.
      sorted[i] += 0.0;
    }
    Arrays.sort(sorted);
    return ties == Ties.DENSE ? Arrays.stream(sorted).distinct().toArray() : sorted;
  }

  /** How many are below the value. */
  static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many are not above the value. */
  static int upTo(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The rank of a value; one that is not among them ranks where it would stand. */
  static double rank(double[] sorted, double value, Ties ties) {
    int below = below(sorted, value);
    int equal = Math.max(1, upTo(sorted, value) - below);
    return switch (ties) {
      case MIN, DENSE -> below + 1.0;
      case MAX -> below + (double) equal;
      case MEAN -> below + (equal + 1) / 2.0;
    };
  }
}

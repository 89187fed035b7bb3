package org.keyroll.scoring;

import java.util.Arrays;
import org.keyroll.definition.Policy.Ties;

/**
 * Ranks among sorted values, 1 for the lowest. Values are held against each other to twelve digits:
 * what is equal by hand must not be torn apart by the order in which a computer adds.
 */
final class Ranks {
  private static final long ROUNDED_BITS = 0xFFF;

  private Ranks() {}

  /** The value to forty bits, about twelve digits; -0 is 0. */
  static double comparable(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return Double.longBitsToDouble((bits + ((ROUNDED_BITS + 1) >> 1)) & ~ROUNDED_BITS);
  }

  /** Whether a value is at or above a line. */
  static boolean reaches(double value, double line) {
    return value >= line || comparable(value) >= comparable(line);
  }

  /** The values, comparable, in order; each once where ties are dense. */
  static double[] sorted(double[] values, Ties ties) {
    var sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = comparable(sorted[i]);
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
    return upTo(sorted, sorted.length, value);
  }

  /** How many of the first so many are not above the value. */
  static int upTo(double[] sorted, int length, double value) {
    int low = 0;
    int high = length;
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
  static double rank(double[] sorted, double unrounded, Ties ties) {
    double value = comparable(unrounded);
    int below = below(sorted, value);
    if (ties == Ties.MIN || ties == Ties.DENSE) {
      return below + 1.0;
    }
    int equal = Math.max(1, upTo(sorted, value) - below);
    return ties == Ties.MAX ? below + (double) equal : below + (equal + 1) / 2.0;
  }
}

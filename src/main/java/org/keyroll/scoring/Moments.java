package org.keyroll.scoring;

import java.util.Arrays;

/**
 * Statistics of a group of values. Sums are compensated (Neumaier), so that order hardly counts.
 */
final class Moments {
  private Moments() {}

  static double sum(double[] values) {
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
    return sum + lost;
  }

  static double mean(double[] values) {
    return sum(values) / values.length;
  }

  /** Standard deviation of a population, or of a sample. */
  static double deviation(double[] values, boolean sample) {
    double mean = mean(values);
    var squares = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      squares[i] = (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(sum(squares) / (sample ? values.length - 1 : values.length));
  }

  static double min(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  static double max(double[] values) {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return quantile(sorted, 0.5);
  }

  /** With linear interpolation, as PERCENTILE.INC of spreadsheets and type 7 of R. */
  static double quantile(double[] sorted, double share) {
    double place = (sorted.length - 1) * share;
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Adjusted sample skewness G1, as SKEW of spreadsheets; of values drawn in to a window. */
  static double skewness(double[] values, double low, double high) {
    double n = values.length;
    var sums = central(values, low, high);
    return Math.sqrt(n) * sums[1] / Math.pow(sums[0], 1.5) * Math.sqrt(n * (n - 1)) / (n - 2);
  }

  /**
   * Adjusted sample excess kurtosis G2, as KURT of spreadsheets; of values drawn in to a window.
   */
  static double kurtosis(double[] values, double low, double high) {
    double n = values.length;
    var sums = central(values, low, high);
    double r = n * sums[2] / (sums[0] * sums[0]);
    return ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3));
  }

  /** Sums of the second, third and fourth powers of deviations from the mean. */
  private static double[] central(double[] values, double low, double high) {
    double mean = 0;
    for (double value : values) {
      mean += Math.min(high, Math.max(low, value));
    }
    mean /= values.length;
    double two = 0;
    double three = 0;
    double four = 0;
    for (double value : values) {
      double d = Math.min(high, Math.max(low, value)) - mean;
      double square = d * d;
      two += square;
      three += square * d;
      four += square * square;
    }
    return new double[] {two, three, four};
  }
}

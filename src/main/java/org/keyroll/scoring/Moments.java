package org.keyroll.scoring;

import java.util.Arrays;

/**
 * Statistics of a group of values. Sums are compensated (Neumaier), so that order hardly counts.
 */
final class Moments {
  /** The type of quantiles that PERCENTILE.INC and QUARTILE.INC of spreadsheets give. */
  private static final int SPREADSHEET = 7;

  /** What floating point may have taken from a place, for each value. */
  private static final double FUZZ = 4 * Math.ulp(1.0);

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
    return quantile(sorted, 0.5, SPREADSHEET);
  }

  /**
   * A quantile of a sample.
   *
   * @param type 1 to 9 after Hyndman and Fan, Sample quantiles in statistical packages (1996)
   */
  static double quantile(double[] sorted, double share, int type) {
    int n = sorted.length;
    double place =
        switch (type) {
          case 1, 2, 4 -> n * share - 1;
          case 3 -> n * share - 1.5;
          case 5 -> n * share - 0.5;
          case 6 -> (n + 1) * share - 1;
          case 8 -> (n + 1 / 3.0) * share - 2 / 3.0;
          case 9 -> (n + 0.25) * share - 0.625;
          default -> (n - 1) * share;
        };
    double whole = Math.floor(type <= 3 ? place + FUZZ * n : place);
    double beyond = place - whole;
    if (type <= 3) {
      boolean at = beyond <= FUZZ * n;
      beyond = !at ? 1 : type == 2 ? 0.5 : type == 3 && whole % 2 == 0 ? 1 : 0;
    }
    double below = sorted[(int) Math.min(n - 1, Math.max(0, whole))];
    double above = sorted[(int) Math.min(n - 1, Math.max(0, whole + 1))];
    return below + beyond * (above - below);
  }

  /**
   * Skewness of values drawn in to a window: g1 of a population, or the adjusted G1 of a sample, as
   * SKEW.P and SKEW of spreadsheets.
   */
  static double skewness(double[] values, double low, double high, boolean sample) {
    double n = values.length;
    var sums = central(values, low, high);
    double g1 = Math.sqrt(n) * sums[1] / Math.pow(sums[0], 1.5);
    return sample ? g1 * Math.sqrt(n * (n - 1)) / (n - 2) : g1;
  }

  /**
   * Excess kurtosis of values drawn in to a window: g2 of a population, or the adjusted G2 of a
   * sample, as KURT of spreadsheets.
   */
  static double kurtosis(double[] values, double low, double high, boolean sample) {
    double n = values.length;
    var sums = central(values, low, high);
    double g2 = n * sums[2] / (sums[0] * sums[0]) - 3;
    return sample ? ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3)) : g2;
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

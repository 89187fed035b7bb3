package org.keyroll.scoring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Step;

/**
 * Winsorisation. By skewness and kurtosis it is the JRC's: while |skewness| and kurtosis are both
 * beyond their lines, the values at the end that skewness points to become the next one inwards.
 */
final class Outliers extends Treatment {
  private static final int CLAMP = 0;
  private static final int LOG = 1;
  private static final int LOG_GII = 2;
  private static final int BOX_COX = 3;
  private static final int FEWEST = 4;

  private final Step.Winsorise step;

  Outliers(Step.Winsorise step) {
    this.step = step;
  }

  @Override
  @Nullable String within() {
    return step.within();
  }

  /** Kind, then low and high of a clamp, or the two parameters of a transformation. */
  @Override
  double[] fit(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    var skewness = step.skewness();
    var kurtosis = step.kurtosis();
    if (skewness != null && kurtosis != null) {
      return moments(sorted, skewness, kurtosis);
    }
    if (step.lower() != null || step.upper() != null) {
      return new double[] {
        CLAMP,
        step.lower() == null ? sorted[0] : Moments.quantile(sorted, step.lower(), step.type()),
        step.upper() == null ? sorted[n - 1] : Moments.quantile(sorted, step.upper(), step.type())
      };
    }
    int low = Math.min(step.lowest(), n - 1);
    int high = Math.max(low, n - 1 - step.highest());
    return new double[] {CLAMP, sorted[low], sorted[high]};
  }

  private double[] moments(double[] sorted, double skewness, double kurtosis) {
    int n = sorted.length;
    double low = sorted[0];
    double high = sorted[n - 1];
    if (n < FEWEST) {
      return new double[] {CLAMP, low, high};
    }
    int most = step.most() == null ? n : step.most();
    int lows = 0;
    int highs = 0;
    boolean out = out(sorted, low, high, skewness, kurtosis);
    while (out && lows + highs < most && low < high) {
      if (Moments.skewness(sorted, low, high, step.sample()) >= 0) {
        int first = Ranks.below(sorted, high);
        highs = n - first;
        high = sorted[first - 1];
      } else {
        lows = Ranks.upTo(sorted, low);
        low = sorted[lows];
      }
      out = out(sorted, low, high, skewness, kurtosis);
    }
    var fallback = step.fallback();
    if (!out || fallback == null) {
      return new double[] {CLAMP, low, high};
    }
    return switch (fallback) {
      case LOG -> new double[] {LOG, sorted[0], sorted[n - 1] - sorted[0]};
      case LOG_GII -> new double[] {LOG_GII, sorted[0], sorted[n - 1]};
      case BOX_COX -> new double[] {BOX_COX, sorted[0], Power.lambda(sorted)};
    };
  }

  private boolean out(double[] values, double low, double high, double skewness, double kurtosis) {
    return Math.abs(Moments.skewness(values, low, high, step.sample())) > skewness
        && Moments.kurtosis(values, low, high, step.sample()) > kurtosis;
  }

  @Override
  double apply(double value, double[] s) {
    return switch ((int) s[0]) {
      case CLAMP -> Math.min(s[2], Math.max(s[1], value));
      case LOG -> Math.log(Math.max(value - s[1], 0) + 0.01 * s[2]);
      case LOG_GII -> Math.log((s[2] - 1) * Math.max(value - s[1], 0) / (s[2] - s[1]) + 1);
      default -> Power.apply(value, s[1], s[2]);
    };
  }

  /** Box–Cox of values moved to begin at 1. */
  static final class Power extends Treatment {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private final Step.BoxCox step;

    Power(Step.BoxCox step) {
      this.step = step;
    }

    @Override
    @Nullable String within() {
      return step.within();
    }

    @Override
    double[] fit(double[] values) {
      var lambda = step.lambda();
      return new double[] {Moments.min(values), lambda == null ? lambda(values) : lambda};
    }

    @Override
    double apply(double value, double[] statistic) {
      return apply(value, statistic[0], statistic[1]);
    }

    static double apply(double value, double min, double lambda) {
      double x = Math.max(value - min, 0) + 1;
      return Math.abs(lambda) < 1e-9 ? Math.log(x) : (Math.pow(x, lambda) - 1) / lambda;
    }

    /**
     * The most likely parameter between -5 and 5: near it by golden section, then where the slope
     * of the likelihood is 0, since the likelihood itself is too flat at its top to tell.
     */
    static double lambda(double[] values) {
      double min = Moments.min(values);
      double a = -5;
      double b = 5;
      while (b - a > 1e-4) {
        double left = b - GOLDEN * (b - a);
        double right = a + GOLDEN * (b - a);
        if (likelihood(values, min, left) > likelihood(values, min, right)) {
          b = right;
        } else {
          a = left;
        }
      }
      a = Math.max(-5, a - 1e-4);
      b = Math.min(5, b + 1e-4);
      for (int halved = 0; halved < 60; halved++) {
        double middle = a + (b - a) / 2;
        if (slope(values, min, middle) > 0) {
          a = middle;
        } else {
          b = middle;
        }
      }
      return (a + b) / 2;
    }

    /** The derivative of the likelihood by the parameter. */
    private static double slope(double[] values, double min, double lambda) {
      int n = values.length;
      var z = new double[n];
      var change = new double[n];
      var logs = new double[n];
      for (int i = 0; i < n; i++) {
        logs[i] = Math.log(values[i] - min + 1);
        double u = lambda * logs[i];
        z[i] = Math.abs(u) < 1e-9 ? logs[i] : Math.expm1(u) / lambda;
        // (u e^u - e^u + 1) / u^2, whose numerator is lost where u is small
        double share =
            Math.abs(u) < 1e-3
                ? 0.5 + u / 3 + u * u / 8 + u * u * u / 30
                : (u * Math.exp(u) - Math.expm1(u)) / (u * u);
        change[i] = logs[i] * logs[i] * share;
      }
      double mean = Moments.mean(z);
      var products = new double[n];
      var squares = new double[n];
      for (int i = 0; i < n; i++) {
        products[i] = (z[i] - mean) * change[i];
        squares[i] = (z[i] - mean) * (z[i] - mean);
      }
      return Moments.sum(logs) - n * Moments.sum(products) / Moments.sum(squares);
    }

    private static double likelihood(double[] values, double min, double lambda) {
      var y = new double[values.length];
      double logs = 0;
      for (int i = 0; i < y.length; i++) {
        y[i] = apply(values[i], min, lambda);
        logs += Math.log(values[i] - min + 1);
      }
      double deviation = Moments.deviation(y, false);
      return -values.length * Math.log(deviation) + (lambda - 1) * logs;
    }
  }
}

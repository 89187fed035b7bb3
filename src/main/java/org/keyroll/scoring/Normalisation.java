package org.keyroll.scoring;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.Ties;
import org.keyroll.definition.Step.Normalise;
import org.keyroll.definition.Step.Normalise.Distance;
import org.keyroll.definition.Step.Normalise.Method;

/** Brings the values of a population onto one scale. */
abstract class Normalisation extends Treatment {
  final Normalise step;

  private Normalisation(Normalise step) {
    this.step = step;
  }

  static Treatment of(Normalise step) {
    return switch (step.method()) {
      case MIN_MAX -> new MinMax(step);
      case Z_SCORE -> new ZScore(step);
      case DISTANCE -> new ToReference(step);
      case SHARE -> new Share(step);
      case CUMULATIVE_SHARE -> new Cumulative(step);
      case RANK, PERCENTILE_RANK, BORDA, QUANTILES -> new ByRank(step);
    };
  }

  @Override
  @Nullable String within() {
    return step.within();
  }

  final double flat() {
    return step.flat() == null ? Double.NaN : step.flat();
  }

  private static final class MinMax extends Normalisation {
    MinMax(Normalise step) {
      super(step);
    }

    @Override
    double[] fit(double[] values) {
      return new double[] {Moments.min(values), Moments.max(values)};
    }

    @Override
    double apply(double x, double[] s) {
      if (s[0] == s[1]) {
        return flat();
      }
      double share = step.down() ? (s[1] - x) / (s[1] - s[0]) : (x - s[0]) / (s[1] - s[0]);
      return step.low() + share * (step.high() - step.low());
    }
  }

  private static final class ZScore extends Normalisation {
    ZScore(Normalise step) {
      super(step);
    }

    @Override
    double[] fit(double[] values) {
      boolean flat = Moments.min(values) == Moments.max(values);
      return new double[] {
        Moments.mean(values), flat ? 0 : Moments.deviation(values, step.sample())
      };
    }

    @Override
    double apply(double x, double[] s) {
      if (s[1] == 0) {
        return flat();
      }
      double z = (x - s[0]) / s[1];
      return step.mean() + step.sd() * (step.down() ? -z : z);
    }
  }

  private static final class ToReference extends Normalisation {
    private final Normalise.Reference reference;

    ToReference(Normalise step) {
      super(step);
      this.reference = Objects.requireNonNull(step.reference());
    }

    @Override
    boolean needsPopulation() {
      return reference.number() == null || step.distance() == Distance.SPAN;
    }

    @Override
    @Nullable String within() {
      return reference.fact() != null ? reference.fact() : step.within();
    }

    @Override
    @Nullable String reference() {
      return reference.is();
    }

    @Override
    double[] fit(double[] values) {
      return new double[] {reference(values), Moments.min(values)};
    }

    private double reference(double[] values) {
      var statistic = reference.statistic();
      if (statistic == null) {
        var number = reference.number();
        return number == null ? Moments.mean(values) : number;
      }
      return switch (statistic) {
        case MAX -> Moments.max(values);
        case MIN -> Moments.min(values);
        case MEAN -> Moments.mean(values);
        case MEDIAN -> Moments.median(values);
        case TOTAL -> Moments.sum(values);
      };
    }

    @Override
    double apply(double x, double[] s) {
      double to = s.length > 0 ? s[0] : Objects.requireNonNull(reference.number());
      double result =
          switch (step.distance()) {
            case RATIO -> x / to;
            case RELATIVE -> (x - to) / to;
            case DIFFERENCE -> x - to;
            case SPAN -> (x - s[1]) / (to - s[1]);
          };
      return Double.isFinite(result) ? result : flat();
    }
  }

  private static final class Share extends Normalisation {
    Share(Normalise step) {
      super(step);
    }

    @Override
    double[] fit(double[] values) {
      return new double[] {Moments.sum(values)};
    }

    @Override
    double apply(double x, double[] s) {
      return s[0] == 0 ? flat() : x / s[0];
    }
  }

  /** The share of the total that larger values hold: below 0.65 for those that make up 65 %. */
  private static final class Cumulative extends Normalisation {
    Cumulative(Normalise step) {
      super(step);
    }

    /** The values in order, then for each place the sum of what stands there and after it. */
    @Override
    double[] fit(double[] values) {
      var sorted = values.clone();
      java.util.Arrays.sort(sorted);
      int n = sorted.length;
      var s = new double[2 * n + 1];
      System.arraycopy(Ranks.sorted(values, Ties.MIN), 0, s, 0, n);
      for (int i = n - 1; i >= 0; i--) {
        s[n + i] = s[n + i + 1] + sorted[i];
      }
      return s;
    }

    @Override
    double apply(double x, double[] s) {
      int n = s.length / 2;
      int low = Ranks.upTo(s, n, Ranks.comparable(x));
      return s[n] == 0 ? flat() : s[n + low] / s[n];
    }
  }

  private static final class ByRank extends Normalisation {
    /** Values for which making an index pays. */
    private static final int MANY = 20_000;

    ByRank(Normalise step) {
      super(step);
    }

    @Override
    double[] fit(double[] values) {
      if (step.down()) {
        var negated = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          negated[i] = -values[i];
        }
        return Ranks.sorted(negated, step.ties());
      }
      return Ranks.sorted(values, step.ties());
    }

    @Override
    double apply(double x, double[] s) {
      return scaled(Ranks.rank(s, step.down() ? -x : x, step.ties()), s.length);
    }

    @Override
    void apply(double[] column, int size, double[] s) {
      if (size < MANY) {
        super.apply(column, size, s);
        return;
      }
      var index = new RankIndex(s);
      for (int i = 0; i < size; i++) {
        double x = column[i];
        if (!Double.isNaN(x)) {
          column[i] = scaled(index.rank(step.down() ? -x : x, step.ties()), s.length);
        }
      }
    }

    private double scaled(double rank, double n) {
      if (step.method() == Method.RANK) {
        return rank;
      }
      if (step.method() == Method.BORDA) {
        return rank - 1;
      }
      if (step.method() == Method.QUANTILES) {
        double band = Math.ceil(rank * step.bands() / n - 1e-9);
        return Math.min(step.bands(), Math.max(1, band));
      }
      double share =
          switch (step.kind()) {
            case INCLUSIVE -> n == 1 ? flat() : (rank - 1) / (n - 1);
            case EXCLUSIVE -> rank / (n + 1);
            case PROPORTION -> rank / n;
            case MIDPOINT -> (rank - 0.5) / n;
            case BELOW -> (rank - 1) / n;
            case BLOM -> (rank - 0.375) / (n + 0.25);
            case TUKEY -> (rank - 1 / 3.0) / (n + 1 / 3.0);
          };
      return step.low() + Math.min(1, share) * (step.high() - step.low());
    }
  }
}

package org.keyroll.scoring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Step;

/** Steps that look at nothing but the value. */
final class LocalTreatment extends Treatment {
  private static final MathContext FIFTEEN = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final double LN2 = Math.log(2);

  private final DoubleUnaryOperator function;

  private LocalTreatment(DoubleUnaryOperator function) {
    this.function = function;
  }

  static Treatment of(Step step) {
    return new LocalTreatment(function(step));
  }

  @Override
  boolean needsPopulation() {
    return false;
  }

  @Override
  double apply(double value, double[] statistic) {
    double result = function.applyAsDouble(value);
    return Double.isInfinite(result) ? Double.NaN : result;
  }

  private static DoubleUnaryOperator function(Step step) {
    if (step instanceof Step.Function named) {
      var function = named(named.name());
      double otherwise = named.undefined() == null ? Double.NaN : named.undefined();
      return x -> {
        double y = function.applyAsDouble(x);
        return Double.isFinite(y) ? y : otherwise;
      };
    }
    if (step instanceof Step.Power power) {
      return x -> Math.pow(x, power.exponent());
    }
    if (step instanceof Step.Root root) {
      return x -> root(x, root.degree());
    }
    if (step instanceof Step.Linear linear) {
      return x -> linear.factor() * x + linear.constant();
    }
    if (step instanceof Step.Cap cap) {
      double min = cap.min() == null ? Double.NEGATIVE_INFINITY : cap.min();
      double max = cap.max() == null ? Double.POSITIVE_INFINITY : cap.max();
      return x -> Math.min(max, Math.max(min, x));
    }
    if (step instanceof Step.Range range) {
      return x -> between(range, range.from().value(), range.to().value(), x);
    }
    if (step instanceof Step.Bands bands) {
      return x -> band(bands, x);
    }
    if (step instanceof Step.Lookup lookup) {
      return lookup(lookup);
    }
    if (step instanceof Step.Exponential e) {
      double share = -Math.expm1(-e.top() / e.scale());
      return x -> -e.scale() * Math.log1p(-x * share);
    }
    if (step instanceof Step.Round round) {
      var mode = RoundingMode.valueOf(round.mode().name());
      return x -> round(x, round.digits(), mode);
    }
    throw new IllegalArgumentException("no such step: " + step);
  }

  private static DoubleUnaryOperator named(Step.Function.Name name) {
    return switch (name) {
      case LOG -> Math::log;
      case LOG10 -> Math::log10;
      case LOG2 -> x -> Math.log(x) / LN2;
      case LOG1P -> Math::log1p;
      case EXP -> Math::exp;
      case SQRT -> Math::sqrt;
      case CBRT -> Math::cbrt;
      case SQUARE -> x -> x * x;
      case ABS -> Math::abs;
      case NEGATE -> x -> -x;
      case RECIPROCAL -> x -> 1 / x;
      case PROBIT -> Probit::of;
    };
  }

  /** Odd roots of negative numbers are negative. */
  private static double root(double x, int degree) {
    return switch (degree) {
      case 2 -> Math.sqrt(x);
      case 3 -> Math.cbrt(x);
      default -> x < 0 && degree % 2 == 1 ? -Math.pow(-x, 1.0 / degree) : Math.pow(x, 1.0 / degree);
    };
  }

  private static double between(Step.Range range, double from, double to, double x) {
    if (range.log()) {
      return between(range, Math.log(from), Math.log(to), Math.log(x), range.capped() && x <= 0);
    }
    return between(range, from, to, x, false);
  }

  private static double between(Step.Range range, double from, double to, double x, boolean least) {
    double share = (x - from) / (to - from);
    if (range.capped()) {
      // A logarithm of zero lies beyond the lower goalpost whatever it is.
      share = least ? (from < to ? 0 : 1) : Math.min(1, Math.max(0, share));
    }
    return range.low() + share * (range.high() - range.low());
  }

  private static double band(Step.Bands bands, double x) {
    double score = Double.NaN;
    for (var band : bands.bands()) {
      if (Ranks.reaches(x, band.from())) {
        score = band.score();
      }
    }
    return score;
  }

  private static DoubleUnaryOperator lookup(Step.Lookup lookup) {
    var scores = new HashMap<Double, Double>();
    lookup
        .scores()
        .forEach(
            (text, score) -> {
              try {
                scores.put(Double.parseDouble(text) + 0.0, score);
              } catch (NumberFormatException e) {
                // A text; the lookup is that of a text fact and is done by the codes of its column.
              }
            });
    double otherwise = lookup.otherwise() == null ? Double.NaN : lookup.otherwise();
    return x -> scores.getOrDefault(x + 0.0, otherwise);
  }

  /**
   * Rounds what people see in a spreadsheet: 15 significant digits, so that 0.285, which is a
   * little less in binary, still rounds to 0.29.
   */
  static double round(double x, int digits, RoundingMode mode) {
    return new BigDecimal(x, FIFTEEN).setScale(digits, mode).doubleValue();
  }

  /** Goalposts that are quantiles of the population. */
  static final class Goalposts extends Treatment {
    private final Step.Range range;

    Goalposts(Step.Range range) {
      this.range = range;
    }

    @Override
    @Nullable String within() {
      return range.within();
    }

    @Override
    double[] fit(double[] values) {
      var sorted = values.clone();
      java.util.Arrays.sort(sorted);
      return new double[] {post(range.from(), sorted), post(range.to(), sorted)};
    }

    private static double post(Step.Post post, double[] sorted) {
      return post.quantile() ? Moments.quantile(sorted, post.value(), post.type()) : post.value();
    }

    @Override
    double apply(double value, double[] statistic) {
      double result = between(range, statistic[0], statistic[1], value);
      return Double.isFinite(result) ? result : Double.NaN;
    }
  }
}

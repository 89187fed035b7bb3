package org.keyroll.scoring;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Step;

/** Puts a value where there is none. */
final class Filling extends Treatment {
  private final Step.Fill step;

  Filling(Step.Fill step) {
    this.step = step;
  }

  @Override
  boolean needsPopulation() {
    return step.how() != null;
  }

  @Override
  @Nullable String within() {
    return step.within();
  }

  @Override
  boolean fills() {
    return true;
  }

  @Override
  String words() {
    var how = step.how();
    return how == null
        ? "the constant"
        : "the %s of %s".formatted(how.name().toLowerCase(Locale.ROOT), population(step.within()));
  }

  private static String population(@Nullable String within) {
    return within == null ? "the population" : "units with the same " + within;
  }

  @Override
  double[] fit(double[] values) {
    var how = step.how();
    if (how == null) {
      return NONE;
    }
    return new double[] {
      switch (how) {
        case MEAN -> Moments.mean(values);
        case MEDIAN -> Moments.median(values);
        case MIN -> Moments.min(values);
        case MAX -> Moments.max(values);
      }
    };
  }

  @Override
  double apply(double value, double[] statistic) {
    if (!Double.isNaN(value)) {
      return value;
    }
    return step.how() == null ? step.constant() : statistic[0];
  }

  /** Puts a statistic of the population in the place of every value, and of none. */
  static final class Whole extends Treatment {
    private final Step.Statistic step;

    Whole(Step.Statistic step) {
      this.step = step;
    }

    @Override
    @Nullable String within() {
      return step.within();
    }

    @Override
    boolean fills() {
      return true;
    }

    @Override
    String words() {
      var measure = step.measure();
      return "the %s of %s"
          .formatted(
              measure == null ? "quantile" : measure.name().toLowerCase(Locale.ROOT),
              population(step.within()));
    }

    @Override
    double[] fit(double[] values) {
      return new double[] {statistic(values)};
    }

    private double statistic(double[] values) {
      var measure = step.measure();
      if (measure == null) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return Moments.quantile(sorted, step.quantile(), step.type());
      }
      return switch (measure) {
        case MIN -> Moments.min(values);
        case MAX -> Moments.max(values);
        case MEAN -> Moments.mean(values);
        case MEDIAN -> Moments.median(values);
        case TOTAL -> Moments.sum(values);
        case COUNT -> values.length;
        case DEVIATION -> Moments.deviation(values, step.sample());
      };
    }

    @Override
    double apply(double value, double[] statistic) {
      return Double.isFinite(statistic[0]) ? statistic[0] : Double.NaN;
    }
  }
}

package org.keyroll.scoring;

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

  /** In words, for reasons. */
  String words() {
    var how = step.how();
    return how == null
        ? "the constant"
        : "the %s of %s"
            .formatted(
                how.name().toLowerCase(java.util.Locale.ROOT),
                step.within() == null ? "the population" : "units with the same " + step.within());
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
}

package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Step;

/**
 * A step at work: first fitted to the values of a group, then applied to one value after another.
 * What is applied depends on the fitted statistic and on nothing else, so that a stored statistic
 * gives the same result for one unit as for all.
 */
abstract class Treatment {
  static final double[] NONE = {};

  /** The treatment of a definition. */
  static Treatment of(Step step) {
    if (step instanceof Step.Normalise normalise) {
      return Normalisation.of(normalise);
    }
    if (step instanceof Step.Winsorise winsorise) {
      return new Outliers(winsorise);
    }
    if (step instanceof Step.BoxCox boxCox) {
      return new Outliers.Power(boxCox);
    }
    if (step instanceof Step.Fill fill) {
      return new Filling(fill);
    }
    if (step instanceof Step.Statistic statistic) {
      return new Filling.Whole(statistic);
    }
    if (step instanceof Step.Range range && (range.from().quantile() || range.to().quantile())) {
      return new LocalTreatment.Goalposts(range);
    }
    return LocalTreatment.of(step);
  }

  /** Whether it looks at other units. */
  boolean needsPopulation() {
    return true;
  }

  /** The text fact that makes the groups; null: all units are one. */
  @Nullable String within() {
    return null;
  }

  /** The group that everyone is held against; null: everyone against his own. */
  @Nullable String reference() {
    return null;
  }

  /** The text facts that it looks at. */
  final List<String> groupFacts() {
    var facts = new ArrayList<String>();
    var within = within();
    if (within != null) {
      facts.add(within);
    }
    return facts;
  }

  /** Whether it may turn a missing value into one. */
  boolean fills() {
    return false;
  }

  /** What it fills with, for reasons. */
  String words() {
    return "";
  }

  /**
   * The statistic of a group.
   *
   * @param values known ones, at least one, in the order of the units
   */
  double[] fit(double[] values) {
    return NONE;
  }

  /** As {@link #apply(double, double[])}, for the first so many of a column, in place. */
  void apply(double[] column, int size, double[] statistic) {
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(column[i]) || fills()) {
        column[i] = apply(column[i], statistic);
      }
    }
  }

  /**
   * The new value.
   *
   * @param value never NaN unless {@link #fills}
   * @param statistic what {@link #fit} gave for the group
   * @return NaN where there is no answer
   */
  abstract double apply(double value, double[] statistic);
}

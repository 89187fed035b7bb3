package org.keyroll.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.Band;
import org.keyroll.definition.Policy.Ties;

/**
 * One step on the way from a raw value to a score; the terms are those of the OECD/JRC Handbook on
 * Constructing Composite Indicators (2008). A missing value stays missing in every step but {@link
 * Fill}.
 */
public sealed interface Step {

  /** The text fact whose values make the peer groups that statistics are taken in. */
  default @Nullable String within() {
    return null;
  }

  /**
   * A function of the value.
   *
   * @param undefined the answer where there is none, such as the logarithm of zero; null: missing
   */
  record Function(Name name, @Nullable Double undefined) implements Step {
    /** Known functions. */
    public enum Name {
      LOG,
      LOG10,
      LOG2,
      LOG1P,
      EXP,
      SQRT,
      CBRT,
      SQUARE,
      ABS,
      NEGATE,
      RECIPROCAL,
      PROBIT
    }
  }

  /** The value to the power of {@code exponent}. */
  record Power(double exponent) implements Step {}

  /** The root of that degree: 3 is the cube root. */
  record Root(int degree) implements Step {}

  /** {@code factor × value + constant}. */
  record Linear(double factor, double constant) implements Step {}

  /** Nothing below {@code min} or above {@code max}. */
  record Cap(@Nullable Double min, @Nullable Double max) implements Step {}

  /**
   * Goalposts: {@code from} becomes {@code low}, {@code to} becomes {@code high}, linear between.
   *
   * @param log whether value and goalposts are taken by their logarithms
   * @param capped whether values beyond the goalposts stay at them
   */
  record Range(
      Post from,
      Post to,
      boolean log,
      boolean capped,
      double low,
      double high,
      @Nullable String within)
      implements Step {}

  /**
   * A goalpost: a number, or a quantile, 0 to 1, of the population.
   *
   * @param type of the quantile, 1 to 9 after Hyndman and Fan
   */
  record Post(double value, boolean quantile, int type) {}

  /** Fixed bands; a value below the first has no score. */
  record Bands(List<Band> bands) implements Step {}

  /**
   * Value to score, for texts and numbers.
   *
   * @param otherwise for values that do not stand there; null: missing
   */
  record Lookup(Map<String, Double> scores, @Nullable Double otherwise) implements Step {}

  /**
   * The exponential transformation of a scaled rank R, 0 to 1, of the English Indices of
   * Deprivation: {@code −scale · ln(1 − R · (1 − e^(−top/scale)))}.
   */
  record Exponential(double scale, double top) implements Step {}

  /**
   * Puts a value where there is none.
   *
   * @param how null for the constant
   */
  record Fill(@Nullable Average how, double constant, @Nullable String within) implements Step {
    /** Statistics of the values that are there. */
    public enum Average {
      MEAN,
      MEDIAN,
      MIN,
      MAX
    }
  }

  /**
   * Draws outliers in.
   *
   * @param skewness with {@code kurtosis}: values are drawn in one by one while both are exceeded
   * @param most how many at the most; null: no limit
   * @param lowest, highest instead: that many values at either end
   * @param sample whether skewness and kurtosis are those of a sample
   * @param lower, upper instead: quantiles, 0 to 1
   * @param type of the quantiles, 1 to 9 after Hyndman and Fan
   * @param fallback what follows when drawing in was not enough
   */
  record Winsorise(
      @Nullable Double skewness,
      @Nullable Double kurtosis,
      boolean sample,
      @Nullable Integer most,
      int lowest,
      int highest,
      @Nullable Double lower,
      @Nullable Double upper,
      int type,
      @Nullable Fallback fallback,
      @Nullable String within)
      implements Step {
    /**
     * Transformations of the original values: ln(x − min + (max − min) / 100), ln((max − 1) (x −
     * min) / (max − min) + 1), Box–Cox.
     */
    public enum Fallback {
      LOG,
      LOG_GII,
      BOX_COX
    }
  }

  /**
   * Box–Cox; without {@code lambda} the most likely one is taken, of values moved to begin at 1.
   */
  record BoxCox(@Nullable Double lambda, @Nullable String within) implements Step {}

  /**
   * A statistic of the population in the place of each value, and of none.
   *
   * @param measure null for the quantile
   * @param quantile 0 to 1, with {@code type} 1 to 9 after Hyndman and Fan
   * @param sample whether the deviation is that of a sample
   */
  record Statistic(
      @Nullable Measure measure, double quantile, int type, boolean sample, @Nullable String within)
      implements Step {
    /** Known statistics; the deviation is the standard one. */
    public enum Measure {
      MIN,
      MAX,
      MEAN,
      MEDIAN,
      TOTAL,
      COUNT,
      DEVIATION
    }
  }

  /**
   * Brings values of a population onto one scale.
   *
   * @param down whether a low value is the good one: values are negated first
   * @param low, high the scale of min-max and percentile ranks
   * @param mean, sd the scale of z-scores
   * @param sample whether the deviation is that of a sample
   * @param bands how many quantile bands
   * @param flat the answer where all values of a group are equal; null: missing
   */
  record Normalise(
      Method method,
      boolean down,
      Ties ties,
      Kind kind,
      double low,
      double high,
      double mean,
      double sd,
      boolean sample,
      int bands,
      @Nullable Reference reference,
      Distance distance,
      @Nullable Double flat,
      @Nullable String within)
      implements Step {

    /** Known methods. */
    public enum Method {
      MIN_MAX,
      Z_SCORE,
      RANK,
      PERCENTILE_RANK,
      BORDA,
      QUANTILES,
      DISTANCE,
      SHARE,
      CUMULATIVE_SHARE
    }

    /**
     * Percentile ranks of rank r among n: (r−1)/(n−1), r/(n+1), r/n, (r−½)/n, (r−1)/n, (r−⅜)/(n+¼),
     * (r−⅓)/(n+⅓).
     */
    public enum Kind {
      INCLUSIVE,
      EXCLUSIVE,
      PROPORTION,
      MIDPOINT,
      BELOW,
      BLOM,
      TUKEY
    }

    /** x/ref, (x−ref)/ref, x−ref, (x−min)/(ref−min). */
    public enum Distance {
      RATIO,
      RELATIVE,
      DIFFERENCE,
      SPAN
    }

    /**
     * What distance is taken to: a statistic, a number, or the mean of the units whose {@code fact}
     * is {@code is}.
     */
    public record Reference(
        @Nullable Statistic statistic,
        @Nullable Double number,
        @Nullable String fact,
        @Nullable String is) {
      /** Statistics of the population. */
      public enum Statistic {
        MAX,
        MIN,
        MEAN,
        MEDIAN,
        TOTAL
      }
    }
  }

  /** Rounds to so many decimals, of 15 significant digits as spreadsheets do. */
  record Round(int digits, Mode mode) implements Step {
    /** How halves, or all, are rounded. */
    public enum Mode {
      HALF_UP,
      HALF_EVEN,
      UP,
      DOWN,
      CEILING,
      FLOOR
    }
  }
}

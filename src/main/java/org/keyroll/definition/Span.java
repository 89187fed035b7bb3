package org.keyroll.definition;

import java.util.Collection;

/**
 * Where a value can lie, whatever the data; never narrower than the truth.
 *
 * @param low least value; above {@code high} where there can be none
 * @param gaps whether it may be missing
 */
record Span(double low, double high, boolean gaps) {
  static final Span ANY = new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);
  static final Span NONE = new Span(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);

  static Span of(double low, double high, boolean gaps) {
    return new Span(low, high, gaps);
  }

  /** From the least to the greatest of some values. */
  static Span of(Collection<Double> values, boolean gaps) {
    var span = new Span(NONE.low, NONE.high, gaps);
    for (double value : values) {
      span = span.or(new Span(value, value, gaps));
    }
    return span;
  }

  boolean isEmpty() {
    return low > high;
  }

  /** Whether it is always the same where it is there. */
  boolean isPoint() {
    return low == high;
  }

  Span or(Span other) {
    return new Span(Math.min(low, other.low), Math.max(high, other.high), gaps || other.gaps);
  }

  Span gaps(boolean may) {
    return new Span(low, high, may);
  }
}

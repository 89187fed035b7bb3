package org.keyroll.adjustment;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.Threshold;

/**
 * How long a unit has been where it is.
 *
 * @param since the day on which it came into its tier
 * @param below the day since which it has not reached the line to enter it; null where it does
 */
record Clock(LocalDate since, @Nullable LocalDate below) {

  /** Until when it stays in its tier whatever its score; null where it need not. */
  @Nullable LocalDate stays(Threshold threshold) {
    return threshold.tenure() == null ? null : since.plus(threshold.tenure());
  }

  /** From when on it does not stay below the line to enter; null where it may for any time. */
  @Nullable LocalDate leaves(Threshold threshold) {
    return threshold.buffer() == null || below == null ? null : below.plus(threshold.buffer());
  }
}

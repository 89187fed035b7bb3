package org.keyroll.scoring;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.Threshold;

/**
 * How long a unit has been where it is.
 *
 * @param since the day on which it came into its tier
 * @param below the day since which it has not reached the line to enter it; null where it does
 */
public record Clock(LocalDate since, @Nullable LocalDate below) {

  /** Until when it stays in its tier whatever its score; null where it need not. */
  public @Nullable LocalDate stays(Threshold threshold) {
    return threshold.tenure() == null ? null : since.plus(threshold.tenure());
  }

  /** From when on it does not stay below the line to enter; null where it may for any time. */
  public @Nullable LocalDate leaves(Threshold threshold) {
    return threshold.buffer() == null || below == null ? null : below.plus(threshold.buffer());
  }

  /**
   * Where it goes once it has been in the buffer for too long; an exemption knows no tenure.
   *
   * @param threshold of the tier that it is in
   * @param now rank of that tier
   * @param rule rank of the tier that follows but for clocks
   */
  public int tier(
      @Nullable Threshold threshold,
      LocalDate asOf,
      int enters,
      boolean exempt,
      int now,
      int rule) {
    if (threshold == null) {
      return rule;
    }
    if (rule > now && !exempt && isHeld(threshold, asOf)) {
      return now;
    }
    var leaves = leaves(threshold);
    boolean over = leaves != null && !leaves.isAfter(asOf) && !isHeld(threshold, asOf);
    return rule == now && over ? enters : rule;
  }

  /** The same on a later day on which it is, or is not, below the line to enter its tier. */
  Clock on(LocalDate date, boolean isBelow) {
    return new Clock(since, !isBelow ? null : below == null ? date : below);
  }

  /** Whether it stays in its tier whatever its score. */
  boolean isHeld(Threshold threshold, LocalDate asOf) {
    var stays = stays(threshold);
    return stays != null && stays.isAfter(asOf);
  }
}

package org.keyroll.definition;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source.Column;

/**
 * What a delivery of a source has to keep to; one that does not waits for a person, and the
 * delivery before it stays in force. Shares are 0 to 1. Comparisons are with the delivery in force
 * and need one.
 *
 * @param minimumRows least data rows
 * @param shrinksAtMost by which share there may be fewer data rows than before; null: any
 * @param growsAtMost by which share there may be more; null: any
 * @param filled field to the least share of rows in which it is filled
 * @param filledDropsAtMost by how much the share of rows in which a field is filled may fall, for
 *     every field; null: any
 * @param rejectedAtMost share of data rows that may be rejected; null: any
 * @param unknownAtMost share of data rows that may hold a word the source does not know; null: any
 * @param ageAtMost how long before the as-of date the period covered, or else the day of receipt,
 *     may lie; null: any
 * @param samePeriod what becomes of other bytes for the period that is in force
 * @param earlierPeriod what becomes of a period before the one in force
 * @param totals what the delivery says of itself
 */
public record Gates(
    int minimumRows,
    @Nullable Double shrinksAtMost,
    @Nullable Double growsAtMost,
    Map<String, Double> filled,
    @Nullable Double filledDropsAtMost,
    @Nullable Double rejectedAtMost,
    @Nullable Double unknownAtMost,
    @Nullable Period ageAtMost,
    Otherwise samePeriod,
    Otherwise earlierPeriod,
    List<Total> totals) {

  /** What becomes of a delivery that is in doubt. */
  public enum Otherwise {
    HOLD,
    TAKE
  }

  /**
   * A number that the delivery declares.
   *
   * @param declared where it stands and how it is written
   * @param sums the field that adds up to it; null: it is the number of rows
   */
  public record Total(Column declared, @Nullable String sums) {

    /** What is declared, in words. */
    public String title() {
      return sums == null ? "the declared number of rows" : "the declared sum of " + sums;
    }
  }
}

package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit on the list, with all that is published of it.
 *
 * @param unit as shown, {@code U0000042}
 * @param identifier value without its scheme
 * @param tier id
 * @param score 0 to 1, rounded to four decimals; null when only a trigger lists the unit
 * @param departments ids, in the order of {@code departments.yml}
 * @param enteredOn the effective date on which the unit last came onto the list
 * @param facts name to text, missing ones left out
 */
public record Entry(
    String unit,
    String name,
    @Nullable String identifier,
    String tier,
    @Nullable Double score,
    List<String> departments,
    LocalDate enteredOn,
    String reason,
    String legalBasis,
    Map<String, String> facts) {

  Entry enteredOn(LocalDate date) {
    return new Entry(
        unit, name, identifier, tier, score, departments, date, reason, legalBasis, facts);
  }
}

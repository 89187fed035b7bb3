package org.keyroll.adjustment;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param status why it is on the list although it does not reach the line to enter its tier; null
 *     where it does, or persons have put it there
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
    Map<String, String> facts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Status status) {

  /** What keeps a unit in a tier that it would not enter now. */
  public enum Status {
    /** The line to stay, or the time that it stays at least. */
    KEPT,
    /** Its data are too old to take it off. */
    SUSPENDED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A status as it is written; {@code confirmed} for none. */
  public static String statusId(@Nullable Status status) {
    return status == null ? "confirmed" : status.id();
  }

  /** Whether its data are too old to take it off. */
  boolean suspended() {
    return status == Status.SUSPENDED;
  }

  Entry enteredOn(LocalDate date) {
    return new Entry(
        unit, name, identifier, tier, score, departments, date, reason, legalBasis, facts, status);
  }
}

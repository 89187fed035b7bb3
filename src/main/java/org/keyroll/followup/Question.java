package org.keyroll.followup;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.UnitId;

/**
 * What a department asks about a unit that is assigned to it.
 *
 * @param department whose person asked
 * @param answer null while it is open
 */
public record Question(
    long number,
    UnitId unit,
    String department,
    String asked,
    String askedBy,
    LocalDate askedOn,
    @Nullable String answer,
    @Nullable String answeredBy,
    @Nullable LocalDate answeredOn) {
  private static final Pattern FORM = Pattern.compile("[Qq]([1-9][0-9]{0,9})");

  /** The number in an id such as {@code Q12}; 0 for a text that is none. */
  public static long number(String text) {
    var form = FORM.matcher(text.strip());
    return form.matches() ? Long.parseLong(form.group(1)) : 0;
  }

  /** As it is written. */
  public String id() {
    return "Q" + number;
  }

  /** Whether it waits for an answer. */
  public boolean open() {
    return answer == null;
  }
}

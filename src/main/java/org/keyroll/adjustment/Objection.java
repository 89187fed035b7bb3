package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.UnitId;

/**
 * What a unit says against a change of the list that concerns it.
 *
 * @param revision whose change it is against
 * @param dueOn day by which it is to be answered
 * @param cause why it was answered so
 */
public record Objection(
    long number,
    UnitId unit,
    long revision,
    LocalDate receivedOn,
    LocalDate dueOn,
    String said,
    String filedBy,
    State state,
    @Nullable String decidedBy,
    @Nullable LocalDate decidedOn,
    @Nullable String cause) {
  private static final Pattern FORM = Pattern.compile("[Oo][Bb]([1-9][0-9]{0,9})");

  /** What has become of it. */
  public enum State {
    OPEN,
    UPHELD,
    DISMISSED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The number in an id such as {@code OB12}; 0 for a text that is none. */
  public static long number(String text) {
    var form = FORM.matcher(text.strip());
    return form.matches() ? Long.parseLong(form.group(1)) : 0;
  }

  /** As it is written. */
  public String id() {
    return "OB" + number;
  }

  /** Whether it is open beyond its day. */
  public boolean isOverdue(LocalDate asOf) {
    return state == State.OPEN && dueOn.isBefore(asOf);
  }
}

package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a fact of a unit on a date.
 *
 * @param value a {@link String} or a {@link Double}; null when nothing is known
 * @param evidence the cells it comes from; for events, one a record
 * @param superseded cells that say something of it too, but give way
 * @param changesOn the next date on which time alone changes it
 * @param note where it comes from when not from cells, or that it is stale; null otherwise
 * @param suspends the value that has gone stale and for want of which a unit on the list is
 *     suspended; null where there is none
 */
public record FactValue(
    @Nullable Object value,
    List<Evidence> evidence,
    List<Evidence> superseded,
    @Nullable LocalDate changesOn,
    @Nullable String note,
    @Nullable Suspends suspends) {

  public static final FactValue MISSING =
      new FactValue(null, List.of(), List.of(), null, null, null);

  /**
   * A value too old to keep a unit on the list or to take it off.
   *
   * @param dated what it is the value of
   * @param staleOn the day since which it is stale
   * @param until the day from which on the rules decide without it; null: they wait for a fresh one
   */
  public record Suspends(LocalDate dated, LocalDate staleOn, @Nullable LocalDate until) {}

  /**
   * A cell: a field of a record.
   *
   * @param use what has become of it
   */
  public record Evidence(long recordId, String source, String field, String value, Use use) {}

  /** What has become of the value of a cell. */
  public enum Use {
    /** It makes the fact. */
    TAKEN,
    /** Another comes before it. */
    OUTRANKED,
    /** It is a code that stands for no value. */
    NONE,
    /** It is too old, or of an unknown age. */
    STALE
  }

  /** As it stands in reasons and exports; numbers without a needless {@code .0}. */
  public String text() {
    return text(value);
  }

  /** The same of any value. */
  public static String text(@Nullable Object value) {
    if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString(number.longValue())
          : number.toString();
    }
    return value == null ? "" : value.toString();
  }
}

package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would put a unit into another tier, other units as they are.
 *
 * @param changes of one fact each, the relatively smallest first
 * @param passing the next day on which time alone does it; null where none is near
 */
public record Outlook(List<Change> changes, @Nullable Passing passing) {
  /** Of a unit that has ended. */
  static final Outlook NONE = new Outlook(List.of(), null);

  /**
   * A change of one fact.
   *
   * @param from a String or a Double; null where it is missing
   * @param sign {@code <=}, {@code >=} or {@code =}
   * @param to a String or a Double
   * @param tier rank of the tier that follows; the number of tiers for none
   * @param size of the change, relative to the value; 1 for texts
   */
  public record Change(
      String fact, @Nullable Object from, String sign, Object to, int tier, double size) {}

  /** A day on which time alone leads into another tier. */
  public record Passing(LocalDate on, int tier, List<Faded> facts) {}

  /** A fact that time changes, and the cells that count no more. */
  public record Faded(String fact, String from, String to, List<FactValue.Evidence> gone) {}
}

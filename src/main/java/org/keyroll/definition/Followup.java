package org.keyroll.definition;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows for a unit, each with its clock. */
public record Followup(List<Measure> measures) {

  /**
   * A measure opened by changes of the list, or by records of a source, or one that each unit on
   * the list has again and again.
   *
   * @param openedBy kinds of change
   * @param due how long after the opening
   * @param receipt what it means for it that the unit has received its letter; null: nothing
   * @param where field to accepted canonical values of the source
   * @param openedOn field with the date of the opening
   * @param dueOn field with the date it is due
   * @param closedOn field with the date it was done
   * @param every how long after it was done last it is due again; null: it does not recur
   * @param doneOn field with the date it was done, of one that recurs
   * @param tiers the units of which have it again and again; empty: all on the list
   */
  public record Measure(
      String id,
      String title,
      List<String> openedBy,
      @Nullable Period due,
      @Nullable OnReceipt receipt,
      @Nullable String source,
      Map<String, List<String>> where,
      @Nullable String openedOn,
      @Nullable String dueOn,
      @Nullable String closedOn,
      @Nullable Period every,
      @Nullable String doneOn,
      List<String> tiers,
      String legalBasis) {

    /** What the receipt of a letter does. */
    public enum OnReceipt {
      /** The measure is done. */
      CLOSES,
      /** It opens on that day, and its clock runs from it; it is not due before. */
      STARTS
    }

    /** Whether a kind of change of the list opens it. */
    public boolean opens(String change) {
      return source == null && openedBy.contains(change);
    }
  }
}

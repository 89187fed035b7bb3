package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.scoring.FactValue.Evidence;

/** One fact while it is worked out; used again for the next, since there are millions. */
final class Reading {
  private static final long NEVER = Long.MAX_VALUE;

  private final boolean evident;
  double number;
  @Nullable String text;
  private long changesOn;
  private List<Evidence> evidence = List.of();
  private List<Evidence> superseded = List.of();
  private @Nullable String note;
  private FactValue.@Nullable Suspends suspends;

  /**
   * @param evident whether cells are wanted beside the value
   */
  Reading(boolean evident) {
    this.evident = evident;
  }

  boolean evident() {
    return evident;
  }

  void clear() {
    number = Double.NaN;
    text = null;
    changesOn = NEVER;
    note = null;
    suspends = null;
    if (evident) {
      evidence = new ArrayList<>();
      superseded = new ArrayList<>();
    }
  }

  void changes(LocalDate on) {
    changesOn = Math.min(changesOn, on.toEpochDay());
  }

  /** The day, counted from 1970, on which time alone changes it; the greatest long for never. */
  long changesOn() {
    return changesOn;
  }

  void from(Evidence cell) {
    evidence.add(cell);
  }

  void only(Evidence cell) {
    evidence.clear();
    evidence.add(cell);
  }

  void givesWay(Evidence cell) {
    superseded.add(cell);
  }

  void note(String words) {
    note = words;
  }

  /** For want of a fresh value; of several stale ones, the first in precedence says so. */
  void suspends(FactValue.Suspends by) {
    suspends = suspends == null ? by : suspends;
  }

  /** There is a fresh value. */
  void fresh() {
    suspends = null;
  }

  FactValue value(@Nullable Object value) {
    return new FactValue(
        value,
        List.copyOf(evidence),
        List.copyOf(superseded),
        changesOn == NEVER ? null : LocalDate.ofEpochDay(changesOn),
        note,
        suspends);
  }
}

package org.keyroll.table;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a spreadsheet's day numbers into dates. In the 1900 system day 1 is 1900-01-01 and day 60,
 * the 29 February that 1900 did not have, is given as 1900-03-01; day 0 is 1899-12-31. In the 1904
 * system day 0 is 1904-01-01.
 */
final class SerialDates {

  private static final long SECONDS_A_DAY = 86_400;

  /** The first day number that is beyond the year 9999, in the 1900 and in the 1904 system. */
  private static final long BEYOND_1900 = 2_958_466;

  private static final long BEYOND_1904 = 2_957_004;
  private static final int CACHED_DAYS = 80_000;

  private final boolean from1904;
  private final @Nullable Cell[] days = new @Nullable Cell[CACHED_DAYS];

  SerialDates(boolean from1904) {
    this.from1904 = from1904;
  }

  /**
   * The cell of a day number; its fraction is the time of day, rounded to the second. What a
   * spreadsheet cannot show as a date (negative, after the year 9999) stays a NUMBER.
   */
  Cell cell(double serial) {
    long seconds = Math.round(serial * SECONDS_A_DAY);
    if (!(serial >= 0 && seconds < (from1904 ? BEYOND_1904 : BEYOND_1900) * SECONDS_A_DAY)) {
      return new Cell(Cell.Kind.NUMBER, Numbers.text(serial));
    }
    int day = (int) (seconds / SECONDS_A_DAY);
    long rest = seconds % SECONDS_A_DAY;
    if (rest != 0) {
      var time = DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofSecondOfDay(rest));
      return new Cell(Cell.Kind.DATE, date(day) + "T" + time);
    }
    if (day >= CACHED_DAYS) {
      return new Cell(Cell.Kind.DATE, date(day).toString());
    }
    var known = days[day];
    if (known == null) {
      known = new Cell(Cell.Kind.DATE, date(day).toString());
      days[day] = known;
    }
    return known;
  }

  /** The day number of a date, whatever its year. */
  long serial(LocalDate date) {
    return ChronoUnit.DAYS.between(
        from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30), date);
  }

  private LocalDate date(int day) {
    if (from1904) {
      return LocalDate.of(1904, 1, 1).plusDays(day);
    }
    return LocalDate.of(1899, 12, day < 61 ? 31 : 30).plusDays(day);
  }
}

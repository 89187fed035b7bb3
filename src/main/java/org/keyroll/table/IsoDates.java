package org.keyroll.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Brings dates that files hold as ISO 8601 text into the form of all other dates. */
final class IsoDates {

  private static final int DATE_ONLY = 10;

  private IsoDates() {}

  /**
   * The cell of a date such as 2026-11-23 or 2026-11-23T08:30:00.000Z, its time of day rounded to
   * the second.
   *
   * @throws DateTimeException where it is no date
   */
  static Cell cell(String value) {
    var local = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
    var time =
        local.length() == DATE_ONLY
            ? LocalDate.parse(local).atStartOfDay()
            : LocalDateTime.parse(local).plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS);
    return new Cell(
        Cell.Kind.DATE,
        time.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? time.toLocalDate().toString()
            : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
  }
}

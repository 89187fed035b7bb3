package org.keyroll.intake;

import java.time.LocalDate;
import java.time.YearMonth;

/** The days that a delivery is of, both ends included. */
public record Span(LocalDate from, LocalDate to) {

  /** Of a canonical date or period: {@code 2026-09-30}, {@code 2026-09}, {@code 2026-Q3}, … */
  static Span of(String canonical) {
    if (canonical.length() == 10) {
      var day = LocalDate.parse(canonical);
      return new Span(day, day);
    }
    if (canonical.length() == 4) {
      return months(canonical + "-01", 12);
    }
    int number = Character.digit(canonical.charAt(canonical.length() - 1), 10);
    return switch (canonical.charAt(5)) {
      case 'H' -> months("%s-%02d".formatted(canonical.substring(0, 4), number * 6 - 5), 6);
      case 'Q' -> months("%s-%02d".formatted(canonical.substring(0, 4), number * 3 - 2), 3);
      default -> months(canonical, 1);
    };
  }

  private static Span months(String first, int months) {
    var from = YearMonth.parse(first);
    return new Span(from.atDay(1), from.plusMonths(months - 1L).atEndOfMonth());
  }

  /** From the first day of both to the last. */
  Span and(Span other) {
    return new Span(
        from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
  }

  /** As a person writes it: a day, a month, or from day to day. */
  @Override
  public String toString() {
    if (from.equals(to)) {
      return from.toString();
    }
    var month = YearMonth.from(from);
    return from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth())
        ? month.toString()
        : from + " to " + to;
  }
}

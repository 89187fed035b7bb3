package org.keyroll.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.keyroll.definition.DatePattern;
import org.keyroll.definition.DatePattern.Grain;
import org.keyroll.definition.DatePattern.Parsed;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Column;
import org.keyroll.definition.Source.StandsFor;
import org.keyroll.definition.Source.TimeOfDay;
import org.keyroll.table.Cell;
import org.keyroll.unit.Spelling;

/** Reads dates and periods in the forms that a column declares. */
final class DateReader {
  private static final Pattern SERIAL = Pattern.compile("[2-7][0-9]{4}");
  private static final LocalDate SERIAL_0 = LocalDate.of(1899, 12, 30);

  private final Column column;
  private final LocalDate asOf;
  private final Values.Faults faults;
  private final List<DatePattern> formats;

  DateReader(Column column, LocalDate asOf, Values.Faults faults) {
    this.column = column;
    this.asOf = asOf;
    this.faults = faults;
    this.formats =
        column.formats().stream().map(f -> DatePattern.of(f, column.language())).toList();
  }

  Values.Value read(Cell cell, String text) {
    if (cell.kind() == Cell.Kind.DATE && column.type() == Source.Type.DATE) {
      boolean time = text.length() > 10 && !text.startsWith("00:00:00", 11);
      return accept(new Parsed(Grain.DAY, LocalDate.parse(text.substring(0, 10)), time), text);
    }
    if (cell.kind() == Cell.Kind.DATE) {
      // The first day of a period, shown as 2026-09 by the format of the cell.
      var day = LocalDate.parse(text.substring(0, 10));
      for (var format : formats) {
        if (format.grain() == Grain.MONTH && day.getDayOfMonth() == 1) {
          return accept(new Parsed(Grain.MONTH, day, false), text);
        }
      }
      return faults.of("not_a_period", text, formats.get(0));
    }
    var plain = Spelling.ascii(text);
    for (var format : formats) {
      try {
        var parsed = format.parse(plain);
        if (parsed.isPresent()) {
          return accept(parsed.get(), text);
        }
      } catch (DateTimeException e) {
        return faults.of("no_such_date", text);
      }
    }
    if (column.type() == Source.Type.PERIOD) {
      return faults.of("not_a_period", text, formats.get(0));
    }
    // A date that lost its format shows as days since 1899-12-30; 1954 to 2119 is taken for one.
    if (cell.kind() == Cell.Kind.NUMBER && SERIAL.matcher(plain).matches()) {
      var day = SERIAL_0.plusDays(Long.parseLong(plain));
      return accept(new Parsed(Grain.DAY, day, false), text);
    }
    return faults.of("not_a_date", text, formats.get(0));
  }

  private Values.Value accept(Parsed parsed, String text) {
    if (parsed.timeOfDay() && column.timeOfDay() == TimeOfDay.REFUSE) {
      return faults.of("time_of_day", text);
    }
    var day = column.standsFor() == StandsFor.LAST_DAY ? parsed.last() : parsed.first();
    if (!column.future() && day.isAfter(asOf)) {
      return faults.of("future_date", column.type() == Source.Type.PERIOD ? text : day, asOf);
    }
    var earliest = column.earliest();
    var latest = column.latest();
    if (earliest != null && day.isBefore(earliest) || latest != null && day.isAfter(latest)) {
      Object said = column.type() == Source.Type.PERIOD ? text : day;
      if (earliest != null && latest != null) {
        return faults.of("date_out_of_range", said, earliest, latest);
      }
      return latest != null
          ? faults.of("date_out_of_range.latest", said, latest)
          : faults.of("date_out_of_range.earliest", said, Objects.requireNonNull(earliest));
    }
    return Values.Value.of(
        column.type() == Source.Type.PERIOD ? parsed.canonical() : day.toString());
  }
}

package org.keyroll.definition;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One feed: who sends it, how its files look, and what each column means.
 *
 * @param sender the department that sends it and receives its rejected rows
 * @param corrects the source whose records corrections and deletions are about; null: for others
 * @param files glob patterns of file names
 * @param skipRowsStarting rows whose first text begins so are notes, not data
 * @param ignore labels of columns that are known and not taken; {@code *} stands for any characters
 * @param key fields that name a row within the feed; absent values count as empty
 * @param requiredAny at least one of these fields must be filled in each row
 * @param covers where a delivery says which day or period it is of; null: nowhere
 * @param expected how often a delivery is due; null: nobody waits for one
 * @param gates what a delivery has to keep to
 * @param numbers how numbers are written in texts
 * @param emptyWords words that stand for an empty cell in every column
 * @param unpivot placeholder in labels, and field that it fills, to the expression it matches
 * @param rules what must hold between the values of a row
 * @param columns by field name, in the order of the definition
 */
public record Source(
    String id,
    String title,
    Kind kind,
    String sender,
    Supplies supplies,
    @Nullable String corrects,
    List<String> files,
    Format format,
    Header header,
    Sheets sheets,
    List<String> skipRowsStarting,
    UnknownColumns unknownColumns,
    List<String> ignore,
    List<String> key,
    List<String> requiredAny,
    @Nullable Column covers,
    @Nullable Expected expected,
    Gates gates,
    NumberStyle numbers,
    List<String> emptyWords,
    Map<String, String> unpivot,
    List<Rule> rules,
    Map<String, Column> columns) {

  /** What {@link #once} calls the day or period that a delivery is of. */
  public static final String PERIOD_COVERED = "the period covered";

  /** The source that its rows are records of: itself, unless it corrects another. */
  public String recordsOf() {
    return corrects == null ? id : corrects;
  }

  /** Values of a delivery as a whole, which are no values of its rows: by what they are. */
  public Map<String, Column> once() {
    var once = new LinkedHashMap<String, Column>();
    if (covers != null) {
      once.put(PERIOD_COVERED, covers);
    }
    gates.totals().forEach(total -> once.put(total.title(), total.declared()));
    return once;
  }

  /** Whether values for all rows stand on a sheet of their own. */
  public boolean hasCoverSheet() {
    return Stream.concat(columns.values().stream(), once().values().stream())
        .map(Column::origin)
        .anyMatch(origin -> origin != null && origin.sheet() != null);
  }

  /** A registry says what units are, a report what happened to them. */
  public enum Kind {
    REGISTRY,
    REPORT
  }

  /** What the rows of a delivery mean for those that are known. */
  public enum Supplies {
    /** It is the whole; rows that it lacks are closed. */
    SNAPSHOT,
    /** Rows come to those that are known. */
    ADDITIONS,
    /** Rows take the place of those of another source that have their key. */
    CORRECTIONS,
    /** The rows of another source that have their key are closed. */
    DELETIONS
  }

  /** What to do with a column that is neither mapped nor ignored by name. */
  public enum UnknownColumns {
    REFUSE,
    IGNORE,
    /** Its text is kept under its heading. */
    KEEP
  }

  /**
   * How the file is read; absent values are found out from the file, strictly.
   *
   * @param quote of a csv; null: the double quotation mark, {@code '\0'}: none
   */
  public record Format(
      FileFormat kind,
      @Nullable String sheet,
      @Nullable Charset encoding,
      @Nullable Character delimiter,
      @Nullable Character quote,
      Hidden hiddenRows,
      Hidden hiddenColumns,
      Hidden hiddenSheets,
      Merged merged) {}

  /** What to do with rows, columns or sheets that a workbook hides. */
  public enum Hidden {
    READ,
    SKIP,
    /** The delivery is refused where values are hidden; in a sheet, where it has the headings. */
    REFUSE
  }

  /** What to do with cells that are merged over several rows of the table. */
  public enum Merged {
    /** The delivery is refused: only the first row would have the value. */
    REFUSE,
    /** Only the first row has the value. */
    FIRST,
    /** All rows have it. */
    FILL
  }

  /** File formats that a source can be declared in. */
  public enum FileFormat {
    XLSX,
    XLSB,
    XLS,
    ODS,
    CSV
  }

  /** How many rows the headings take; they are found by their labels. */
  public record Header(int rows) {}

  /**
   * Which sheets hold rows; patterns in which {@code *} stands for any characters. Without any, all
   * that have the headings do.
   *
   * @param skip sheets that are known and hold none; any other sheet is refused where {@code read}
   *     is given
   */
  public record Sheets(List<String> read, List<String> skip) {}

  /**
   * How numbers are written in texts.
   *
   * @param grouping characters between groups of three digits
   */
  public record NumberStyle(char decimal, List<String> grouping) {}

  /**
   * A condition between the values of a row.
   *
   * @param when the rule applies where this holds; null: to every row
   * @param must what has to hold then
   * @param message what a row that breaks it is told, in the language of the programme
   */
  public record Rule(String id, @Nullable String when, String must, String message) {}

  /**
   * What a column may hold.
   *
   * @param label its headings; {@code above/below} where the heading takes several rows
   * @param origin where its value comes from instead of a column
   * @param country field with the country whose register an identifier is of
   * @param required whether a row without it is rejected
   * @param mustAppear whether a sheet without the column is refused
   * @param pattern regular expression the whole value must match
   * @param above exclusive bound
   * @param below exclusive bound
   * @param units words of units to the factor that leads to ours
   * @param unit the unit of numbers beside which none is named, also not in the heading
   * @param choices canonical value to the words that senders use, the first one ours
   * @param formats date patterns tried in order, on top of real date cells
   * @param future whether a date after the as-of date is right
   * @param standsFor the day that a period in a date column stands for
   * @param language of the names of months
   * @param words {@code true} and {@code false} to the words that senders use
   * @param separators between the values of a list
   * @param items what each value of a list may be
   * @param emptyWords words that stand for an empty cell, those of the source included
   * @param otherwise canonical value of an empty cell
   * @param personal how values that are a person's are kept from us; null: there must be none
   * @param resemblesPersonal whether values may look like a person's numbers without being so
   */
  public record Column(
      List<String> label,
      @Nullable Origin origin,
      Type type,
      @Nullable String scheme,
      @Nullable String country,
      boolean required,
      boolean mustAppear,
      @Nullable Integer maxLength,
      @Nullable String pattern,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      @Nullable BigDecimal above,
      @Nullable BigDecimal below,
      Map<String, BigDecimal> units,
      @Nullable String unit,
      Map<String, List<String>> choices,
      List<String> formats,
      boolean future,
      @Nullable LocalDate earliest,
      @Nullable LocalDate latest,
      TimeOfDay timeOfDay,
      @Nullable StandsFor standsFor,
      String language,
      Map<String, List<String>> words,
      List<String> separators,
      @Nullable Column items,
      List<String> emptyWords,
      @Nullable String otherwise,
      @Nullable Protect personal,
      boolean resemblesPersonal) {}

  /**
   * A place outside the rows. Exactly one of the first four is given.
   *
   * @param fileName regular expression found in the name of the file; its first group is the value
   * @param sheetName regular expression found in the name of the sheet; its first group likewise
   * @param cell such as {@code B2}
   * @param beside labels; the value stands after one of them, in its cell or to the right of it
   * @param sheet the sheet of {@code cell} or {@code beside}; null: above the headings
   */
  public record Origin(
      @Nullable String fileName,
      @Nullable String sheetName,
      @Nullable String cell,
      List<String> beside,
      @Nullable String sheet) {}

  /**
   * The clock of a source.
   *
   * @param every how long after the last day that a delivery covers, or else the day of its
   *     receipt, the next one is of
   * @param grace how long after the day on which it is due it is overdue
   */
  public record Expected(Period every, Period grace) {

    /** The day that the delivery after one of this day is of. */
    public LocalDate after(LocalDate day) {
      var next = day.plus(every);
      boolean months = every.equals(Period.of(every.getYears(), every.getMonths(), 0));
      // The month after the one that ends on 30 September ends on the 31st.
      return months && day.getDayOfMonth() == day.lengthOfMonth()
          ? next.withDayOfMonth(next.lengthOfMonth())
          : next;
    }
  }

  /** What becomes of a time of day in a date. */
  public enum TimeOfDay {
    REFUSE,
    DROP
  }

  /** The day that a period stands for. */
  public enum StandsFor {
    FIRST_DAY,
    LAST_DAY
  }

  /** How values that are a person's are kept from us. */
  public enum Protect {
    /** Nothing of them is kept. */
    DROP,
    /** A hash is kept, which only says whether two are the same. */
    HASH
  }

  /** Types of values. */
  public enum Type {
    TEXT,
    CODE,
    IDENTIFIER,
    INTEGER,
    DECIMAL,
    PERCENTAGE,
    DATE,
    /** A year, half year, quarter or month. */
    PERIOD,
    BOOLEAN,
    CHOICE,
    /** Several values in one cell; canonical: one a line. */
    LIST
  }
}

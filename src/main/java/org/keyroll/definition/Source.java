package org.keyroll.definition;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One feed: who sends it, how its files look, and what each column means.
 *
 * @param sender the department that sends it and receives its rejected rows
 * @param files glob patterns of file names
 * @param skipRowsStarting rows whose first text begins so are notes, not data
 * @param ignore labels of columns that are known and not taken
 * @param key fields that name a row within the feed; absent values count as empty
 * @param requiredAny at least one of these fields must be filled in each row
 * @param minimumRows fewer data rows than this, and the delivery waits for a person
 * @param columns by field name, in the order of the definition
 */
public record Source(
    String id,
    String title,
    Kind kind,
    String sender,
    Supplies supplies,
    List<String> files,
    Format format,
    Header header,
    List<String> skipRowsStarting,
    UnknownColumns unknownColumns,
    List<String> ignore,
    List<String> key,
    List<String> requiredAny,
    int minimumRows,
    Map<String, Column> columns) {

  /** A registry says what units are, a report what happened to them. */
  public enum Kind {
    REGISTRY,
    REPORT
  }

  /** A snapshot is the whole; rows that it lacks are closed. Additions only add. */
  public enum Supplies {
    SNAPSHOT,
    ADDITIONS
  }

  /** What to do with a column that is neither mapped nor ignored by name. */
  public enum UnknownColumns {
    REFUSE,
    KEEP
  }

  /** How the file is read; absent values are found out from the file, strictly. */
  public record Format(
      FileFormat kind,
      @Nullable String sheet,
      @Nullable Charset encoding,
      @Nullable Character delimiter) {}

  /** File formats that a source can be declared in. */
  public enum FileFormat {
    XLSX,
    XLS,
    CSV
  }

  /** How many rows the headings take; they are found by their labels. */
  public record Header(int rows) {}

  /**
   * What a column may hold.
   *
   * @param label its headings; {@code above/below} where the heading takes two rows
   * @param pattern regular expression the whole value must match
   * @param choices canonical value to the words that senders use, the first one ours
   * @param formats date patterns tried in order, on top of real date cells
   * @param future whether a date after the as-of date is right
   * @param words {@code true} and {@code false} to the words that senders use
   */
  public record Column(
      List<String> label,
      Type type,
      @Nullable String scheme,
      boolean required,
      @Nullable Integer maxLength,
      @Nullable String pattern,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      Map<String, List<String>> choices,
      List<String> formats,
      boolean future,
      Map<String, List<String>> words) {}

  /** Types of values. */
  public enum Type {
    TEXT,
    CODE,
    IDENTIFIER,
    INTEGER,
    DECIMAL,
    PERCENTAGE,
    DATE,
    BOOLEAN,
    CHOICE
  }
}

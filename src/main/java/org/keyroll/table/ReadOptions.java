package org.keyroll.table;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the definition says of a file.
 *
 * @param charset only for csv; null = a byte order mark, else strict UTF-8, else what is plainly
 *     GB18030, else refused. A byte order mark wins over a charset named here.
 * @param delimiter only for csv; null = whichever of comma, semicolon, tab and bar splits the first
 *     records most evenly
 * @param quote only for csv; null = the double quotation mark, {@link #NO_QUOTE} = none
 * @param sheet the one sheet to read, hidden or not, compared without regard to case and
 *     surrounding spaces; null = all sheets in order. A csv has no sheets: ignored.
 * @param hiddenRows what to do with rows that a workbook hides, also by a filter
 * @param hiddenColumns what to do with values in columns that a workbook hides
 * @param mergedFirst whether {@link RowSink#merged} is told of an area before its rows, which means
 *     to read the sheets of xlsx and xlsb twice; else at the end of the sheet at the latest
 */
public record ReadOptions(
    @Nullable Charset charset,
    @Nullable Character delimiter,
    @Nullable Character quote,
    @Nullable String sheet,
    Hidden hiddenRows,
    Hidden hiddenColumns,
    boolean mergedFirst) {

  /** What to do with what the sender hides. */
  public enum Hidden {
    /** As if it were shown. */
    READ,
    /** As if it were not there. */
    SKIP,
    /** The file is refused where a value is hidden. */
    REFUSE
  }

  /** Says that a csv has no quotation marks. */
  public static final char NO_QUOTE = '\0';

  private static final ReadOptions DETECT = new ReadOptions(null, null, null);

  /** With what is hidden read. */
  public ReadOptions(
      @Nullable Charset charset, @Nullable Character delimiter, @Nullable String sheet) {
    this(charset, delimiter, null, sheet, Hidden.READ, Hidden.READ, false);
  }

  /** Finds out everything from the file itself. */
  public static ReadOptions detect() {
    return DETECT;
  }
}

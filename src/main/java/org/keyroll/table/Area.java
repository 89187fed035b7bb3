package org.keyroll.table;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are merged into one over several rows; the value stands in the first of them.
 *
 * @param firstRow from 1, as {@link Row#number}
 * @param firstColumn from 0
 */
public record Area(int firstRow, int lastRow, int firstColumn, int lastColumn) {

  /** Areas of one sheet at most. */
  static final int MOST = 1 << 20;

  private static final Pattern REFERENCE =
      Pattern.compile("([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})");

  /** The area of a reference such as A2:A7; null where it is in one row. */
  static @Nullable Area of(@Nullable String reference) throws UnreadableFile {
    var parts = REFERENCE.matcher(String.valueOf(reference).replace("$", ""));
    if (!parts.matches()) {
      // A single cell is merged with nothing.
      return null;
    }
    var area =
        new Area(
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(4)),
            column(parts.group(1)),
            column(parts.group(3)));
    return area.lastRow > area.firstRow ? area : null;
  }

  private static int column(String letters) {
    int column = 0;
    for (int i = 0; i < letters.length(); i++) {
      column = 26 * column + letters.charAt(i) - 'A' + 1;
    }
    return column - 1;
  }

  /** As a spreadsheet writes it: A2:A7. */
  @Override
  public String toString() {
    return TableReader.columnName(firstColumn)
        + firstRow
        + ":"
        + TableReader.columnName(lastColumn)
        + lastRow;
  }
}

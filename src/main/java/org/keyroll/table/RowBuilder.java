package org.keyroll.table;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.ReadOptions.Hidden;
import org.keyroll.table.UnreadableFile.Reason;

/** Collects the cells of one row after the other of a sheet, without those that are not wanted. */
final class RowBuilder {

  private final String sheet;
  private final Hidden hiddenRows;
  private final Hidden hiddenColumns;
  private final BitSet hidden = new BitSet();
  private Cell[] cells = new Cell[32];
  private int width;

  RowBuilder(String sheet, ReadOptions options) {
    this.sheet = sheet;
    this.hiddenRows = options.hiddenRows();
    this.hiddenColumns = options.hiddenColumns();
  }

  /** Says that the columns from {@code from} on, and before {@code to}, are hidden. */
  void hideColumns(int from, int to) {
    if (hiddenColumns != Hidden.READ && from < Math.min(to, SheetRows.MAX_COLUMNS)) {
      hidden.set(from, Math.min(to, SheetRows.MAX_COLUMNS));
    }
  }

  /** Begins the next row. */
  void start() {
    width = 0;
  }

  /** Adds a cell to the right of those before it; blank ones need not be added. */
  void put(int column, Cell cell) {
    if (cell.kind() == Cell.Kind.BLANK) {
      return;
    }
    if (column >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(column + 1, 2 * cells.length));
    }
    Arrays.fill(cells, width, column, Cell.BLANK);
    cells[column] = cell;
    width = column + 1;
  }

  /** The row begun, of the sender's number; null where it is wholly blank or not wanted. */
  @Nullable Row row(int number, boolean isHidden) throws UnreadableFile {
    if (width > 0 && isHidden && hiddenRows != Hidden.READ) {
      if (hiddenRows == Hidden.REFUSE) {
        throw hidden("row " + number);
      }
      return null;
    }
    if (!hidden.isEmpty()) {
      leaveOutColumns(number);
    }
    return width == 0 ? null : new Row(number, List.of(Arrays.copyOf(cells, width)));
  }

  private void leaveOutColumns(int number) throws UnreadableFile {
    int last = 0;
    for (int i = 0; i < width; i++) {
      if (cells[i].kind() != Cell.Kind.BLANK) {
        if (!hidden.get(i)) {
          last = i + 1;
        } else if (hiddenColumns == Hidden.REFUSE) {
          throw hidden("column " + TableReader.columnName(i) + ", filled in row " + number);
        } else {
          cells[i] = Cell.BLANK;
        }
      }
    }
    width = last;
  }

  private UnreadableFile hidden(String what) {
    return new UnreadableFile(
        Reason.HIDDEN,
        "The sheet '%s' hides %s; show everything that is to be read, delete the rest and resend it."
            .formatted(sheet, what));
  }
}

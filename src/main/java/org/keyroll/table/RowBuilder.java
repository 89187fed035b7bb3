package org.keyroll.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the cells of one row after the other. */
final class RowBuilder {

  private Cell[] cells = new Cell[32];
  private int width;

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

  /** The row begun, of the sender's number; null where it is wholly blank. */
  @Nullable Row row(int number) {
    return width == 0 ? null : new Row(number, List.of(Arrays.copyOf(cells, width)));
  }
}

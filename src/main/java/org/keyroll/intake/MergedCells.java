package org.keyroll.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source.Merged;
import org.keyroll.table.Area;
import org.keyroll.table.Cell;
import org.keyroll.table.Row;

/**
 * The cells of one sheet that are merged over several rows below the headings. A spreadsheet keeps
 * their value in the first row only, though its reader sees it beside all of them.
 */
final class MergedCells {
  private final Merged choice;
  private final int headings;
  private final List<Area> areas = new ArrayList<>();
  private final List<Filled> open = new ArrayList<>();
  private final BitSet dataRows = new BitSet();

  /** An area and its value. */
  private record Filled(Area area, Cell value) {}

  /**
   * @param headings last row of the headings; areas that begin there or above do not count
   */
  MergedCells(Merged choice, int headings) {
    this.choice = choice;
    this.headings = headings;
  }

  /** Told before the rows of the area where they are to be filled, else at any time. */
  void add(Area area) {
    if (choice != Merged.FIRST && area.firstRow() > headings) {
      areas.add(area);
    }
  }

  /** The row with the values of areas that began above it, where the source wants that. */
  Row fill(Row row) {
    if (choice != Merged.FILL || (areas.isEmpty() && open.isEmpty())) {
      return row;
    }
    open.removeIf(f -> f.area.lastRow() < row.number());
    List<Cell> cells = null;
    for (var filled : open) {
      int column = filled.area.firstColumn();
      if (row.cell(column).kind() == Cell.Kind.BLANK) {
        cells = cells == null ? new ArrayList<>(row.cells()) : cells;
        while (cells.size() <= column) {
          cells.add(Cell.BLANK);
        }
        cells.set(column, filled.value);
      }
    }
    areas.removeIf(
        area -> {
          if (area.firstRow() == row.number()) {
            open.add(new Filled(area, row.cell(area.firstColumn())));
          }
          return area.firstRow() <= row.number();
        });
    return cells == null ? row : new Row(row.number(), cells);
  }

  void isData(Row row) {
    if (choice == Merged.REFUSE) {
      dataRows.set(row.number());
    }
  }

  /** An area that leaves rows of data without its value, where the source does not allow that. */
  @Nullable Area refused(Set<Integer> columns) {
    if (choice != Merged.REFUSE) {
      return null;
    }
    for (var area : areas) {
      int next = dataRows.nextSetBit(area.firstRow() + 1);
      if (next >= 0 && next <= area.lastRow() && columns.contains(area.firstColumn())) {
        return area;
      }
    }
    return null;
  }
}

package org.keyroll.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
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
  private static final Comparator<Area> TOPMOST =
      Comparator.comparingInt(Area::firstRow).thenComparingInt(Area::firstColumn);

  private final Merged choice;
  private final int headings;
  private final Set<Integer> columns;

  /** Those that no row has come to, the topmost first. */
  private final Queue<Area> areas = new PriorityQueue<>(TOPMOST);

  /** Those that the present row may be in, by their first column. */
  private final Map<Integer, Filled> open = new HashMap<>();

  private final BitSet dataRows = new BitSet();

  private record Filled(int lastRow, Cell value) {}

  /**
   * @param headings last row of the headings; areas that begin there or above do not count
   * @param columns those that are mapped
   */
  MergedCells(Merged choice, int headings, Set<Integer> columns) {
    this.choice = choice;
    this.headings = headings;
    this.columns = columns;
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
    open.values().removeIf(filled -> filled.lastRow < row.number());
    List<Cell> cells = null;
    for (var filled : open.entrySet()) {
      int column = filled.getKey();
      if (row.cell(column).kind() == Cell.Kind.BLANK) {
        cells = cells == null ? new ArrayList<>(row.cells()) : cells;
        while (cells.size() <= column) {
          cells.add(Cell.BLANK);
        }
        cells.set(column, filled.getValue().value);
      }
    }
    for (var area = areas.peek();
        area != null && area.firstRow() <= row.number();
        area = areas.peek()) {
      areas.remove();
      if (area.firstRow() == row.number()) {
        int column = area.firstColumn();
        open.putIfAbsent(column, new Filled(area.lastRow(), row.cell(column)));
      }
    }
    return cells == null ? row : new Row(row.number(), cells);
  }

  void isData(Row row) {
    if (choice == Merged.REFUSE) {
      dataRows.set(row.number());
    }
  }

  /**
   * The topmost area that leaves rows of data without its value, where the source does not allow
   * that.
   */
  @Nullable Area refused() {
    return choice == Merged.REFUSE
        ? areas.stream().filter(this::leavesRows).min(TOPMOST).orElse(null)
        : null;
  }

  private boolean leavesRows(Area area) {
    int next = dataRows.nextSetBit(area.firstRow() + 1);
    return next >= 0 && next <= area.lastRow() && columns.contains(area.firstColumn());
  }
}

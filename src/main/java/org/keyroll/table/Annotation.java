package org.keyroll.table;

import java.util.List;

/**
 * What is to be said about a workbook, in the workbook.
 *
 * @param cells each is coloured and gets a comment; several of one cell are joined. At most {@value
 *     #MAX_CELLS}
 * @param summary becomes its last sheet, the one that is shown first; takes the place of an earlier
 *     sheet of the same name that carries a mark of ours
 */
public record Annotation(WorkbookInfo info, List<CellNote> cells, SheetContent summary) {

  /** So many comments fit into the memory of any machine, and nobody reads more. */
  public static final int MAX_CELLS = 10_000;

  public Annotation {
    cells = List.copyOf(cells);
    if (cells.size() > MAX_CELLS) {
      throw new IllegalArgumentException(cells.size() + " notes are more than " + MAX_CELLS);
    }
  }

  /**
   * A note on a cell.
   *
   * @param row 1 is the first
   * @param column 0 is A; -1 for the row as a whole: its first filled cell
   */
  public record CellNote(String sheet, int row, int column, String text) {}
}

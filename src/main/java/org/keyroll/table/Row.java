package org.keyroll.table;

import java.util.List;

/**
 * One row with anything in it. The object and its cells may be kept.
 *
 * @param number the sender's row number, from 1. In a csv the number of the record with blank lines
 *     counted, which is the row a spreadsheet program shows it in; a value with line breaks makes
 *     it smaller than the line number of a text editor.
 * @param cells from column A on, without trailing blanks
 */
public record Row(int number, List<Cell> cells) {

  public Row {
    cells = List.copyOf(cells);
  }

  /** The cell of column {@code index} from 0; BLANK beyond the end. */
  public Cell cell(int index) {
    return index < cells.size() ? cells.get(index) : Cell.BLANK;
  }
}

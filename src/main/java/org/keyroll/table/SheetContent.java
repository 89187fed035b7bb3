package org.keyroll.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table to be written.
 *
 * @param name of the sheet; characters a spreadsheet refuses become -, and it is cut to 31
 * @param title above the table
 * @param notes lines under the title, such as as-of date and legal basis; may be empty
 * @param columns at least one
 * @param rows iterated once; values in the order of the columns: String, LocalDate, Number,
 *     Boolean, {@link CellLink} or null
 * @param charts drawn to the right of the table, one under another
 */
public record SheetContent(
    String name,
    String title,
    List<String> notes,
    List<SheetColumn> columns,
    Iterable<? extends List<? extends @Nullable Object>> rows,
    List<SheetChart> charts) {

  public SheetContent {
    notes = List.copyOf(notes);
    charts = List.copyOf(charts);
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("The sheet '" + name + "' has no columns; give it one.");
    }
  }

  /** A table without charts. */
  public SheetContent(
      String name,
      String title,
      List<String> notes,
      List<SheetColumn> columns,
      Iterable<? extends List<? extends @Nullable Object>> rows) {
    this(name, title, notes, columns, rows, List.of());
  }
}

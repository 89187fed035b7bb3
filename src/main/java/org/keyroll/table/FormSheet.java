package org.keyroll.table;

import java.util.List;
import org.apache.poi.ss.util.WorkbookUtil;
import org.jspecify.annotations.Nullable;

/**
 * A sheet to be filled in: cells above the headings, headings of one or several rows, columns that
 * take only what they may hold.
 *
 * @param notes lines at the top
 * @param entries cells between the notes and the headings, or all there is
 * @param headingRows how many rows the headings take
 * @param columns none for a sheet of entries only
 * @param rows in the order of the columns, as {@link SheetContent} takes them
 */
public record FormSheet(
    String name,
    List<String> notes,
    List<Entry> entries,
    int headingRows,
    List<Column> columns,
    List<? extends List<? extends @Nullable Object>> rows) {

  /** What a workbook calls a sheet of this name: 31 characters at most, none that it refuses. */
  public static String nameInWorkbook(String name) {
    return WorkbookUtil.createSafeSheetName(name, '-');
  }

  /**
   * A cell to be filled in.
   *
   * @param reference such as {@code B2}, counted from below the notes
   * @param label in the cell to its left, if there is one and it is no entry itself
   */
  public record Entry(String reference, String label, @Nullable Object value) {}

  /** What a column takes. */
  public enum Kind {
    /** Text, also of digits alone: codes keep their zeros. */
    TEXT,
    INTEGER,
    DECIMAL,
    PERCENT,
    DATE
  }

  /**
   * A column.
   *
   * @param path its headings, the uppermost first; at most as many as there are rows
   * @param note what it may hold, a comment on its heading
   * @param words what it may hold and nothing else; empty: anything of its kind
   * @param least of a number or, in ISO form, a date; null: no bound
   * @param most likewise; {@code today} of dates that may not lie ahead
   */
  public record Column(
      List<String> path,
      String note,
      Kind kind,
      boolean required,
      List<String> words,
      @Nullable String least,
      @Nullable String most,
      int width) {

    public Column {
      path = List.copyOf(path);
      words = List.copyOf(words);
    }
  }
}

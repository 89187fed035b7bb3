package org.keyroll.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes tables as files for people. The same input gives the same bytes, on any machine, in any
 * time zone and locale. No text ever becomes a formula: in xlsx it is a string cell marked as such,
 * in csv it gets an apostrophe before its first character.
 */
public final class TableWriter {

  private TableWriter() {}

  /**
   * Writes a workbook and leaves {@code out} open. A table of more rows than a sheet holds goes on
   * in a sheet "name (2)".
   *
   * @return the number of data rows written
   * @throws IllegalArgumentException on a text over 32,767 characters, a number that is not finite,
   *     a row wider than its columns, or a value of another type
   */
  public static long xlsx(OutputStream out, WorkbookInfo info, List<SheetContent> sheets)
      throws IOException {
    try (var workbook = new XlsxWriter(info)) {
      long rows = 0;
      for (var sheet : sheets) {
        rows += workbook.add(sheet);
      }
      workbook.write(out);
      return rows;
    }
  }

  /**
   * Writes the headings and rows, without title and notes, as RFC 4180 in UTF-8 with a byte order
   * mark, and leaves {@code out} open. Dates as yyyy-MM-dd, numbers plain and exact, null as
   * nothing. Text that begins with = + - @ (also full-width), a tab or a line break gets an
   * apostrophe before it, so that no spreadsheet program takes it for a formula.
   *
   * @return the number of data rows written
   * @throws IllegalArgumentException as for xlsx, but texts may have any length
   */
  public static long csv(OutputStream out, SheetContent sheet) throws IOException {
    return CsvTable.write(out, sheet);
  }
}

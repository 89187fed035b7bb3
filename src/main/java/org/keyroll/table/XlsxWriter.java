package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes tables into the sheets of one workbook. */
final class XlsxWriter implements Closeable {

  /** The last sheet row, 1,048,576, stays free: some programs count a sheet as full with it. */
  static final int LAST_ROW = SheetRows.MAX_ROWS - 1;

  private final StableWorkbook workbook;
  private final TableStyling styling;
  private final int lastRow;
  private final Set<String> names = new HashSet<>();

  XlsxWriter(WorkbookInfo info) {
    this(info, LAST_ROW);
  }

  /** With {@code lastRow} rows in a sheet at most, headings included. */
  XlsxWriter(WorkbookInfo info, int lastRow) {
    var template = new XSSFWorkbook();
    this.styling = new TableStyling(template);
    this.workbook = new StableWorkbook(template, info);
    this.lastRow = lastRow;
  }

  /** Adds a table; gives its number of data rows. */
  long add(SheetContent content) {
    long written = 0;
    var rows = content.rows().iterator();
    int part = 1;
    do {
      var sheet = new TableSheet(workbook, sheetName(content.name(), part), content, styling);
      while (rows.hasNext() && sheet.rows() < lastRow) {
        sheet.add(rows.next());
        written++;
      }
      sheet.finish();
      part++;
    } while (rows.hasNext());
    return written;
  }

  void write(OutputStream out) throws IOException {
    workbook.setActiveSheet(0);
    workbook.write(out);
  }

  private String sheetName(String wanted, int part) {
    var safe = WorkbookUtil.createSafeSheetName(wanted, '-');
    for (int number = part; ; number++) {
      var ending = number == 1 ? "" : " (" + number + ")";
      var name = safe.substring(0, Math.min(safe.length(), 31 - ending.length())) + ending;
      if (names.add(name.toLowerCase(Locale.ROOT))) {
        return name;
      }
    }
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}

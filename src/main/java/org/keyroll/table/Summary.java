package org.keyroll.table;

import java.util.Locale;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.WorkbookUtil;

/** The sheet that says what there is to do; the last one, and the one that is shown first. */
final class Summary {

  private Summary() {}

  static void add(Workbook workbook, SheetContent content, TableStyling styling) {
    for (int i = workbook.getNumberOfSheets() - 1; i >= 0; i--) {
      if (isMarked(workbook.getSheetAt(i))) {
        workbook.removeSheetAt(i);
      }
    }
    var table = new TableSheet(workbook, freeName(workbook, content.name()), content, styling);
    for (var row : content.rows()) {
      table.add(row);
    }
    table.finish();
    int last = workbook.getNumberOfSheets() - 1;
    workbook.setActiveSheet(last);
    // Two sheets that are both selected would be edited together.
    for (int i = 0; i <= last; i++) {
      workbook.getSheetAt(i).setSelected(i == last);
    }
  }

  /** Whether an earlier answer has put it in. */
  private static boolean isMarked(Sheet sheet) {
    for (int r = sheet.getFirstRowNum();
        r >= 0 && r < Marks.TOP && r <= sheet.getLastRowNum();
        r++) {
      var row = sheet.getRow(r);
      if (row != null) {
        for (var cell : row) {
          if (cell.getCellType() == CellType.STRING
              && cell.getStringCellValue().startsWith(Marks.ANSWER)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static String freeName(Workbook workbook, String wanted) {
    var safe = WorkbookUtil.createSafeSheetName(wanted, '-');
    for (int number = 1; ; number++) {
      var ending = number == 1 ? "" : String.format(Locale.ROOT, " (%d)", number);
      var name = safe.substring(0, Math.min(safe.length(), 31 - ending.length())) + ending;
      if (workbook.getSheet(name) == null) {
        return name;
      }
    }
  }
}

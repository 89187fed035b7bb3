package org.keyroll.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationConstraint.OperatorType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workbook for people to fill in: the form, a sheet of examples, a guide, and the words of
 * its drop-down lists on a hidden sheet. The same input gives the same bytes.
 */
public final class FormWorkbook {

  /** Rows that take only what their column may hold. */
  static final int ROWS = 20_000;

  private final XSSFWorkbook workbook = new XSSFWorkbook();
  private final TableStyling styling = new TableStyling(workbook);
  private final Map<List<String>, String> lists = new HashMap<>();
  private final CellStyle required;
  private final CellStyle label;
  private final Sheet words;

  private FormWorkbook(String wordsSheet) {
    required = workbook.createCellStyle();
    required.cloneStyleFrom(styling.heading);
    TableStyling.fill(required, TableStyling.color(0x8A3B12), (short) 0);
    label = workbook.createCellStyle();
    label.cloneStyleFrom(styling.note);
    // What stands above a table goes on to the right.
    label.setWrapText(false);
    words = workbook.createSheet(wordsSheet);
  }

  /**
   * Writes the workbook and leaves {@code out} open.
   *
   * @param sheets in their order; the first is shown
   * @param wordsSheet name of the hidden sheet
   */
  public static void write(
      OutputStream out,
      WorkbookInfo info,
      List<FormSheet> sheets,
      SheetContent guide,
      String wordsSheet)
      throws IOException {
    var whole = Files.createTempFile("keyroll", ".form");
    var forms = new FormWorkbook(wordsSheet);
    try (var workbook = forms.workbook) {
      sheets.forEach(forms::add);
      var table = new TableSheet(workbook, guide.name(), guide, forms.styling);
      for (var row : guide.rows()) {
        table.add(row);
      }
      table.finish();
      // The form comes first, the words last.
      workbook.setSheetOrder(forms.words.getSheetName(), workbook.getNumberOfSheets() - 1);
      workbook.setSheetHidden(workbook.getNumberOfSheets() - 1, true);
      workbook.setActiveSheet(0);
      workbook.setSelectedTab(0);
      StableWorkbook.describe(workbook, info);
      try (var to = Files.newOutputStream(whole)) {
        workbook.write(to);
      }
      StableZip.copy(whole, out);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private void add(FormSheet form) {
    var sheet = workbook.createSheet(FormSheet.nameInWorkbook(form.name()));
    int at = 0;
    for (var line : form.notes()) {
      for (int c = form.columns().size() - 1; c > 0; c--) {
        note(sheet, at, c, "");
      }
      note(sheet, at++, 0, line);
    }
    at = entries(sheet, form, at);
    headings(sheet, form, at);
    int first = at + form.headingRows();
    for (int c = 0; c < form.columns().size(); c++) {
      var column = form.columns().get(c);
      sheet.setColumnWidth(c, (column.width() + 3) * 256);
      sheet.setDefaultColumnStyle(c, styling.of(format(column.kind()), false));
      restrict(sheet, column, first, c);
    }
    for (var values : form.rows()) {
      var row = sheet.createRow(first++);
      for (int c = 0; c < form.columns().size(); c++) {
        fill(
            row.createCell(c),
            format(form.columns().get(c).kind()),
            c < values.size() ? values.get(c) : null);
      }
    }
    TableSheet.fitToWidth(sheet);
    if (form.headingRows() > 0) {
      sheet.createFreezePane(0, at + form.headingRows());
    }
  }

  private void note(Sheet sheet, int row, int column, String text) {
    var cell = at(sheet, row, column);
    cell.setCellStyle(label);
    cell.setCellValue(Escapes.escape(text));
  }

  private static Cell at(Sheet sheet, int r, int column) {
    var row = sheet.getRow(r) == null ? sheet.createRow(r) : sheet.getRow(r);
    return row.createCell(column);
  }

  /** Puts the cells above the headings; the row below them. */
  private int entries(Sheet sheet, FormSheet form, int first) {
    int next = first;
    for (var entry : form.entries()) {
      var at = new CellReference(entry.reference());
      if (at.getCol() > 0) {
        note(sheet, first + at.getRow(), at.getCol() - 1, entry.label());
      }
      next = Math.max(next, first + at.getRow() + 1);
    }
    for (var entry : form.entries()) {
      var at = new CellReference(entry.reference());
      var format =
          entry.value() instanceof LocalDate
              ? SheetColumn.Format.DATE
              : entry.value() instanceof Number
                  ? SheetColumn.Format.DECIMAL
                  : SheetColumn.Format.TEXT;
      fill(at(sheet, first + at.getRow(), at.getCol()), format, entry.value());
    }
    return next;
  }

  private static SheetColumn.Format format(FormSheet.Kind kind) {
    return switch (kind) {
      case TEXT -> SheetColumn.Format.TEXT;
      case INTEGER -> SheetColumn.Format.INTEGER;
      case DECIMAL -> SheetColumn.Format.DECIMAL;
      case PERCENT -> SheetColumn.Format.PERCENT;
      case DATE -> SheetColumn.Format.DATE;
    };
  }

  private void headings(Sheet sheet, FormSheet form, int first) {
    var drawing = sheet.createDrawingPatriarch();
    int depth = form.headingRows();
    for (int r = 0; r < depth; r++) {
      sheet.createRow(first + r).setHeightInPoints(depth == 1 ? 34 : 24);
    }
    for (int c = 0; c < form.columns().size(); c++) {
      var column = form.columns().get(c);
      int own = column.path().size();
      for (int r = 0; r < depth; r++) {
        var cell = sheet.getRow(first + r).createCell(c);
        cell.setCellStyle(column.required() && r >= own - 1 ? required : styling.heading);
        if (r < own && !(r < own - 1 && isSame(form, c, r))) {
          cell.setCellValue(Escapes.escape(column.path().get(r)));
        }
      }
      if (own < depth) {
        sheet.addMergedRegion(new CellRangeAddress(first + own - 1, first + depth - 1, c, c));
      }
      var anchor = workbook.getCreationHelper().createClientAnchor();
      anchor.setCol1(c + 1);
      anchor.setCol2(c + 4);
      anchor.setRow1(first);
      anchor.setRow2(first + 2 + TextWidth.lines(column.note(), 40));
      var comment = drawing.createCellComment(anchor);
      comment.setAuthor("Keyroll");
      comment.setString(
          workbook.getCreationHelper().createRichTextString(Escapes.escape(column.note())));
      comment.setAddress(first + own - 1, c);
    }
    for (int r = 0; r < depth - 1; r++) {
      mergeSideways(sheet, form, first, r);
    }
  }

  /** Whether the column to the left has the same headings down to this row. */
  private static boolean isSame(FormSheet form, int column, int row) {
    if (column == 0) {
      return false;
    }
    var own = form.columns().get(column).path();
    var left = form.columns().get(column - 1).path();
    return left.size() > row + 1 && own.subList(0, row + 1).equals(left.subList(0, row + 1));
  }

  private static void mergeSideways(Sheet sheet, FormSheet form, int first, int row) {
    int from = 0;
    for (int c = 1; c <= form.columns().size(); c++) {
      boolean goesOn =
          c < form.columns().size()
              && form.columns().get(c).path().size() > row + 1
              && isSame(form, c, row);
      if (!goesOn) {
        if (c - from > 1) {
          sheet.addMergedRegion(new CellRangeAddress(first + row, first + row, from, c - 1));
        }
        from = c;
      }
    }
  }

  private void fill(Cell cell, SheetColumn.Format format, @Nullable Object value) {
    cell.setCellStyle(styling.of(format, value instanceof String s && Values.looksLikeFormula(s)));
    if (value instanceof LocalDate date) {
      cell.setCellValue(date);
    } else if (value instanceof Number number) {
      cell.setCellValue(Values.finite(number));
    } else if (value != null) {
      cell.setCellValue(Escapes.escape(value.toString()));
    }
  }

  /** Makes a spreadsheet program refuse what the column may not hold. */
  private void restrict(Sheet sheet, FormSheet.Column column, int first, int at) {
    var helper = sheet.getDataValidationHelper();
    DataValidationConstraint constraint = null;
    if (!column.words().isEmpty()) {
      constraint = helper.createFormulaListConstraint(list(column.words()));
    } else if (column.least() != null || column.most() != null) {
      int operator =
          column.most() == null
              ? OperatorType.GREATER_OR_EQUAL
              : column.least() == null ? OperatorType.LESS_OR_EQUAL : OperatorType.BETWEEN;
      var one = column.least() == null ? column.most() : column.least();
      var two = operator == OperatorType.BETWEEN ? column.most() : null;
      constraint =
          switch (column.kind()) {
            case INTEGER -> helper.createIntegerConstraint(operator, one, two);
            case DECIMAL, PERCENT -> helper.createDecimalConstraint(operator, one, two);
            case DATE -> helper.createDateConstraint(operator, day(one), day(two), "yyyy-MM-dd");
            case TEXT -> null;
          };
    }
    if (constraint == null) {
      return;
    }
    var validation =
        helper.createValidation(
            constraint, new CellRangeAddressList(first, first + ROWS - 1, at, at));
    validation.setErrorStyle(DataValidation.ErrorStyle.STOP);
    validation.setShowErrorBox(true);
    validation.setSuppressDropDownArrow(true);
    var title = column.path().get(column.path().size() - 1);
    validation.createErrorBox(shortened(title, 32), shortened(column.note(), 255));
    sheet.addValidationData(validation);
  }

  private static @Nullable String day(@Nullable String iso) {
    if (iso == null) {
      return null;
    }
    if (iso.equals("today")) {
      return "=TODAY()";
    }
    var date = LocalDate.parse(iso);
    return "=DATE(%d,%d,%d)".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Where the words of a list stand; a list written out ends at 255 characters. */
  private String list(List<String> wanted) {
    return lists.computeIfAbsent(
        wanted,
        list -> {
          int column = lists.size();
          for (int r = 0; r < list.size(); r++) {
            var row = words.getRow(r) == null ? words.createRow(r) : words.getRow(r);
            var cell = row.createCell(column);
            cell.setCellStyle(styling.of(SheetColumn.Format.TEXT, false));
            cell.setCellValue(Escapes.escape(list.get(r)));
          }
          return new AreaReference(
                  new CellReference(words.getSheetName(), 0, column, true, true),
                  new CellReference(words.getSheetName(), list.size() - 1, column, true, true),
                  SpreadsheetVersion.EXCEL2007)
              .formatAsString();
        });
  }
}

package org.keyroll.table;

import java.time.LocalDate;
import java.util.List;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * One sheet being written: title, notes, a single row of headings, rows. Only title and notes are
 * merged across, so that the table can be sorted and filtered.
 */
final class TableSheet {

  static final int MAX_TEXT = 32_767;
  private static final int MAX_WIDTH = 255;
  private static final float LINE = 16.5f;
  private static final float MAX_HEIGHT = 409;

  private final Sheet sheet;
  private final SheetContent content;
  private final TableStyling styling;
  private final int headingRow;
  private final BarCharts charts;
  private int rows;

  TableSheet(Workbook workbook, String name, SheetContent content, TableStyling styling) {
    this.sheet = workbook.createSheet(name);
    this.content = content;
    this.styling = styling;
    this.charts = new BarCharts(content);
    setUpPage();
    banner(content.title(), styling.title, 28, 1.5f);
    for (var note : content.notes()) {
      banner(note, styling.note, 16, 0.9f);
    }
    headingRow = rows;
    headings();
  }

  /** Rows of the sheet so far, title and headings included. */
  int rows() {
    return rows;
  }

  void add(List<? extends @Nullable Object> values) {
    Values.refuseWide(content, values);
    charts.see(values);
    var row = sheet.createRow(rows++);
    int lines = 1;
    for (int i = 0; i < content.columns().size(); i++) {
      var column = content.columns().get(i);
      var value = i < values.size() ? values.get(i) : null;
      var format = column.format();
      if (value instanceof String text) {
        int needed = TextWidth.lines(text, column.width());
        lines = Math.max(lines, needed);
        // Cut off on paper, a name would be another name.
        format = needed > 1 ? SheetColumn.Format.WRAPPED : format;
      }
      write(row.createCell(i), format, value);
    }
    // A height is given for every row: programs disagree about the height of a row without one.
    row.setHeightInPoints(Math.min(MAX_HEIGHT, LINE * lines + 3));
  }

  private void write(Cell cell, SheetColumn.Format format, @Nullable Object value) {
    if (value == null) {
      cell.setCellStyle(styling.of(format, false));
    } else if (value instanceof String text) {
      text(cell, format, text);
    } else if (value instanceof CellLink link) {
      link(cell, link);
    } else if (value instanceof LocalDate date) {
      cell.setCellStyle(styling.of(SheetColumn.Format.DATE, false));
      cell.setCellValue(date);
    } else if (value instanceof Boolean logical) {
      cell.setCellStyle(styling.logical);
      cell.setCellValue(logical);
    } else if (value instanceof Number number) {
      if (isText(format)) {
        cell.setCellStyle(styling.of(format, false));
        cell.setCellValue(Values.plain(number));
      } else {
        cell.setCellStyle(styling.of(format, false));
        cell.setCellValue(Values.finite(number));
      }
    } else {
      throw Values.unknown(value);
    }
  }

  private void text(Cell cell, SheetColumn.Format format, String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "A text of %s characters is longer than a cell holds; shorten it to 32,767: %s…"
              .formatted(text.length(), text.substring(0, 40)));
    }
    var look = isText(format) ? format : SheetColumn.Format.TEXT;
    cell.setCellStyle(styling.of(look, Values.looksLikeFormula(text)));
    cell.setCellValue(escape(text));
  }

  private void link(Cell cell, CellLink link) {
    var to = new CellReference(link.sheet(), link.row() - 1, link.column(), false, false);
    var hyperlink = sheet.getWorkbook().getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
    hyperlink.setAddress(to.formatAsString());
    cell.setCellStyle(styling.link);
    cell.setCellValue(escape(link.text()));
    cell.setHyperlink(hyperlink);
  }

  /** The escapes are those of xlsx. */
  private String escape(String text) {
    return sheet.getWorkbook() instanceof HSSFWorkbook ? text : Escapes.escape(text);
  }

  private static boolean isText(SheetColumn.Format format) {
    return format == SheetColumn.Format.TEXT || format == SheetColumn.Format.WRAPPED;
  }

  private void banner(String text, CellStyle style, float height, float size) {
    var row = sheet.createRow(rows++);
    int width = content.columns().stream().mapToInt(SheetColumn::width).sum();
    row.setHeightInPoints(
        Math.min(MAX_HEIGHT, height * TextWidth.lines(text, Math.round(width / size))));
    var cell = row.createCell(0);
    cell.setCellStyle(style);
    cell.setCellValue(escape(text));
    if (content.columns().size() > 1) {
      sheet.addMergedRegion(
          new CellRangeAddress(rows - 1, rows - 1, 0, content.columns().size() - 1));
    }
  }

  private void headings() {
    Row row = sheet.createRow(rows++);
    int lines = 1;
    for (int i = 0; i < content.columns().size(); i++) {
      var column = content.columns().get(i);
      var cell = row.createCell(i);
      cell.setCellStyle(styling.heading);
      cell.setCellValue(escape(column.heading()));
      sheet.setColumnWidth(i, Math.min(MAX_WIDTH, column.width() + 3) * 256);
      // Two less, for the button of the filter.
      lines = Math.max(lines, TextWidth.lines(column.heading(), column.width() - 2));
    }
    row.setHeightInPoints(LINE * lines + 9);
    sheet.createFreezePane(0, rows);
    sheet.setRepeatingRows(new CellRangeAddress(headingRow, headingRow, -1, -1));
  }

  private void setUpPage() {
    sheet.setDisplayGridlines(false);
    fitToWidth(sheet);
    sheet.setHorizontallyCenter(true);
    // In a footer & begins a code and a digit after it a font size.
    sheet.getFooter().setLeft(content.title().replace("&", "&&"));
    sheet.getFooter().setRight("&P / &N");
  }

  /** Prints a sheet on A4 pages as wide as it is. */
  static void fitToWidth(Sheet sheet) {
    sheet.setFitToPage(true);
    sheet.setAutobreaks(true);
    var page = sheet.getPrintSetup();
    page.setPaperSize(PrintSetup.A4_PAPERSIZE);
    page.setLandscape(true);
    page.setFitWidth((short) 1);
    page.setFitHeight((short) 0);
    sheet.setMargin(PageMargin.LEFT, 0.5);
    sheet.setMargin(PageMargin.RIGHT, 0.5);
    sheet.setMargin(PageMargin.TOP, 0.6);
    sheet.setMargin(PageMargin.BOTTOM, 0.7);
  }

  /** Ends the sheet: the filter covers all of the table. */
  void finish() {
    int last = Math.max(rows - 1, headingRow);
    sheet.setAutoFilter(new CellRangeAddress(headingRow, last, 0, content.columns().size() - 1));
    if (!content.charts().isEmpty() && sheet.getWorkbook() instanceof SXSSFWorkbook streamed) {
      charts.draw(streamed.getXSSFWorkbook().getSheet(sheet.getSheetName()), headingRow + 1);
    }
  }
}

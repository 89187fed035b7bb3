package org.keyroll.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbookType;

/** Writes rows the way the departments' clerks lay out their sheets. */
final class SampleSheets {
  private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 11, 1, 9, 0);

  private SampleSheets() {}

  /**
   * A column.
   *
   * @param field what it holds; {@code number} is the running number
   * @param heading with {@code above/below} where it takes two rows
   * @param format of its cells, as Excel writes it
   */
  record Column(String field, String heading, int width, String format, boolean hidden) {
    static Column of(String field, String heading, int width) {
      return new Column(field, heading, width, "General", false);
    }

    Column as(String newFormat) {
      return new Column(field, heading, width, newFormat, hidden);
    }

    Column hide() {
      return new Column(field, heading, width, format, true);
    }

    String above() {
      return heading.contains("/") ? heading.substring(0, heading.indexOf('/')) : heading;
    }

    String below() {
      return heading.substring(heading.indexOf('/') + 1);
    }
  }

  /**
   * A sheet.
   *
   * @param title above everything
   * @param lines below the title, one row each
   * @param sum field to add up in a last row, or empty
   * @param blankAfter data rows before a blank row, or 0
   */
  record Layout(
      String sheet,
      String title,
      List<String> lines,
      int headingRows,
      List<Column> columns,
      String sum,
      List<String> notes,
      int blankAfter) {}

  /** Writes a workbook; each row learns the number it stands at. */
  static void excel(
      Path file, Layout layout, List<SampleRow> rows, List<String> instructions, String author) {
    var name = file.toString();
    boolean old = name.endsWith(".xls");
    try (Workbook book =
        old
            ? new HSSFWorkbook()
            : new XSSFWorkbook(
                name.endsWith(".xlsm") ? XSSFWorkbookType.XLSM : XSSFWorkbookType.XLSX)) {
      new Writer(book, layout).write(rows);
      if (!instructions.isEmpty()) {
        explain(book, instructions);
      }
      var bytes = new ByteArrayOutputStream();
      book.write(bytes);
      Files.write(file, old ? bytes.toByteArray() : withoutClock(bytes.toByteArray(), author));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file as a Chinese Excel saves "CSV (comma delimited)". */
  static void csv(Path file, List<Column> columns, List<SampleRow> rows) {
    csv(file, columns, rows, ",", Charset.forName("GB18030"));
  }

  /** Writes a file as Excel saves csv; each row learns the number it stands at. */
  static void csv(
      Path file, List<Column> columns, List<SampleRow> rows, String delimiter, Charset encoding) {
    var text = new StringBuilder();
    text.append(
            String.join(
                delimiter, columns.stream().map(c -> quoted(c.heading(), delimiter)).toList()))
        .append("\r\n");
    int number = 1;
    for (var row : rows) {
      row.at(++number);
      text.append(
              String.join(
                  delimiter,
                  columns.stream()
                      .map(
                          c ->
                              quoted(
                                  String.valueOf(row.typed().getOrDefault(c.field(), "")),
                                  delimiter))
                      .toList()))
          .append("\r\n");
    }
    // Excel saves rows that were once formatted, although nothing is left in them.
    text.append((delimiter.repeat(columns.size() - 1) + "\r\n").repeat(2));
    try {
      Files.write(file, text.toString().getBytes(encoding));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String value, String delimiter) {
    return value.contains(delimiter) || value.chars().anyMatch(c -> c == '"' || c == '\n')
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }

  private static void explain(Workbook book, List<String> instructions) {
    var sheet = book.createSheet("填报说明");
    sheet.setColumnWidth(0, 96 * 256);
    var style = book.createCellStyle();
    style.setWrapText(true);
    style.setVerticalAlignment(VerticalAlignment.TOP);
    style.setFont(font(book, "宋体", 12, false));
    for (int i = 0; i < instructions.size(); i++) {
      var cell = sheet.createRow(i).createCell(0);
      cell.setCellValue(instructions.get(i));
      cell.setCellStyle(style);
    }
  }

  private static org.apache.poi.ss.usermodel.Font font(
      Workbook book, String name, int points, boolean bold) {
    var font = book.createFont();
    font.setFontName(name);
    font.setFontHeightInPoints((short) points);
    font.setBold(bold);
    return font;
  }

  /** The same archive with one fixed time, so that the same rows give the same bytes. */
  private static byte[] withoutClock(byte[] archive, String author) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var from = new ZipInputStream(new ByteArrayInputStream(archive));
        var to = new ZipOutputStream(out)) {
      for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(WRITTEN);
        to.putNextEntry(copy);
        var bytes = from.readAllBytes();
        if (entry.getName().equals("docProps/core.xml")) {
          var text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
          bytes =
              text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-11-01T01:00:00Z")
                  .replace("Apache POI", author)
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        to.write(bytes);
      }
    }
    return out.toByteArray();
  }

  /** One sheet on its way into a workbook. */
  private static final class Writer {
    private final Workbook book;
    private final Layout layout;
    private final Sheet sheet;
    private final java.util.Map<String, CellStyle> styles = new java.util.HashMap<>();
    private int next;

    Writer(Workbook book, Layout layout) {
      this.book = book;
      this.layout = layout;
      this.sheet = book.createSheet(layout.sheet());
    }

    void write(List<SampleRow> rows) {
      var columns = layout.columns();
      for (int c = 0; c < columns.size(); c++) {
        sheet.setColumnWidth(c, columns.get(c).width() * 256);
        sheet.setColumnHidden(c, columns.get(c).hidden());
      }
      line(layout.title(), title(), 34);
      layout.lines().forEach(text -> line(text, plain(), 20));
      headings();
      int first = next;
      for (int i = 0; i < rows.size(); i++) {
        if (layout.blankAfter() > 0 && i == layout.blankAfter()) {
          next++;
        }
        data(rows.get(i), i + 1);
      }
      if (!layout.sum().isEmpty()) {
        sum(first);
      }
      layout.notes().forEach(text -> line(text, plain(), 20));
      sheet.createFreezePane(0, first);
      sheet.setRepeatingRows(CellRangeAddress.valueOf(layout.lines().size() + 2 + ":" + first));
      var setup = sheet.getPrintSetup();
      setup.setLandscape(true);
      setup.setPaperSize(org.apache.poi.ss.usermodel.PrintSetup.A4_PAPERSIZE);
      sheet.setAutobreaks(true);
      sheet.setFitToPage(true);
      setup.setFitWidth((short) 1);
      setup.setFitHeight((short) 0);
    }

    private void line(String text, CellStyle style, int height) {
      if (text.isEmpty()) {
        return;
      }
      var row = sheet.createRow(next);
      row.setHeightInPoints(height);
      var cell = row.createCell(0);
      cell.setCellValue(text);
      cell.setCellStyle(style);
      sheet.addMergedRegion(new CellRangeAddress(next, next, 0, layout.columns().size() - 1));
      next++;
    }

    private void headings() {
      var columns = layout.columns();
      var above = sheet.createRow(next);
      above.setHeightInPoints(layout.headingRows() == 1 ? 30 : 20);
      var below = layout.headingRows() == 1 ? above : sheet.createRow(next + 1);
      below.setHeightInPoints(layout.headingRows() == 1 ? 30 : 20);
      int from = 0;
      for (int c = 0; c < columns.size(); c++) {
        var column = columns.get(c);
        head(below.createCell(c), column.heading().contains("/") ? column.below() : "");
        boolean begins = c == 0 || !column.above().equals(columns.get(c - 1).above());
        head(above.createCell(c), begins ? column.above() : "");
        if (begins) {
          from = c;
        }
        boolean ends =
            c == columns.size() - 1 || !column.above().equals(columns.get(c + 1).above());
        if (layout.headingRows() == 2 && ends) {
          int last = column.heading().contains("/") ? next : next + 1;
          if (last > next || c > from) {
            sheet.addMergedRegion(new CellRangeAddress(next, last, from, c));
          }
        }
      }
      next += layout.headingRows();
    }

    private void head(Cell cell, String text) {
      cell.setCellStyle(heading());
      if (!text.isEmpty()) {
        cell.setCellValue(text);
      }
    }

    private void data(SampleRow values, int number) {
      var row = sheet.createRow(next++);
      values.at(next);
      boolean tall =
          values.typed().values().stream().anyMatch(v -> v instanceof String s && s.length() > 60);
      row.setHeightInPoints(tall ? 132 : 18);
      var columns = layout.columns();
      for (int c = 0; c < columns.size(); c++) {
        var cell = row.createCell(c);
        var column = columns.get(c);
        if (column.field().equals("number")) {
          cell.setCellStyle(body("General", true));
          cell.setCellValue(number);
        } else {
          fill(cell, column, values.typed().getOrDefault(column.field(), ""));
        }
      }
    }

    private void fill(Cell cell, Column column, Object value) {
      boolean wide = column.width() > 24;
      boolean number = value instanceof Double || value instanceof Integer;
      cell.setCellStyle(
          body(value instanceof LocalDate ? "yyyy/m/d" : number ? column.format() : "@", !wide));
      if (value instanceof LocalDate date) {
        cell.setCellValue(date);
      } else if (value instanceof Double amount) {
        cell.setCellValue(amount);
      } else if (value instanceof Integer amount) {
        cell.setCellValue(amount);
      } else if (value == SampleRow.ERROR) {
        cell.setCellErrorValue(FormulaError.NA.getCode());
      } else if (!value.toString().isEmpty()) {
        cell.setCellValue(value.toString());
      }
    }

    private void sum(int first) {
      var row = sheet.createRow(next);
      var columns = layout.columns();
      for (int c = 0; c < columns.size(); c++) {
        var cell = row.createCell(c);
        cell.setCellStyle(body("General", true));
        if (c == 0) {
          cell.setCellValue("合计");
        } else if (columns.get(c).field().equals(layout.sum())) {
          var letter = org.apache.poi.ss.util.CellReference.convertNumToColString(c);
          cell.setCellFormula("SUM(" + letter + (first + 1) + ":" + letter + next + ")");
          book.getCreationHelper().createFormulaEvaluator().evaluateFormulaCell(cell);
        }
      }
      next++;
    }

    private CellStyle title() {
      return styles.computeIfAbsent(
          "title",
          k -> {
            var style = book.createCellStyle();
            style.setAlignment(HorizontalAlignment.CENTER);
            style.setVerticalAlignment(VerticalAlignment.CENTER);
            style.setFont(font(book, "方正小标宋简体", 20, false));
            return style;
          });
    }

    private CellStyle plain() {
      return styles.computeIfAbsent(
          "plain",
          k -> {
            var style = book.createCellStyle();
            style.setVerticalAlignment(VerticalAlignment.CENTER);
            style.setFont(font(book, "仿宋", 12, false));
            return style;
          });
    }

    private CellStyle heading() {
      return styles.computeIfAbsent(
          "heading",
          k -> {
            var style = bordered();
            style.setAlignment(HorizontalAlignment.CENTER);
            style.setFont(font(book, "黑体", 11, false));
            style.setFillForegroundColor(IndexedColors.GREY_25_PERCENT.getIndex());
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            return style;
          });
    }

    private CellStyle body(String format, boolean centred) {
      return styles.computeIfAbsent(
          format + centred,
          k -> {
            var style = bordered();
            style.setWrapText(!centred);
            style.setShrinkToFit(centred);
            style.setAlignment(centred ? HorizontalAlignment.CENTER : HorizontalAlignment.LEFT);
            style.setFont(font(book, "宋体", 10, false));
            style.setDataFormat(book.createDataFormat().getFormat(format));
            return style;
          });
    }

    private CellStyle bordered() {
      var style = book.createCellStyle();
      style.setBorderTop(BorderStyle.THIN);
      style.setBorderBottom(BorderStyle.THIN);
      style.setBorderLeft(BorderStyle.THIN);
      style.setBorderRight(BorderStyle.THIN);
      style.setVerticalAlignment(VerticalAlignment.CENTER);
      style.setWrapText(true);
      return style;
    }
  }
}

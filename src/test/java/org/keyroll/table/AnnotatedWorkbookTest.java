package org.keyroll.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keyroll.table.Annotation.CellNote;

class AnnotatedWorkbookTest {
  private static final WorkbookInfo INFO =
      new WorkbookInfo("Answer", "Authority", Instant.parse("2026-11-02T00:00:00Z"));
  private static final String MARK = Marks.PREFIX + "return:p:s:" + "0".repeat(64);

  @TempDir Path folder;

  private static Annotation notes(CellNote... cells) {
    var rows =
        Stream.of(cells)
            .map(
                c ->
                    List.<Object>of(
                        new CellLink("here", c.sheet(), c.row(), Math.max(0, c.column())),
                        "=" + c.text()))
            .toList();
    return new Annotation(
        INFO,
        List.of(cells),
        new SheetContent(
            "To be mended",
            "Answer",
            List.of("Mend it.", MARK),
            List.of(
                new SheetColumn("Cell", 9, SheetColumn.Format.TEXT),
                new SheetColumn("Fault", 40, SheetColumn.Format.WRAPPED)),
            rows));
  }

  private Path annotate(Path file, Annotation annotation) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var form = AnnotatedWorkbook.write(file, ReadOptions.detect(), annotation, bytes);
    var to = Files.createTempFile(folder, "answer", form.extension());
    return Files.write(to, bytes.toByteArray());
  }

  /** Two sheets with what a copy might lose. */
  private Path sent(String ending) throws IOException {
    try (Workbook workbook = ending.equals(".xls") ? new HSSFWorkbook() : new XSSFWorkbook()) {
      var sheet = workbook.createSheet("O'Brien's data");
      workbook.createSheet("Other").createRow(0).createCell(0).setCellValue("other");
      for (int r = 0; r < 8; r++) {
        var row = sheet.createRow(r + 2);
        row.createCell(0).setCellValue("name " + r);
        row.createCell(1).setCellValue(r * 1.5);
        row.createCell(2).setCellFormula("B" + (r + 3) + "*2");
      }
      workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
      var bold = workbook.createCellStyle();
      var font = workbook.createFont();
      font.setBold(true);
      bold.setFont(font);
      bold.setDataFormat(workbook.createDataFormat().getFormat("0.00"));
      sheet.getRow(4).getCell(1).setCellStyle(bold);
      sheet.setColumnWidth(1, 5000);
      sheet.getRow(5).setZeroHeight(true);
      var drawing = sheet.createDrawingPatriarch();
      var comment = drawing.createCellComment(workbook.getCreationHelper().createClientAnchor());
      comment.setString(workbook.getCreationHelper().createRichTextString("of the sender"));
      comment.setAuthor("sender");
      sheet.getRow(6).getCell(0).setCellComment(comment);
      var to = folder.resolve("sent" + ending);
      try (var out = Files.newOutputStream(to)) {
        workbook.write(out);
      }
      return to;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".xlsx", ".xls"})
  void changesNothingButColoursCommentsAndOneSheetMore(String ending) throws Exception {
    var sent = sent(ending);
    var answer =
        annotate(
            sent,
            notes(
                new CellNote("O'Brien's data", 5, 1, "too much"),
                new CellNote("O'Brien's data", 5, 1, "and odd"),
                new CellNote("O'Brien's data", 7, 0, "unknown"),
                new CellNote("O'Brien's data", 9, -1, "the whole row"),
                new CellNote("O'Brien's data", 10, 4, "empty")));
    assertThat(answer).hasFileName(answer.getFileName().toString()).asString().endsWith(ending);
    try (var before = WorkbookFactory.create(sent.toFile(), null, true);
        var after = WorkbookFactory.create(answer.toFile(), null, true)) {
      assertThat(after.getNumberOfSheets()).isEqualTo(3);
      assertThat(after.getActiveSheetIndex()).isEqualTo(2);
      assertThat(after.getSheetAt(0).isSelected()).isFalse();
      var sheet = after.getSheetAt(0);
      int compared = 0;
      for (var row : before.getSheetAt(0)) {
        assertThat(sheet.getRow(row.getRowNum()).getZeroHeight()).isEqualTo(row.getZeroHeight());
        for (var cell : row) {
          var copy = sheet.getRow(cell.getRowIndex()).getCell(cell.getColumnIndex());
          assertThat(copy.getCellType()).isEqualTo(cell.getCellType());
          assertThat(copy).asString().isEqualTo(cell.toString());
          assertThat(copy.getCellStyle().getDataFormatString())
              .isEqualTo(cell.getCellStyle().getDataFormatString());
          assertThat(copy.getCellStyle().getFontIndex())
              .isEqualTo(cell.getCellStyle().getFontIndex());
          if (cell.getCellType() == CellType.FORMULA) {
            assertThat(copy.getNumericCellValue()).isEqualTo(cell.getNumericCellValue());
          }
          compared++;
        }
      }
      assertThat(compared).isEqualTo(24);
      assertThat(sheet.getColumnWidth(1)).isEqualTo(5000);
      assertThat(coloured(sheet)).containsExactly("B5", "A7", "A9", "E10");
      assertThat(comment(sheet, 4, 1)).isEqualTo("[Keyroll]\ntoo much\n\nand odd");
      assertThat(comment(sheet, 6, 0)).isEqualTo("of the sender\n\n[Keyroll]\nunknown");
      assertThat(comment(sheet, 9, 4)).isEqualTo("[Keyroll]\nempty");
      var summary = after.getSheetAt(2);
      assertThat(summary.getSheetName()).isEqualTo("To be mended");
      var line = summary.getRow(4);
      assertThat(line.getCell(0).getHyperlink().getAddress()).isEqualTo("'O''Brien''s data'!B5");
      assertThat(line.getCell(1).getCellType()).isEqualTo(CellType.STRING);
      assertThat(line.getCell(1).getStringCellValue()).isEqualTo("=too much");
    }
    assertThat(Marks.of(answer, List.of("to be mended"))).containsValue(MARK);
    assertThat(Marks.of(sent, List.of("to be mended"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".xlsx", ".xls"})
  void anAnswerToAnAnswerLeavesNothingOfTheFirst(String ending) throws Exception {
    var first =
        annotate(
            sent(ending),
            notes(
                new CellNote("O'Brien's data", 5, 1, "mended since"),
                new CellNote("O'Brien's data", 7, 0, "mended too"),
                new CellNote("O'Brien's data", 8, 0, "still wrong")));
    var second = annotate(first, notes(new CellNote("O'Brien's data", 8, 0, "wrong again")));
    try (var after = WorkbookFactory.create(second.toFile(), null, true)) {
      assertThat(after.getNumberOfSheets()).isEqualTo(3);
      assertThat(after.getSheetAt(2).getSheetName()).isEqualTo("To be mended");
      var sheet = after.getSheetAt(0);
      assertThat(coloured(sheet)).containsExactly("A8");
      assertThat(sheet.getRow(4).getCell(1).getCellComment()).isNull();
      assertThat(comment(sheet, 6, 0)).isEqualTo("of the sender");
      assertThat(comment(sheet, 7, 0)).isEqualTo("[Keyroll]\nwrong again");
    }
  }

  private static List<String> coloured(Sheet sheet) {
    var cells = new ArrayList<String>();
    for (var row : sheet) {
      for (var cell : row) {
        var style = cell.getCellStyle();
        if (style.getFillPattern() == FillPatternType.SOLID_FOREGROUND) {
          assertThat(
                  style instanceof XSSFCellStyle xlsx
                      ? xlsx.getFillForegroundColorColor().getARGBHex()
                      : String.valueOf(style.getFillForegroundColor()))
              .isIn("FFFFC9C4", "45");
          cells.add(cell.getAddress().formatAsString());
        }
      }
    }
    return cells;
  }

  private static String comment(Sheet sheet, int row, int column) {
    return sheet.getRow(row).getCell(column).getCellComment().getString().getString();
  }

  static Stream<Path> readable() throws Exception {
    try (var files = Files.walk(CorpusTest.CORPUS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".md"))
          .filter(AnnotatedWorkbookTest::reads)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean reads(Path file) {
    try {
      return !Received.from(file).rows().isEmpty();
    } catch (UnreadableFile e) {
      return false;
    }
  }

  /** Whatever program wrote it: the answer reads as the file did. */
  @ParameterizedTest
  @MethodSource("readable")
  void theAnswerReadsAsTheFileDid(Path file) throws Exception {
    var before = Received.from(file);
    var row = before.rows().get(0);
    var annotation = notes(new CellNote(before.sheets().get(0), row.number(), -1, "note"));
    var after = Received.from(annotate(file, annotation));
    assertThat(after.sheets()).startsWith(before.sheets().toArray(String[]::new));
    int own = 5;
    var rows = after.rows().subList(0, after.rows().size() - own);
    assertThat(rows).hasSize(before.rows().size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).number()).isEqualTo(before.rows().get(i).number());
      var cells = before.rows().get(i).cells();
      for (int c = 0; c < cells.size(); c++) {
        assertThat(comparable(rows.get(i).cell(c)))
            .as("row %d", rows.get(i).number())
            .isEqualTo(comparable(cells.get(c)));
      }
    }
  }

  /** As it stands in a workbook that we build, where the file is none that can be copied. */
  private static String comparable(Cell cell) {
    return switch (cell.kind()) {
      case NUMBER -> "NUMBER " + Double.parseDouble(cell.text());
      case ERROR ->
          "ERROR " + cell.text().replaceFirst("^(" + Cell.UNCALCULATED + "|Err:.*)$", "#N/A");
      case DATE -> (cell.text().compareTo("1900") < 0 ? "TEXT " : "DATE ") + cell.text();
      default -> cell.text().length() > 32_767 ? "ERROR #VALUE!" : cell.kind() + " " + cell.text();
    };
  }

  @Test
  void aCsvComesBackAsAWorkbookWithItsRowsInTheirPlaces() throws Exception {
    var csv = folder.resolve("sent.csv");
    Files.writeString(csv, "code,name\r\n0012,=1+1\r\n\r\n0013,\"two\nlines\"\r\n", UTF_8);
    var answer = annotate(csv, notes(new CellNote("csv", 4, 1, "two lines")));
    assertThat(answer).asString().endsWith(".xlsx");
    try (var after = WorkbookFactory.create(answer.toFile(), null, true)) {
      var sheet = after.getSheet("csv");
      assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo("0012");
      assertThat(sheet.getRow(1).getCell(1).getCellType()).isEqualTo(CellType.STRING);
      assertThat(sheet.getRow(2)).isNull();
      assertThat(comment(sheet, 3, 1)).isEqualTo("[Keyroll]\ntwo lines");
    }
  }

  @Test
  void ofALargeFileTheFirstRowsAndThoseWithNotesComeBack() throws Exception {
    var csv = folder.resolve("large.csv");
    var line = "x".repeat(15_000);
    try (var out = Files.newBufferedWriter(csv)) {
      for (int i = 1; i <= 1_500; i++) {
        out.write(i + "," + line + "\r\n");
      }
    }
    var answer =
        annotate(csv, notes(new CellNote("csv", 900, 0, "a"), new CellNote("csv", 1_400, 1, "b")));
    var rows = Received.from(answer, new ReadOptions(null, null, "csv")).rows();
    assertThat(rows.stream().map(Row::number))
        .containsExactlyElementsOf(
            IntStream.concat(IntStream.rangeClosed(1, 200), IntStream.of(900, 1_400))
                .boxed()
                .toList());
    assertThat(rows.get(201).cell(0).text()).isEqualTo("1400");
  }

  @Test
  void aFileThatCannotBeReadIsAnsweredByTheSummaryAlone() throws Exception {
    var broken = Files.write(folder.resolve("broken.xlsx"), new byte[] {'P', 'K', 3, 4, 0, 0});
    try (var after = WorkbookFactory.create(annotate(broken, notes()).toFile(), null, true)) {
      assertThat(after.getNumberOfSheets()).isEqualTo(1);
      assertThat(after.getSheetAt(0).getRow(0).getCell(0).getStringCellValue()).isEqualTo("Answer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".xlsx", ".xls", ".csv"})
  void givesTheSameBytesInAnotherTimeZoneAndLocale(String ending) throws Exception {
    var sent =
        ending.equals(".csv")
            ? Files.writeString(folder.resolve("sent.csv"), "a,b\r\n1,2\r\n")
            : sent(ending);
    var sheet = ending.equals(".csv") ? "csv" : "O'Brien's data";
    var annotation = notes(new CellNote(sheet, 2, 1, "note"));
    var zone = TimeZone.getDefault();
    var locale = Locale.getDefault();
    var here = Files.readAllBytes(annotate(sent, annotation));
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Files.readAllBytes(annotate(sent, annotation))).isEqualTo(here);
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }
}

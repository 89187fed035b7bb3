package org.keyroll.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.table.SheetColumn.Format;

class TableWriterTest {

  private static final int HEADINGS = 3;

  @Test
  void setsUpTheSheetForReadingAndPrinting() throws Exception {
    try (var workbook = reread(Samples.xlsx(Samples.list()))) {
      var sheet = workbook.getSheet("名录");
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 4);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A4:H9");
      assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("4:4");
      assertThat(sheet.getPrintSetup().getPaperSize()).isEqualTo(PrintSetup.A4_PAPERSIZE);
      assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
      assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) 1);
      assertThat(sheet.getPrintSetup().getFitHeight()).isZero();
      assertThat(sheet.getFitToPage()).isTrue();
      assertThat(sheet.getFooter().getRight()).isEqualTo("&P / &N");
      assertThat(sheet.getMergedRegions()).allMatch(merged -> merged.getLastRow() < HEADINGS);
      assertThat(sheet.getColumnWidth(2)).isEqualTo(33 * 256);
      var heading = sheet.getRow(HEADINGS).getCell(1);
      assertThat(heading.getStringCellValue()).isEqualTo("Unified credit code");
      assertThat(heading.getCellStyle().getFont().getBold()).isTrue();
      assertThat(heading.getCellStyle().getWrapText()).isTrue();
      assertThat(heading.getCellStyle().getFont().getFontName()).isEqualTo(TableStyling.FONT);
      var properties = workbook.getProperties().getCoreProperties();
      assertThat(properties.getCreated()).isEqualTo(Samples.INFO.created());
      assertThat(properties.getModified()).isEqualTo(Samples.INFO.created());
    }
  }

  @Test
  void writesEachValueInItsOwnType() throws Exception {
    try (var workbook = reread(Samples.xlsx(Samples.list()))) {
      var row = workbook.getSheetAt(0).getRow(HEADINGS + 1);
      assertThat(row.getCell(0).getCellType()).isEqualTo(CellType.NUMERIC);
      assertThat(row.getCell(1).getCellType()).isEqualTo(CellType.STRING);
      assertThat(row.getCell(1).getCellStyle().getDataFormatString()).isEqualTo("@");
      assertThat(row.getCell(3).getLocalDateTimeCellValue()).isEqualTo("2024-03-01T00:00:00");
      assertThat(row.getCell(5).getCellStyle().getDataFormatString()).isEqualTo("0.0%");
      assertThat(row.getCell(7).getBooleanCellValue()).isTrue();
    }
  }

  @Test
  void isReadBackAsItWasWritten(@TempDir Path folder) throws Exception {
    var file = Files.write(folder.resolve("list.xlsx"), Samples.xlsx(Samples.list()));
    var row = Received.from(file).rows().get(HEADINGS + 1);
    assertThat(row.cells().stream().map(Cell::text))
        .startsWith("1", "91350100M000100Y43", "福州示范精密仪器有限公司", "2024-03-01", "92.5", "1")
        .endsWith("TRUE");
  }

  @Test
  void neverLetsTextBecomeAFormula() throws Exception {
    var texts = List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1");
    var sheet = oneColumn("Text", texts.stream().map(List::of).toList());
    try (var workbook = reread(Samples.xlsx(sheet))) {
      for (int i = 0; i < texts.size(); i++) {
        var cell = workbook.getSheetAt(0).getRow(i + 2).getCell(0);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        assertThat(cell.getStringCellValue()).isEqualTo(texts.get(i));
        assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
      }
    }
    assertThat(new String(Samples.csv(sheet), UTF_8))
        .isEqualTo(
            "\uFEFFText\r\n'=1+1\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n'\t=1\r\n\"'\r=1\"\r\n'＝1+1\r\n");
  }

  @Test
  void writesCsvForSpreadsheetPrograms() throws Exception {
    var lines = new String(Samples.csv(Samples.list()), UTF_8).split("\r\n", -1);
    assertThat(lines[0]).startsWith("\uFEFFNo.,Unified credit code,Unit,Entered on,Score");
    assertThat(lines[1]).contains("91350100M000100Y43").contains("2024-03-01,92.5,1.0,\"承担");
    assertThat(lines[5]).isEqualTo("5,52350000500000000A,'@提及单位,2026-11-23,1234.5,0,,");
  }

  @Test
  void keepsCharactersThatXmlCannotHold(@TempDir Path folder) throws Exception {
    var odd = List.of("a\u000Bb", "_x0041_", "two\nlines", " spaced ", "tab\tbed", "c\rd", "𠮷");
    var file =
        Files.write(
            folder.resolve("odd.xlsx"),
            Samples.xlsx(oneColumn("Text", odd.stream().map(List::of).toList())));
    assertThat(Received.from(file).rows().stream().skip(2).map(row -> row.cell(0).text()))
        .containsExactlyElementsOf(odd);
  }

  @Test
  void givesTheSameBytesInAnotherTimeZoneAndLocale() throws Exception {
    var zone = TimeZone.getDefault();
    var locale = Locale.getDefault();
    var here = Samples.xlsx(Samples.list());
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Arrays.equals(Samples.xlsx(Samples.list()), here)).isTrue();
      assertThat(Samples.csv(Samples.list())).asString(UTF_8).contains("1234.5");
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @Test
  void givesItsPartsATimeThatIsNotThatOfWriting() throws Exception {
    var times = new TreeSet<LocalDateTime>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(Samples.xlsx(Samples.list())))) {
      for (var part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        times.add(part.getTimeLocal());
      }
    }
    assertThat(times).containsExactly(LocalDateTime.of(2000, 1, 1, 12, 0));
  }

  @Test
  void goesOnInAnotherSheetWhenOneIsFull() throws Exception {
    var rows = IntStream.range(0, 25).mapToObj(i -> List.of("row " + i)).toList();
    var out = new ByteArrayOutputStream();
    try (var writer = new XlsxWriter(Samples.INFO, 12)) {
      assertThat(writer.add(oneColumn("Text", rows))).isEqualTo(25);
      writer.write(out);
    }
    try (var workbook = reread(out.toByteArray())) {
      assertThat(workbook)
          .extracting(XSSFSheet.class::cast)
          .extracting(XSSFSheet::getSheetName)
          .containsExactly("Sheet", "Sheet (2)", "Sheet (3)");
      assertThat(workbook.getSheetAt(2).getRow(6).getCell(0).getStringCellValue())
          .isEqualTo("row 24");
    }
  }

  @Test
  void writesATableWithoutRows() throws Exception {
    try (var workbook = reread(Samples.xlsx(oneColumn("Text", List.of())))) {
      assertThat(workbook.getSheetAt(0).getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A2");
    }
  }

  @Test
  void refusesWhatACellCannotHold() {
    for (var value : List.of("x".repeat(32_768), Double.NaN, new Object())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Samples.xlsx(oneColumn("Text", List.of(List.of(value)))));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.csv(oneColumn("Text", List.of(Collections.nCopies(2, "x")))));
  }

  private static SheetContent oneColumn(String heading, List<? extends List<?>> rows) {
    return new SheetContent(
        "Sheet", "Title", List.of(), List.of(new SheetColumn(heading, 20, Format.TEXT)), rows);
  }

  private static XSSFWorkbook reread(byte[] bytes) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(bytes));
  }
}

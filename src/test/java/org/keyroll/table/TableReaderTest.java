package org.keyroll.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keyroll.table.ReadOptions.Hidden;
import org.keyroll.table.UnreadableFile.Reason;

class TableReaderTest {

  private final Path folder;

  TableReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void namesColumnsAsASpreadsheetDoes() {
    assertThat(List.of(0, 25, 26, 27, 701, 702, 16_383).stream().map(TableReader::columnName))
        .containsExactly("A", "Z", "AA", "AB", "ZZ", "AAA", "XFD");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "-0, 0",
    "0.1, 0.1",
    "1.50, 1.5",
    "007, 7",
    "1E3, 1000",
    "0.30000000000000004, 0.3",
    "9.9999999999999995E-7, 0.000001",
    "999999999999999, 999999999999999",
    "9.1350100000000000E17, 9.1350100000000000E17",
    "913501000000000123, 913501000000000123",
    "-1.5E300, -1.5E300",
    "1E-300, 1.0E-300",
    "87.649999999999991, 87.65",
  })
  void writesNumbersAsTheSenderSeesThem(String stored, String shown) {
    assertThat(Numbers.text(stored)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy\"年\"m\"月\"d\"日\" | true",
        "[$-804]yyyy/m/d;@ | true",
        "[Red]#,##0.00 | false",
        "General | false",
        "0.00E+00 | false",
        "#,##0 \"days\" | false",
        "0\\d | false",
        "[h]:mm | false",
        "上午/下午h:mm | true",
        "[Red]General | false",
        "G/通用格式 | false",
        "e\"年\"m\"月\" | true",
        "aaaa | true",
        "0.0E-0 | false",
        "# ?/? | false",
      })
  void tellsDateFormatsFromOthers(String code, boolean date) {
    assertThat(DateFormats.isDate(code)).isEqualTo(date);
  }

  @Test
  void knowsTheEastAsianDatesWithoutACode() {
    assertThat(DateFormats.isBuiltInDate(31)).isTrue();
    assertThat(DateFormats.isBuiltInDate(57)).isTrue();
    assertThat(DateFormats.isBuiltInDate(49)).isFalse();
  }

  @Test
  void turnsDayNumbersIntoDatesInBothSystems() {
    var from1900 = new SerialDates(false);
    assertThat(from1900.cell(1).text()).isEqualTo("1900-01-01");
    assertThat(from1900.cell(59).text()).isEqualTo("1900-02-28");
    assertThat(from1900.cell(61).text()).isEqualTo("1900-03-01");
    assertThat(from1900.cell(45_000.5).text()).isEqualTo("2023-03-15T12:00:00");
    assertThat(from1900.cell(45_000.999_999_9).text()).isEqualTo("2023-03-16");
    assertThat(from1900.cell(-1).kind()).isEqualTo(Cell.Kind.NUMBER);
    assertThat(from1900.cell(2_958_465).text()).isEqualTo("9999-12-31");
    assertThat(from1900.cell(2_958_466).kind()).isEqualTo(Cell.Kind.NUMBER);
    var from1904 = new SerialDates(true);
    assertThat(from1904.cell(0).text()).isEqualTo("1904-01-01");
    assertThat(from1904.cell(2_957_003).text()).isEqualTo("9999-12-31");
    assertThat(from1904.cell(2_957_004).kind()).isEqualTo(Cell.Kind.NUMBER);
  }

  @Test
  void readsA1904WorkbookInItsOwnDateSystem() throws Exception {
    var rows = Received.from(CorpusTest.CORPUS.resolve("1904DateWindowing.xls")).rows();
    assertThat(rows.get(0).cells())
        .anySatisfy(cell -> assertThat(cell.kind()).isEqualTo(Cell.Kind.DATE))
        .anySatisfy(cell -> assertThat(cell.text()).isEqualTo("2000-01-01"));
  }

  @Test
  void readsEveryKindOfCellOfAnXlsx() throws Exception {
    var rows =
        sheet(
            "<row r='3'><c r='A3' t='inlineStr'><is><r><t>重点</t></r><r><t>单位_x000A_</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c>"
                + "<c r='C3'><v>1.50</v></c><c r='D3' s='1'><v>45000</v></c><c r='E3' t='b'><v>1</v></c>"
                + "<c r='F3' t='e'><f>1/0</f><v>#DIV/0!</v></c><c r='G3' t='str'><f>A1</f><v>ok</v></c>"
                + "<c r='H3'><f>B1</f></c><c r='I3' s='1'><f>NOW()</f><v>45000.25</v></c><c r='J3' t='d'><v>2026-11-23T00:00:00</v></c>"
                + "<c r='K3' s='1'/></row>");
    assertThat(rows.numbers()).containsExactly(3);
    assertThat(rows.rows().get(0).cells())
        .containsExactly(
            new Cell(Cell.Kind.TEXT, "重点单位\n"),
            Cell.BLANK,
            new Cell(Cell.Kind.NUMBER, "1.5"),
            new Cell(Cell.Kind.DATE, "2023-03-15"),
            new Cell(Cell.Kind.BOOLEAN, "TRUE"),
            new Cell(Cell.Kind.ERROR, "#DIV/0!"),
            new Cell(Cell.Kind.TEXT, "ok"),
            new Cell(Cell.Kind.ERROR, Cell.UNCALCULATED),
            new Cell(Cell.Kind.DATE, "2023-03-15T06:00:00"),
            new Cell(Cell.Kind.DATE, "2026-11-23"));
  }

  @Test
  void countsRowsWithoutNumbersAndLeavesOutBlankOnes() throws Exception {
    var rows = sheet("<row><c><v>1</v></c></row><row/><row><c/></row><row><c><v>4</v></c></row>");
    assertThat(rows.numbers()).containsExactly(1, 4);
  }

  @Test
  void takesTheNumberOfARowFromItsCellsWhereItHasNone() throws Exception {
    var rows = sheet("<row><c r='B5'><v>1</v></c></row><row><c r='A6'><v>2</v></c></row>");
    assertThat(rows.numbers()).containsExactly(5, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "<row r='1'><c r='A2'><v>1</v></c></row>",
    "<row><c r='A1'><v>1</v></c><c r='B2'><v>1</v></c></row>",
    "<row r='1'><c r='A1x'><v>1</v></c></row>",
    "<row r='1'><c r='A1' t='b'><v>2</v></c></row>",
    "<row r='1'><c r='A1' t='d'><v>2026-02-30</v></c></row>",
    "<row r='2'/><row r='2'/>",
    "<row r='1048577'/>",
    "<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>",
    "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>",
    "<row r='1'><c t='s'><v>2000000000</v></c></row>",
    "<row r='1'><c><v>12a</v></c></row>",
    "<row r='1'><c t='zz'><v>1</v></c></row>",
    "<row r='1'><c><v>1</v>",
  })
  void refusesDamagedSheets(String rows) {
    assertThat(refusal(() -> sheet(rows)).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesDocumentTypesInAnyPart() {
    var refusal =
        refusal(
            () ->
                parts(
                    Map.of(
                        "xl/worksheets/sheet1.xml",
                        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>")));
    assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesAPartThatUnpacksToTooManyTimesItsSize() {
    var refusal = refusal(() -> sheet("<row/>" + " ".repeat(40_000_000)));
    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThat(refusal(() -> sheet("<row>".repeat(1_000_000))).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void keepsSharedStringsBeyondTheHeapBudgetInAFile() throws Exception {
    var items = new StringBuilder("<sst>");
    for (int i = 0; i < 1000; i++) {
      items.append("<si><t>单位").append(i).append("</t></si>");
    }
    var file = workbook(Map.of("xl/sharedStrings.xml", items + "</sst>"));
    try (var zip = ZipPackage.open(file);
        var strings = SharedStrings.of(zip, "xl/sharedStrings.xml", false, 10_000)) {
      for (int i : new int[] {0, 999, 500, 117, 118, 119, 120}) {
        assertThat(strings.cell(i).text()).isEqualTo("单位" + i);
      }
      assertThatThrownBy(() -> strings.cell(1000)).isInstanceOf(UnreadableFile.class);
    }
  }

  @Test
  void refusesBytesThatAreNotThoseThatWerePacked() throws Exception {
    var file = workbook(Map.of());
    var bytes = Files.readAllBytes(file);
    // The checksum in the directory entry of the sheet, the last part.
    bytes[new String(bytes, ISO_8859_1).lastIndexOf("PK\1\2") + 16] ^= 1;
    Files.write(file, bytes);
    assertThat(refusal(() -> Received.from(file)).getMessage()).contains("checksum");
  }

  @Test
  void readsTheSheetAskedForAndSaysWhichThereAre() throws Exception {
    var file = CorpusTest.CORPUS.resolve("SampleSS.xls");
    assertThat(Received.from(file, new ReadOptions(null, null, " sheet NUMBER 2")).sheets())
        .containsExactly("Sheet Number 2");
    var refusal = refusal(() -> Received.from(file, new ReadOptions(null, null, "units")));
    assertThat(refusal.reason()).isEqualTo(Reason.NO_SUCH_SHEET);
    assertThat(refusal).hasMessageContaining("'First Sheet', 'Sheet Number 2'");
  }

  @Test
  void passesTheSinksExceptionsThroughUnchanged() throws Exception {
    var thrown = new IllegalStateException("the database is away");
    for (var name : List.of("SampleSS.xls", "InlineStrings.xlsx", "csvs__simple.csv")) {
      assertThatThrownBy(
              () ->
                  TableReader.read(
                      CorpusTest.CORPUS.resolve(name),
                      ReadOptions.detect(),
                      new RowSink() {
                        @Override
                        public void sheet(String sheet) {}

                        @Override
                        public boolean row(Row row) {
                          throw thrown;
                        }
                      }))
          .isSameAs(thrown);
    }
  }

  @Test
  void stopsASheetWhenTheSinkHasEnough() throws Exception {
    var seen = new LinkedHashMap<String, Integer>();
    TableReader.read(
        CorpusTest.CORPUS.resolve("SampleSS.xls"),
        ReadOptions.detect(),
        new RowSink() {
          private String sheet = "";

          @Override
          public void sheet(String name) {
            sheet = name;
          }

          @Override
          public boolean row(Row row) {
            seen.merge(sheet, 1, Integer::sum);
            return false;
          }
        });
    assertThat(seen).containsOnlyKeys("First Sheet", "Sheet Number 2").containsValue(1);
  }

  @Test
  void tellsKindsByTheirBytes() throws Exception {
    assertThat(TableReader.kindOf(CorpusTest.CORPUS.resolve("SampleSS.xls")))
        .isEqualTo(FileKind.XLS);
    assertThat(TableReader.kindOf(workbook(Map.of()))).isEqualTo(FileKind.XLSX);
    assertThat(TableReader.kindOf(file("a,b".getBytes(UTF_8)))).isEqualTo(FileKind.CSV);
    assertThat(reasonOf(new byte[0])).isEqualTo(Reason.EMPTY);
    assertThat(reasonOf("%PDF-1.7".getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    assertThat(reasonOf("  <html><table>".getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    assertThat(reasonOf(new byte[] {1, 0, 2, 0})).isEqualTo(Reason.UNKNOWN_FORMAT);
    assertThat(refusal(() -> TableReader.kindOf(zip(Map.of("a.txt", "x")))).reason())
        .isEqualTo(Reason.UNKNOWN_FORMAT);
    assertThat(TableReader.kindOf(zip(Map.of("xl/workbook.bin", "x")))).isEqualTo(FileKind.XLSB);
    assertThat(TableReader.kindOf(zip(Map.of("META-INF/manifest.xml", "x"))))
        .isEqualTo(FileKind.ODS);
  }

  @Test
  void refusesAMissingFileWithItsName() {
    assertThat(refusal(() -> Received.from(folder.resolve("gone.xlsx"))))
        .hasMessageContaining("gone.xlsx");
  }

  @Test
  void readsCsvInTheCharsetItIsIn() throws Exception {
    var text = "代码;名称\n1;福州\n";
    for (var charset : List.of("UTF-8", "GB18030", "UTF-16")) {
      assertThat(csv(text.getBytes(Charset.forName(charset))).texts())
          .as(charset)
          .containsExactly(List.of("代码", "名称"), List.of("1", "福州"));
    }
    assertThat(csv(("\uFEFF" + text).getBytes(UTF_8)).texts().get(0)).containsExactly("代码", "名称");
  }

  @Test
  void namesTheLineWithBytesThatAreNoText() {
    var bytes = "a,b\nc,d\ne,é,f\n".getBytes(ISO_8859_1);
    var refusal = refusal(() -> csv(bytes));
    assertThat(refusal.reason()).isEqualTo(Reason.ENCODING);
    assertThat(refusal).hasMessageContaining("Line 3");
  }

  @Test
  void takesBytesOfOtherCharsetsForNoChinese() {
    for (var charset : List.of("windows-1252", "ISO-8859-2")) {
      var text =
          "code;name\n1;Müller & Söhne\n2;Žďárské slévárny, Ústí\n"
              .getBytes(Charset.forName(charset));
      assertThat(refusal(() -> csv(text)).reason()).as(charset).isEqualTo(Reason.ENCODING);
    }
    var big5 = "代碼,名稱\n1,臺北重點單位測試資料\n".getBytes(Charset.forName("Big5"));
    assertThat(refusal(() -> csv(big5)).reason()).isEqualTo(Reason.ENCODING);
    var korean = "코드,이름\n1,서울 정밀기기 주식회사\n".getBytes(Charset.forName("EUC-KR"));
    assertThat(refusal(() -> csv(korean)).reason()).isEqualTo(Reason.ENCODING);
  }

  @Test
  void refusesUtf8WhereAnotherCharsetIsDeclared() {
    var text = "code;name\n1;Müller\n".getBytes(UTF_8);
    var latin = new ReadOptions(Charset.forName("windows-1252"), null, null);
    assertThat(refusal(() -> Received.from(file(text), latin)))
        .hasMessageContaining("is in UTF-8, but its definition says windows-1252");
    var chinese = "代码,名称\n".getBytes(UTF_8);
    var gb = new ReadOptions(Charset.forName("GB18030"), null, null);
    assertThat(refusal(() -> Received.from(file(chinese), gb)).reason()).isEqualTo(Reason.ENCODING);
  }

  @Test
  void readsUtf16WithoutAMark() throws Exception {
    for (var charset : List.of("UTF-16LE", "UTF-16BE")) {
      var bytes = "code,名称\n1,福州\n".getBytes(Charset.forName(charset));
      assertThat(csv(bytes).texts())
          .as(charset)
          .containsExactly(List.of("code", "名称"), List.of("1", "福州"));
    }
    assertThat(reasonOf("a,b\n".getBytes(Charset.forName("UTF-32LE"))))
        .isEqualTo(Reason.UNKNOWN_FORMAT);
    assertThat(refusal(() -> csv("a,b\n1,x\0y\n".repeat(20).getBytes(UTF_8))).reason())
        .isEqualTo(Reason.UNKNOWN_FORMAT);
  }

  @Test
  void readsQuotationMarksAsDeclared() throws Exception {
    var text = "a;b\n'x;y';\"z\n".getBytes(UTF_8);
    var single = new ReadOptions(null, null, '\'', null, Hidden.READ, Hidden.READ, false);
    assertThat(Received.from(file(text), single).texts().get(1)).containsExactly("x;y", "\"z");
    var none =
        new ReadOptions(null, null, ReadOptions.NO_QUOTE, null, Hidden.READ, Hidden.READ, false);
    assertThat(Received.from(file("a,b\n'x,\"z\n".getBytes(UTF_8)), none).texts().get(1))
        .containsExactly("'x", "\"z");
  }

  @Test
  void followsTheHintOfExcelOnTheFirstLine() throws Exception {
    assertThat(csv("sep=|\r\na|b\r\n1|2;3,4\r\n".getBytes(UTF_8)).texts())
        .containsExactly(List.of("a", "b"), List.of("1", "2;3,4"));
  }

  @Test
  void numbersCsvRecordsAsASpreadsheetDoes() throws Exception {
    var rows = csv("a,b\r\n\r\n\"two\nlines\",x\r\n,\r\nlast,\r\n".getBytes(UTF_8));
    assertThat(rows.numbers()).containsExactly(1, 3, 5);
    assertThat(rows.texts())
        .containsExactly(List.of("a", "b"), List.of("two\nlines", "x"), List.of("last"));
    assertThat(rows.sheets()).containsExactly(TableReader.CSV_SHEET);
  }

  @Test
  void readsTitlesAboveATableInACsvAndRefusesALineWithASeparatorTooMany() throws Exception {
    var table = "名录\n\n代码,名称\n" + "1,甲\n".repeat(60);
    assertThat(csv(table.getBytes(UTF_8)).texts())
        .startsWith(List.of("名录"), List.of("代码", "名称"))
        .hasSize(62);
    assertThat(refusal(() -> csv((table + "2,乙,\n").getBytes(UTF_8))))
        .hasMessageContaining("line 64");
  }

  @Test
  void namesTheLineOfAQuoteThatIsNotClosed() {
    var refusal = refusal(() -> csv("a,b\n1,2\n3,\"4\n5,6\n".getBytes(UTF_8)));
    assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
    assertThat(refusal).hasMessageContaining("line 3");
    assertThat(refusal(() -> csv("a,\"b\"c\n".getBytes(UTF_8)))).hasMessageContaining("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a;b,c\n1;2\n' | ;",
        "'a,b;c\n1,2\n' | ,",
        "'a\tb\n1,5\t2\n' | '\t'",
        "'abc\n' | ,"
      })
  void findsTheDelimiter(String head, char delimiter) {
    assertThat(CsvDelimiter.detect(head, '"')).isEqualTo(delimiter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "000000 | 6",
        "000000;@ | 6",
        "[$-804]000_) | 3",
        "0 | 0",
        "0000.00 | 0",
        "#,#000 | 0",
        "0000\\-00 | 0",
        "[>9]000 | 0",
      })
  void countsTheDigitsOfACode(String format, int digits) {
    assertThat(DateFormats.digits(format)).isEqualTo(digits);
  }

  @Test
  void showsTheZerosBeforeACode() throws Exception {
    var styles =
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='000000'/></numFmts>"
            + "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>";
    var sheet =
        "<worksheet><sheetData><row><c s='1'><v>123</v></c><c s='1'><v>1234567</v></c>"
            + "<c s='1'><v>-5</v></c><c s='1'><v>1.5</v></c><c><v>7</v></c></row></sheetData>"
            + "</worksheet>";
    var cells =
        parts(Map.of("xl/styles.xml", styles, "xl/worksheets/sheet1.xml", sheet))
            .rows()
            .get(0)
            .cells();
    assertThat(cells)
        .extracting(Cell::shown)
        .containsExactly("000123", "1234567", "-5", "1.5", "7");
    assertThat(cells).extracting(Cell::text).startsWith("123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12d", "12f", "0x1p4", "NaN", "Infinity", "1_000", "１２"})
  void takesForNumbersOnlyWhatASpreadsheetWrites(String stored) {
    assertThatThrownBy(() -> Numbers.text(stored)).isInstanceOf(NumberFormatException.class);
    assertThat(refusal(() -> sheet("<row><c s='1'><v>" + stored + "</v></c></row>")).reason())
        .isEqualTo(Reason.CORRUPT);
  }

  @Test
  void takesTheGuiseOfAFormulaAndTheEndOfTextOffInACsv() throws Exception {
    var rows =
        csv(
            "code,name\n=\"000123\",A\n\"=\"\"4\"\"\"\"5\"\"\",\"=\"\"\"\n=\"\",=1+1\n6,C\u001A"
                .getBytes(UTF_8));
    assertThat(rows.texts())
        .containsExactly(
            List.of("code", "name"),
            List.of("000123", "A"),
            List.of("4\"5", "=\""),
            List.of("", "=1+1"),
            List.of("6", "C"));
    assertThat(csv("a,b\r\n1,2\r\n\u001A".getBytes(UTF_8)).texts()).hasSize(2);
  }

  @Test
  void tellsXmlAndPagesFromTexts() {
    for (var page :
        List.of(
            "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><x/></Workbook>",
            "<ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "<tr><td>A</td></tr>",
            "<div>\n<table><tr>")) {
      assertThat(reasonOf(page.getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }
  }

  private Reason reasonOf(byte[] bytes) {
    return refusal(() -> TableReader.kindOf(file(bytes))).reason();
  }

  private static UnreadableFile refusal(ThrowingCallable reading) {
    var refusal = catchThrowableOfType(UnreadableFile.class, reading);
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage()).endsWith(".").doesNotContain("\n");
    return refusal;
  }

  private Received csv(byte[] bytes) throws Exception {
    return Received.from(file(bytes));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "received", ".dat"), bytes);
  }

  private Received sheet(String rows) throws Exception {
    return parts(
        Map.of(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
  }

  private Received parts(Map<String, String> changed) throws Exception {
    return Received.from(workbook(changed));
  }

  /** A workbook as small as can be, with some of its parts changed. */
  private Path workbook(Map<String, String> changed) throws IOException {
    var parts = new LinkedHashMap<String, String>();
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='One' r:id='s1'/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='s1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>"
            + "<Relationship Id='s2' Type='http://x/styles' Target='/xl/styles.xml'/></Relationships>");
    parts.put(
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    parts.putAll(changed);
    return zip(parts);
  }

  private Path zip(Map<String, String> parts) throws IOException {
    var file = Files.createTempFile(folder, "made", ".xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
      }
    }
    return file;
  }
}

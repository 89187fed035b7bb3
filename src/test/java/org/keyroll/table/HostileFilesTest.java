package org.keyroll.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keyroll.table.UnreadableFile.Reason;

/** Files made to take all memory or time, or to reach other files: refused, with the reason. */
class HostileFilesTest {

  private static final String ODS =
      "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body>"
          + "<office:spreadsheet><table:table table:name='a'>%s</table:table></office:spreadsheet>"
          + "</office:body></office:document-content>";

  private final Path folder;

  HostileFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private interface Parts {
    void write(Zip zip) throws IOException;
  }

  /** A zip being made; parts may be of any size. */
  private record Zip(ZipOutputStream out) {
    Zip part(String name, String... texts) throws IOException {
      begin(name);
      for (var text : texts) {
        out.write(text.getBytes(UTF_8));
      }
      return this;
    }

    void begin(String name) throws IOException {
      out.putNextEntry(new ZipEntry(name));
    }

    void add(String text, long times) throws IOException {
      var some = text.repeat((int) Math.min(times, 10_000)).getBytes(UTF_8);
      int one = text.getBytes(UTF_8).length;
      for (long left = times; left > 0; left -= 10_000) {
        out.write(some, 0, (int) Math.min(left, 10_000) * one);
      }
    }
  }

  private Path zip(Parts parts) throws IOException {
    var file = Files.createTempFile(folder, "hostile", ".zip");
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      parts.write(new Zip(zip));
    }
    return file;
  }

  private Path xlsx(Parts sheet) throws IOException {
    return zip(
        zip -> {
          workbook(zip);
          zip.begin("xl/worksheets/sheet1.xml");
          sheet.write(zip);
        });
  }

  private static void workbook(Zip zip) throws IOException {
    zip.part(
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='One' r:id='s1'/></sheets></workbook>")
        .part(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='s1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
                + "<Relationship Id='s2' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>")
        .part("xl/sharedStrings.xml", "<sst/>");
  }

  private Path ods(String rows) throws IOException {
    return zip(
        zip ->
            zip.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                .part("META-INF/manifest.xml", "<manifest/>")
                .part("content.xml", ODS.formatted(rows)));
  }

  private static UnreadableFile refusal(Path file) {
    var refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () ->
                catchThrowableOfType(
                    UnreadableFile.class, () -> Received.from(file, ReadOptions.detect())));
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage()).endsWith(".").doesNotContain("\n");
    return refusal;
  }

  @Test
  void refusesPartsThatLeadOut() throws Exception {
    var file =
        zip(
            zip -> {
              workbook(zip);
              zip.part("../../etc/cron.d/x", "x");
            });
    assertThat(refusal(file)).hasMessageContaining("leads out of it");
  }

  @Test
  void refusesAPartThatIsThereTwice() throws Exception {
    var file =
        xlsx(
            zip -> {
              zip.part("XL/Worksheets/sheet1.xml", "<worksheet/>");
              zip.part("xl/worksheets/sheet2.xml", "<worksheet/>");
            });
    assertThat(refusal(file)).hasMessageContaining("twice");
    // ZipOutputStream writes no name twice.
    var bytes = Files.readAllBytes(xlsx(zip -> zip.part("xl/worksheets/sheet2.xml", "<w/>")));
    var same = new String(bytes, ISO_8859_1).replace("sheet2.xml", "sheet1.xml");
    Files.write(file, same.getBytes(ISO_8859_1));
    assertThat(refusal(file)).hasMessageContaining("twice");
  }

  @Test
  void refusesPartsThatShareBytes() throws Exception {
    var file = xlsx(zip -> zip.part("xl/worksheets/sheet2.xml", "<worksheet/>"));
    var bytes = Files.readAllBytes(file);
    // The last entry of the directory is made to begin where the one before it does.
    var text = new String(bytes, ISO_8859_1);
    int last = text.lastIndexOf("PK\1\2");
    int other = text.lastIndexOf("PK\1\2", last - 1);
    System.arraycopy(bytes, other + 42, bytes, last + 42, 4);
    Files.write(file, bytes);
    assertThat(refusal(file)).hasMessageContaining("overlaps");
  }

  @Test
  void countsWhatAPartUnpacksToThoughItsDirectoryLies() throws Exception {
    var file = xlsx(zip -> zip.add(" ", 40_000_000));
    var bytes = Files.readAllBytes(file);
    int last = new String(bytes, ISO_8859_1).lastIndexOf("PK\1\2");
    bytes[last + 24] = 100;
    bytes[last + 25] = 0;
    bytes[last + 26] = 0;
    bytes[last + 27] = 0;
    Files.write(file, bytes);
    assertThat(refusal(file).reason()).isIn(Reason.TOO_LARGE, Reason.CORRUPT);
  }

  @Test
  void followsNoLinkToAnotherFile() throws Exception {
    var file =
        zip(
            zip ->
                zip.part(
                        "xl/workbook.xml",
                        "<workbook xmlns:r='r'><sheets><sheet name='One' r:id='s1'/></sheets></workbook>")
                    .part(
                        "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id='s1' Type='x/worksheet' TargetMode='External' Target='file:///etc/passwd'/></Relationships>"));
    assertThat(refusal(file)).hasMessageContaining("is missing");
    var ods =
        ods(
            "<table:table-source xmlns:xlink='l' xlink:href='file:///etc/passwd'/><table:table-row>"
                + "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>");
    assertThat(Received.from(ods).texts()).containsExactly(List.of("x"));
  }

  @Test
  void takesNoDimensionForGranted() throws Exception {
    var file =
        xlsx(
            zip ->
                zip.add(
                    "<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1048576'>"
                        + "<c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>",
                    1));
    var rows = Received.from(file);
    assertThat(rows.numbers()).containsExactly(1_048_576);
    assertThat(rows.rows().get(0).cells()).hasSize(16_384);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<table:table-row table:number-rows-repeated='2147483647'><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row> | TOO_LARGE",
        "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell></table:table-row> | TOO_LARGE",
        "<table:table-row><table:table-cell table:number-columns-repeated='2147483647'><text:p>x</text:p></table:table-cell></table:table-row> | TOO_LARGE",
        "<table:table-row><table:table-cell table:number-columns-repeated='99999999999999999999'/></table:table-row> | CORRUPT",
        "<table:table-row table:number-rows-repeated='-1'/> | CORRUPT",
        "<table:table-row><table:table-cell><text:p><text:s text:c='2000000000'/></text:p></table:table-cell></table:table-row> | TOO_LARGE",
      })
  void refusesRepetitionWithoutEnd(String rows, Reason reason) throws Exception {
    assertThat(refusal(ods(rows)).reason()).isEqualTo(reason);
  }

  @Test
  void passesOverBlankRowsWithoutEnd() throws Exception {
    var blank =
        "<table:table-row table:number-rows-repeated='2147483647'><table:table-cell table:number-columns-repeated='2147483647'/></table:table-row>";
    var row =
        "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
    assertThat(Received.from(ods(row + blank + blank + blank)).numbers()).containsExactly(1);
    assertThat(refusal(ods(blank + blank + row)).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesRecordsThatAreLongerThanTheirPart() throws Exception {
    var sheet = new ByteArrayOutputStream();
    // A cell that says it has 268,435,455 bytes, another type of record that says so.
    for (int type : new int[] {RecordPart.CELL_TEXT, 100}) {
      sheet.reset();
      sheet.writeBytes(new byte[] {(byte) type, -1, -1, -1, 127, 0, 0});
      var file =
          zip(
              zip -> {
                zip.begin("xl/workbook.bin");
                zip.out.write(workbookOfOneSheet());
                zip.part(
                    "xl/_rels/workbook.bin.rels",
                    "<Relationships><Relationship Id='r' Type='x/worksheet' Target='s.bin'/></Relationships>");
                zip.begin("xl/s.bin");
                zip.out.write(sheet.toByteArray());
              });
      assertThat(refusal(file).reason()).isEqualTo(type == 100 ? Reason.CORRUPT : Reason.TOO_LARGE);
    }
  }

  private static byte[] workbookOfOneSheet() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x9C, 1, 8 + 6 + 6});
    out.writeBytes(new byte[8]);
    out.writeBytes(new byte[] {1, 0, 0, 0, 'r', 0, 1, 0, 0, 0, 'S', 0});
    return out.toByteArray();
  }

  @Test
  void refusesAMillionColumns() throws Exception {
    var csv = Files.writeString(folder.resolve("wide.csv"), ",".repeat(1_000_000) + "\n");
    assertThat(refusal(csv)).hasMessageContaining("16,384 values");
    var row = new StringBuilder("<worksheet><sheetData><row>");
    row.append("<c><v>1</v></c>".repeat(20_000));
    var xlsx = xlsx(zip -> zip.add(row + "</row></sheetData></worksheet>", 1));
    assertThat(refusal(xlsx).reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesATagOfAnySizeAndNamesWithoutEnd() throws Exception {
    var wide =
        xlsx(
            zip -> {
              zip.add("<worksheet a='", 1);
              for (int i = 0; i < 3_000_000; i++) {
                zip.add(Integer.toHexString(i * 0x9E37_79B9), 1);
              }
              zip.add("'/>", 1);
            });
    assertThat(refusal(wide)).hasMessageContaining("16 MiB");
    var names =
        xlsx(
            zip -> {
              zip.add("<worksheet>", 1);
              for (int i = 0; i < 30_000; i++) {
                zip.add("<n%d/>".formatted(i), 1);
              }
              zip.add("</worksheet>", 1);
            });
    assertThat(refusal(names)).hasMessageContaining("20,000 names");
  }

  @Test
  void staysWithinHalfAGigabyte() throws Exception {
    var files = new ArrayList<Path>();
    files.add(
        zip(
            zip -> {
              workbook(zip);
              zip.part("xl/worksheets/sheet1.xml", "<worksheet/>");
            }));
    // Four million texts, sixteen million empty ones, a million sheets, a cell of megabytes,
    // columns without end.
    files.add(strings("<si><t>重点单位名录</t></si>", 4_000_000));
    files.add(strings("<si/>", 16_000_000));
    files.add(
        zip(
            zip -> {
              zip.begin("xl/workbook.xml");
              zip.add("<workbook xmlns:r='r'><sheets>", 1);
              for (int i = 0; i < 1_000_000; i++) {
                zip.add("<sheet name='%d' r:id='s1'/>".formatted(i), 1);
              }
              zip.part(
                  "xl/_rels/workbook.xml.rels",
                  "<Relationships><Relationship Id='s1' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>");
            }));
    files.add(
        xlsx(
            zip -> {
              zip.add("<worksheet><sheetData><row><c t='str'><v>", 1);
              for (int i = 0; i < 20_000; i++) {
                zip.add("%x".formatted(i * 7_919L).repeat(60), 1);
              }
              zip.add("</v></c></row></sheetData></worksheet>", 1);
            }));
    files.add(ods("<table:table-row>" + "<table:table-cell/>".repeat(2_000_000)));
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName()));
    files.forEach(file -> command.add(file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.startsWith("file: ")))
        .containsExactly(
            "file: read",
            "file: read",
            "file: read",
            "file: TOO_LARGE",
            "file: TOO_LARGE",
            "file: TOO_LARGE");
  }

  private Path strings(String item, long times) throws IOException {
    return zip(
        zip -> {
          zip.part(
                  "xl/workbook.xml",
                  "<workbook xmlns:r='r'><sheets><sheet name='One' r:id='s1'/></sheets></workbook>")
              .part(
                  "xl/_rels/workbook.xml.rels",
                  "<Relationships><Relationship Id='s1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
                      + "<Relationship Id='s2' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>")
              .part("xl/worksheets/sheet1.xml", "<worksheet/>");
          zip.out.setLevel(1);
          zip.begin("xl/sharedStrings.xml");
          zip.add("<sst>", 1);
          zip.add(item, times);
          zip.add("</sst>", 1);
        });
  }

  /** Reads each file and says what became of it. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] files) {
      for (var file : files) {
        try {
          Received.from(Path.of(file));
          System.out.println("file: read");
        } catch (UnreadableFile e) {
          System.out.println("file: " + e.reason());
          System.out.println(e.getMessage());
        }
      }
    }
  }
}

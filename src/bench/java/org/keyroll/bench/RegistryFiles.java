package org.keyroll.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Registry} as its senders do: a workbook as Excel saves it, with its texts in a
 * table of their own, and a csv in UTF-8. The same rows always give the same bytes.
 */
final class RegistryFiles {
  /** One less than Excel takes, for the headings. */
  private static final long ROWS_OF_A_SHEET = 1_048_575;

  private static final LocalDate SERIAL_0 = LocalDate.of(1899, 12, 30);
  private static final DateTimeFormatter SLASHED =
      DateTimeFormatter.ofPattern("uuuu/M/d", Locale.ROOT);
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";

  private RegistryFiles() {}

  /** Writes a file unless it is there. */
  static Path xlsx(Path file, Registry registry) throws IOException {
    return once(
        file,
        to -> {
          try (var book = new Book(to)) {
            registry.each(book::row);
            book.finish();
          }
        });
  }

  /** As {@link #xlsx}. */
  static Path csv(Path file, Registry registry) throws IOException {
    return once(
        file,
        to -> {
          try (var out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            out.write(String.join(",", Registry.HEADINGS));
            out.write("\r\n");
            registry.each(cells -> line(out, cells));
          }
        });
  }

  /** One incident for a thousand units, as csv. */
  static Path incidents(Path file, long rows, boolean second) throws IOException {
    return once(
        file,
        to -> {
          try (var out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            out.write("案事件编号,统一社会信用代码,单位名称,发生日期,类别,负有责任\r\n");
            for (long n = 0; n < rows / 1000 + (second ? 10 : 0); n++) {
              long unit = n * 997 % rows;
              line(
                  out,
                  new @Nullable Object[] {
                    String.format(Locale.ROOT, "AJ%08d", n),
                    n % 10 == 0 ? null : Registry.code(unit),
                    Registry.name(unit),
                    LocalDate.of(2026, 10, 31).minusDays(n * 37 % 1400).toString(),
                    n % 7 == 0 ? "案件" : "事件",
                    n % 3 == 0 ? "是" : "否"
                  });
            }
          }
        });
  }

  @FunctionalInterface
  interface Content {
    void write(Path to) throws IOException;
  }

  static Path once(Path file, Content content) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var part = file.resolveSibling(file.getFileName() + ".part");
      content.write(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static void line(BufferedWriter out, @Nullable Object[] cells) throws IOException {
    for (int c = 0; c < cells.length; c++) {
      if (c > 0) {
        out.write(',');
      }
      var cell = cells[c];
      if (cell == null) {
        continue;
      }
      var text = cell instanceof LocalDate date ? SLASHED.format(date) : cell.toString();
      if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0) {
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
      } else {
        out.write(text);
      }
    }
    out.write("\r\n");
  }

  /** A workbook on its way into a file. */
  private static final class Book implements AutoCloseable {
    private final ZipOutputStream zip;
    private final Path texts;
    private final Writer textsOut;
    private final Map<String, Integer> common = new HashMap<>();
    private final StringBuilder buffer = new StringBuilder(1 << 17);
    private int textCount;
    private int sheets;
    private long row;

    Book(Path file) throws IOException {
      zip = new ZipOutputStream(Files.newOutputStream(file));
      zip.setLevel(Deflater.BEST_SPEED);
      texts = file.resolveSibling(file.getFileName() + ".texts");
      textsOut = Files.newBufferedWriter(texts, StandardCharsets.UTF_8);
    }

    void row(@Nullable Object[] cells) throws IOException {
      if (sheets == 0 || row > ROWS_OF_A_SHEET) {
        nextSheet();
      }
      put(cells);
    }

    private void nextSheet() throws IOException {
      endSheet();
      sheets++;
      row = 0;
      entry("xl/worksheets/sheet" + sheets + ".xml");
      buffer
          .append(XML)
          .append(
              "<worksheet xmlns=\"" + MAIN + "\"><cols><col min=\"1\" max=\"10\" width=\"20\"/>")
          .append("</cols><sheetData>");
      put(Registry.HEADINGS);
    }

    private void put(@Nullable Object[] cells) throws IOException {
      row++;
      buffer.append("<row r=\"").append(row).append("\">");
      for (int c = 0; c < cells.length; c++) {
        cell((char) ('A' + c), cells[c]);
      }
      buffer.append("</row>");
      if (buffer.length() > 1 << 16) {
        flush();
      }
    }

    private void cell(char column, @Nullable Object value) throws IOException {
      if (value == null) {
        return;
      }
      buffer.append("<c r=\"").append(column).append(row);
      if (value instanceof LocalDate date) {
        buffer.append("\" s=\"1\"><v>").append(ChronoUnit.DAYS.between(SERIAL_0, date));
      } else if (value instanceof Number number) {
        buffer.append("\"><v>").append(number);
      } else {
        // Texts of these columns repeat; the others are nearly all different.
        boolean repeats = column == 'D' || column == 'E' || column == 'F' || column == 'H';
        buffer.append("\" t=\"s\"><v>").append(text(value.toString(), repeats));
      }
      buffer.append("</v></c>");
    }

    private int text(String text, boolean repeats) throws IOException {
      if (repeats) {
        var known = common.putIfAbsent(text, textCount);
        if (known != null) {
          return known;
        }
      }
      boolean edges = Character.isWhitespace(text.charAt(0)) || text.endsWith(" ");
      textsOut.write(edges ? "<si><t xml:space=\"preserve\">" : "<si><t>");
      textsOut.write(text.indexOf('"') >= 0 ? text.replace("\"", "&quot;") : text);
      textsOut.write("</t></si>");
      return textCount++;
    }

    private void endSheet() throws IOException {
      if (sheets > 0) {
        buffer.append("</sheetData></worksheet>");
        flush();
        zip.closeEntry();
      }
    }

    void finish() throws IOException {
      endSheet();
      textsOut.close();
      entry("xl/sharedStrings.xml");
      buffer.append(XML).append("<sst xmlns=\"" + MAIN + "\">");
      flush();
      Files.copy(texts, zip);
      whole(null, "</sst>");
      whole(
          "xl/styles.xml",
          XML
              + "<styleSheet xmlns=\""
              + MAIN
              + "\"><fonts count=\"1\"><font/></fonts>"
              + "<fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>"
              + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\">"
              + "<xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
      var names = new StringBuilder();
      var relations = new StringBuilder();
      var types = new StringBuilder();
      for (int n = 1; n <= sheets; n++) {
        names.append("<sheet name=\"名录%d\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(n, n, n));
        relations.append(relation(n, "worksheet", "worksheets/sheet" + n + ".xml"));
        types.append(type("/xl/worksheets/sheet" + n + ".xml", "spreadsheetml.worksheet"));
      }
      relations
          .append(relation(sheets + 1, "styles", "styles.xml"))
          .append(relation(sheets + 2, "sharedStrings", "sharedStrings.xml"));
      types
          .append(type("/xl/workbook.xml", "spreadsheetml.sheet.main"))
          .append(type("/xl/styles.xml", "spreadsheetml.styles"))
          .append(type("/xl/sharedStrings.xml", "spreadsheetml.sharedStrings"));
      whole(
          "xl/workbook.xml",
          XML
              + "<workbook xmlns=\""
              + MAIN
              + "\" xmlns:r=\""
              + OFFICE
              + "\"><sheets>"
              + names
              + "</sheets></workbook>");
      whole(
          "xl/_rels/workbook.xml.rels",
          XML + "<Relationships xmlns=\"" + PACKAGE + "\">" + relations + "</Relationships>");
      whole(
          "_rels/.rels",
          XML
              + "<Relationships xmlns=\""
              + PACKAGE
              + "\">"
              + relation(1, "officeDocument", "xl/workbook.xml")
              + "</Relationships>");
      whole(
          "[Content_Types].xml",
          XML
              + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
              + ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
              + types
              + "</Types>");
    }

    private static String relation(int id, String type, String target) {
      return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
          .formatted(id, OFFICE, type, target);
    }

    private static String type(String part, String type) {
      return ("<Override PartName=\"%s\" ContentType=\"application/vnd.openxmlformats-officedocument"
              + ".%s+xml\"/>")
          .formatted(part, type);
    }

    private void entry(String name) throws IOException {
      var entry = new ZipEntry(name);
      entry.setTimeLocal(LocalDateTime.of(2026, 11, 1, 9, 0));
      zip.putNextEntry(entry);
    }

    /** Writes an entry at once, or with no name the end of the open one. */
    private void whole(@Nullable String name, String content) throws IOException {
      if (name != null) {
        entry(name);
      }
      buffer.append(content);
      flush();
      zip.closeEntry();
    }

    private void flush() throws IOException {
      zip.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
      buffer.setLength(0);
    }

    @Override
    public void close() throws IOException {
      textsOut.close();
      Files.deleteIfExists(texts);
      zip.close();
    }
  }
}

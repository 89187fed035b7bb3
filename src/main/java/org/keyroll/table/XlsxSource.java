package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads xlsx and xlsb sheet by sheet, streaming. */
final class XlsxSource implements RowSource {

  private final ZipPackage zip;
  private final boolean binary;
  private final SharedStrings strings;
  private final BitSet dateStyles;
  private final SerialDates dates;
  private final Iterator<XlsxWorkbook.Sheet> sheets;
  private @Nullable SheetRows sheet;

  private XlsxSource(ZipPackage zip, ReadOptions options)
      throws IOException, XMLStreamException, UnreadableFile {
    this.zip = zip;
    var workbook = XlsxWorkbook.of(zip);
    binary = workbook.binary();
    sheets =
        Sheets.chosen(
                workbook.sheets(),
                XlsxWorkbook.Sheet::name,
                XlsxWorkbook.Sheet::visible,
                options.sheet())
            .iterator();
    dates = new SerialDates(workbook.from1904());
    dateStyles = XlsxStyles.dates(zip, workbook.styles(), binary);
    strings = SharedStrings.of(zip, workbook.sharedStrings(), binary);
  }

  static XlsxSource open(Path file, ReadOptions options)
      throws IOException, XMLStreamException, UnreadableFile {
    var zip = ZipPackage.open(file);
    try {
      return new XlsxSource(zip, options);
    } catch (IOException | XMLStreamException | UnreadableFile | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  @Override
  public @Nullable String nextSheet() throws IOException, UnreadableFile {
    closeSheet();
    if (!sheets.hasNext()) {
      return null;
    }
    var next = sheets.next();
    sheet =
        binary
            ? new XlsbSheet(zip.records(next.part()), strings, dateStyles, dates)
            : new XlsxSheet(zip.xml(next.part()), strings, dateStyles, dates);
    return next.name();
  }

  @Override
  public @Nullable Row nextRow() throws IOException, XMLStreamException, UnreadableFile {
    return sheet == null ? null : sheet.next();
  }

  private void closeSheet() throws IOException {
    if (sheet != null) {
      sheet.close();
    }
    sheet = null;
  }

  @Override
  public void close() throws IOException {
    try (zip;
        strings) {
      closeSheet();
    }
  }
}

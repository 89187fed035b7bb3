package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads xlsx and xlsb sheet by sheet, streaming. */
final class XlsxSource implements RowSource {

  private final ZipPackage zip;
  private final boolean binary;
  private final SharedStrings strings;
  private final XlsxStyles styles;
  private final SerialDates dates;
  private final Iterator<XlsxWorkbook.Sheet> sheets;
  private final ReadOptions options;
  private XlsxWorkbook.@Nullable Sheet present;
  private @Nullable SheetRows rows;
  private Areas areas = new Areas();

  private XlsxSource(ZipPackage zip, ReadOptions options)
      throws IOException, XMLStreamException, UnreadableFile {
    this.zip = zip;
    this.options = options;
    var workbook = XlsxWorkbook.of(zip);
    binary = workbook.binary();
    sheets = Sheets.chosen(workbook.sheets(), XlsxWorkbook.Sheet::name, options.sheet()).iterator();
    dates = new SerialDates(workbook.from1904());
    styles = XlsxStyles.of(zip, workbook.styles(), binary);
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
  public @Nullable String nextSheet() throws IOException {
    closeSheet();
    present = sheets.hasNext() ? sheets.next() : null;
    return present == null ? null : present.name();
  }

  @Override
  public boolean isHidden() {
    return present != null && !present.visible() && options.sheet() == null;
  }

  @Override
  public @Nullable Row nextRow() throws IOException, XMLStreamException, UnreadableFile {
    if (rows == null) {
      if (present == null) {
        return null;
      }
      rows = open(present);
    }
    return rows.next();
  }

  private SheetRows open(XlsxWorkbook.Sheet opened)
      throws IOException, XMLStreamException, UnreadableFile {
    if (!options.mergedFirst()) {
      return open(opened, areas);
    }
    try (var ahead = open(opened, areas)) {
      ahead.findMerged();
    }
    return open(opened, new Areas());
  }

  private SheetRows open(XlsxWorkbook.Sheet opened, Areas found)
      throws IOException, UnreadableFile {
    var builder = new RowBuilder(opened.name(), options);
    return binary
        ? new XlsbSheet(zip.records(opened.part()), strings, styles, dates, builder, found)
        : new XlsxSheet(zip.xml(opened.part()), strings, styles, dates, builder, found);
  }

  @Override
  public List<Area> merged() {
    return areas.take();
  }

  private void closeSheet() throws IOException {
    if (rows != null) {
      rows.close();
    }
    rows = null;
    areas = new Areas();
  }

  @Override
  public void close() throws IOException {
    try (zip;
        strings) {
      closeSheet();
    }
  }
}

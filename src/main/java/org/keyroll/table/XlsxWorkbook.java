package org.keyroll.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What the parts around the sheets of an xlsx or xlsb say.
 *
 * @param binary whether the parts are those of an xlsb
 * @param sheets the worksheets in order, without charts and macro sheets
 * @param sharedStrings name of the part, null where there is none
 * @param styles name of the part, null where there is none
 */
record XlsxWorkbook(
    boolean binary,
    List<Sheet> sheets,
    boolean from1904,
    @Nullable String sharedStrings,
    @Nullable String styles) {

  private static final int MOST_SHEETS = 10_000;

  record Sheet(String name, String part, boolean visible) {}

  static XlsxWorkbook of(ZipPackage zip) throws IOException, XMLStreamException, UnreadableFile {
    var declared = Relations.of(zip, "").part("officeDocument");
    var main = declared == null ? "xl/workbook.xml" : declared;
    if (declared == null && zip.has("xl/workbook.bin")) {
      main = "xl/workbook.bin";
    }
    var relations = Relations.of(zip, main);
    boolean binary = main.toLowerCase(Locale.ROOT).endsWith(".bin");
    var sheets = new ArrayList<Sheet>();
    boolean from1904 =
        binary ? binary(zip, main, relations, sheets) : xml(zip, main, relations, sheets);
    return new XlsxWorkbook(
        binary,
        List.copyOf(sheets),
        from1904,
        relations.part("sharedStrings"),
        relations.part("styles"));
  }

  /** Adds the sheets; gives whether dates count from 1904. */
  private static boolean xml(ZipPackage zip, String main, Relations relations, List<Sheet> sheets)
      throws IOException, XMLStreamException, UnreadableFile {
    boolean from1904 = false;
    try (var xml = zip.xml(main)) {
      while (xml.next()) {
        if (xml.starts("workbookPr")) {
          from1904 = isTrue(xml.attribute("date1904"));
        } else if (xml.starts("extLst")) {
          // Extensions have elements of the same names: Excel adds another workbookPr there.
          xml.skip();
        } else if (xml.starts("sheet")) {
          var state = xml.attribute("state");
          boolean visible = state == null || state.equals("visible");
          add(xml.attribute("name"), xml.attribute("id"), visible, relations, sheets);
        }
      }
      xml.finish();
    }
    return from1904;
  }

  /** As above, of an xlsb: [MS-XLSB] 2.4.858 BrtWbProp, 2.4.311 BrtBundleSh. */
  private static boolean binary(
      ZipPackage zip, String main, Relations relations, List<Sheet> sheets)
      throws IOException, UnreadableFile {
    boolean from1904 = false;
    try (var records = zip.records(main)) {
      while (records.next()) {
        if (records.type() == RecordPart.WORKBOOK_PROPERTIES) {
          from1904 = (records.load().int32() & 1) != 0;
        } else if (records.type() == RecordPart.BUNDLED_SHEET) {
          boolean visible = records.load().int32() == 0;
          records.skip(4);
          var id = records.nullableText();
          add(records.text(), id, visible, relations, sheets);
        }
      }
      records.finish();
    }
    return from1904;
  }

  private static void add(
      @Nullable String name,
      @Nullable String id,
      boolean visible,
      Relations relations,
      List<Sheet> sheets)
      throws UnreadableFile {
    var target = relations.byId().get(id == null ? "" : id);
    if (name == null || target == null) {
      throw ZipPackage.damaged("its sheet " + name + " leads nowhere");
    }
    if (sheets.size() == MOST_SHEETS) {
      throw ZipPackage.tooLarge("it has over 10,000 sheets");
    }
    if (target.type().equals("worksheet")) {
      sheets.add(new Sheet(name, target.part(), visible));
    }
  }

  static boolean isTrue(@Nullable String value) {
    return value != null && (value.equals("1") || value.equals("true") || value.equals("on"));
  }
}

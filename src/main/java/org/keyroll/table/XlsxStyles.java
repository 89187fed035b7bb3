package org.keyroll.table;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Which of a workbook's cell styles show a number as a date. */
final class XlsxStyles {

  private static final int MOST_FORMATS = 1 << 16;

  private final Map<Integer, Boolean> ownFormats = new HashMap<>();
  private final BitSet dates = new BitSet();
  private int count;

  private XlsxStyles() {}

  /** The indexes of the date styles; none where the workbook has no style part. */
  static BitSet dates(ZipPackage zip, @Nullable String part, boolean binary)
      throws IOException, XMLStreamException, UnreadableFile {
    var styles = new XlsxStyles();
    if (part != null) {
      if (binary) {
        styles.binary(zip, part);
      } else {
        styles.xml(zip, part);
      }
    }
    return styles.dates;
  }

  private void xml(ZipPackage zip, String part)
      throws IOException, XMLStreamException, UnreadableFile {
    try (var xml = zip.xml(part)) {
      boolean cells = false;
      while (xml.next()) {
        if (xml.starts("numFmt")) {
          var code = xml.attribute("formatCode");
          format(id(xml), code == null ? "" : code);
        } else if (xml.starts("cellXfs")) {
          cells = true;
        } else if (xml.ends("cellXfs")) {
          break;
        } else if (cells && xml.starts("xf")) {
          style(id(xml));
        }
      }
      xml.finish();
    }
  }

  /** [MS-XLSB] 2.4.669 BrtFmt, 2.4.825 BrtXF. */
  private void binary(ZipPackage zip, String part) throws IOException, UnreadableFile {
    try (var records = zip.records(part)) {
      boolean cells = false;
      while (records.next()) {
        int type = records.type();
        if (type == RecordPart.FORMAT) {
          int id = records.load().int16();
          format(id, records.text());
        } else if (type == RecordPart.CELL_FORMATS_BEGIN) {
          cells = true;
        } else if (type == RecordPart.CELL_FORMATS_END) {
          break;
        } else if (cells && type == RecordPart.CELL_FORMAT) {
          records.load().skip(2);
          style(records.int16());
        }
      }
      records.finish();
    }
  }

  private void format(int id, String code) throws UnreadableFile {
    if (ownFormats.size() == MOST_FORMATS) {
      throw ZipPackage.tooLarge("it has over 65,536 number formats");
    }
    ownFormats.put(id, DateFormats.isDate(code));
  }

  private void style(int format) {
    var own = ownFormats.get(format);
    dates.set(count++, own == null ? DateFormats.isBuiltInDate(format) : own);
  }

  private static int id(XmlPart xml) {
    var id = xml.attribute("numFmtId");
    return id == null ? 0 : Integer.parseInt(id);
  }
}

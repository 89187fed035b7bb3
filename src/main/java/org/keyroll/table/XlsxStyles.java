package org.keyroll.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What the cell styles of a workbook make of numbers: dates, or codes of so many digits. */
final class XlsxStyles {

  private static final int MOST_FORMATS = 1 << 16;

  private final Map<Integer, String> ownFormats = new HashMap<>();

  /** The format of each style. */
  private final List<Integer> formats = new ArrayList<>();

  private final BitSet dates = new BitSet();
  private final Map<Integer, Integer> digits = new HashMap<>();

  private XlsxStyles() {}

  /** Those of a workbook; no style part: all are plain. */
  static XlsxStyles of(ZipPackage zip, @Nullable String part, boolean binary)
      throws IOException, XMLStreamException, UnreadableFile {
    var styles = new XlsxStyles();
    if (part != null) {
      if (binary) {
        styles.binary(zip, part);
      } else {
        styles.xml(zip, part);
      }
      styles.settle();
    }
    return styles;
  }

  /** Whether a number in this style is shown as a date. */
  boolean isDate(int style) {
    return dates.get(style);
  }

  /** The digits that this style shows at least; 0: no more than there are. */
  int digits(int style) {
    return digits.isEmpty() ? 0 : digits.getOrDefault(style, 0);
  }

  private void xml(ZipPackage zip, String part)
      throws IOException, XMLStreamException, UnreadableFile {
    try (var xml = zip.xml(part)) {
      boolean cells = false;
      while (xml.next()) {
        if (xml.starts("numFmt")) {
          var code = xml.attribute("formatCode");
          format(id(xml), code == null ? "" : code);
        } else if (xml.starts("dxfs") || xml.starts("extLst")) {
          // What conditional formats change has numbers of its own.
          xml.skip();
        } else if (xml.starts("cellXfs")) {
          cells = true;
        } else if (xml.ends("cellXfs")) {
          cells = false;
        } else if (cells && xml.starts("xf")) {
          formats.add(id(xml));
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
          formats.add(records.int16());
        }
      }
      records.finish();
    }
  }

  private void format(int id, String code) throws UnreadableFile {
    if (ownFormats.size() == MOST_FORMATS) {
      throw ZipPackage.tooLarge("it has over 65,536 number formats");
    }
    ownFormats.put(id, code);
  }

  /** Once all formats are known, which may stand behind the styles. */
  private void settle() {
    for (int i = 0; i < formats.size(); i++) {
      var own = ownFormats.get(formats.get(i));
      dates.set(
          i, own == null ? DateFormats.isBuiltInDate(formats.get(i)) : DateFormats.isDate(own));
      int shown = own == null ? 0 : DateFormats.digits(own);
      if (shown > 0) {
        digits.put(i, shown);
      }
    }
  }

  private static int id(XmlPart xml) {
    var id = xml.attribute("numFmtId");
    return id == null ? 0 : Integer.parseInt(id);
  }
}

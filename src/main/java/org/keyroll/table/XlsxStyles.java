package org.keyroll.table;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Which of a workbook's cell styles show a number as a date. */
final class XlsxStyles {

  private XlsxStyles() {}

  /** The indexes of the date styles; none where the workbook has no style part. */
  static BitSet dates(XlsxPackage zip, @Nullable String part)
      throws IOException, XMLStreamException, UnreadableFile {
    var dates = new BitSet();
    if (part == null || !zip.has(part)) {
      return dates;
    }
    var codes = new HashMap<Integer, Boolean>();
    try (var xml = zip.xml(part)) {
      boolean cells = false;
      int index = 0;
      while (xml.next()) {
        if (xml.starts("numFmt")) {
          var code = xml.attribute("formatCode");
          codes.put(id(xml), code != null && DateFormats.isDate(code));
        } else if (xml.starts("cellXfs")) {
          cells = true;
        } else if (xml.ends("cellXfs")) {
          break;
        } else if (cells && xml.starts("xf")) {
          int id = id(xml);
          var own = codes.get(id);
          dates.set(index++, own == null ? DateFormats.isBuiltInDate(id) : own);
        }
      }
      xml.finish();
    }
    return dates;
  }

  private static int id(XmlPart xml) {
    var id = xml.attribute("numFmtId");
    return id == null ? 0 : Integer.parseInt(id);
  }
}

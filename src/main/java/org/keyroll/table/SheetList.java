package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Names the visible sheets of a workbook without reading them. */
final class SheetList {

  private SheetList() {}

  static List<String> xlsx(Path file) throws IOException, XMLStreamException, UnreadableFile {
    try (var zip = ZipPackage.open(file)) {
      return XlsxWorkbook.of(zip).sheets().stream()
          .filter(XlsxWorkbook.Sheet::visible)
          .map(XlsxWorkbook.Sheet::name)
          .toList();
    }
  }

  /** The records before the first end of file are those of the workbook as a whole. */
  static List<String> xls(Path file) throws IOException {
    var names = new ArrayList<String>();
    try (var ole2 = new POIFSFileSystem(file.toFile(), true);
        var stream = ole2.createDocumentInputStream("Workbook")) {
      var records = new RecordFactoryInputStream(stream, false);
      for (var record = records.nextRecord();
          record != null && !(record instanceof EOFRecord);
          record = records.nextRecord()) {
        if (record instanceof BoundSheetRecord sheet && !sheet.isHidden()) {
          names.add(sheet.getSheetname());
        }
      }
    }
    return names;
  }

  static List<String> ods(Path file) throws Exception {
    var names = new ArrayList<String>();
    try (var source = OdsSource.open(file, ReadOptions.detect())) {
      for (var name = source.nextSheet(); name != null; name = source.nextSheet()) {
        names.add(name);
      }
    }
    return names;
  }
}

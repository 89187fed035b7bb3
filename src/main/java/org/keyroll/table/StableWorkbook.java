package org.keyroll.table;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A streamed workbook whose bytes depend on nothing but its content. POI does this only when the
 * process was started with SOURCE_DATE_EPOCH; here the times of the zip entries and the properties
 * are fixed in any process.
 */
final class StableWorkbook extends SXSSFWorkbook {

  /** Rows kept in memory; the rest waits in a temporary file. */
  private static final int WINDOW = 100;

  StableWorkbook(XSSFWorkbook template, WorkbookInfo info) {
    super(template, WINDOW);
    describe(template, info);
  }

  /** Sets the properties of a workbook; none tells when it was written. */
  static void describe(XSSFWorkbook workbook, WorkbookInfo info) {
    var properties = workbook.getProperties();
    var core = properties.getCoreProperties();
    core.setTitle(info.title());
    core.setCreator(info.creator());
    core.setLastModifiedByUser(info.creator());
    var created = Optional.of(Date.from(info.created()));
    core.setCreated(created);
    core.setModified(created);
    properties.getExtendedProperties().getUnderlyingProperties().setApplication("Keyroll");
  }

  @Override
  protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
    var zip =
        new ZipArchiveOutputStream(out) {
          @Override
          public void putArchiveEntry(ZipArchiveEntry entry) throws IOException {
            // Read in the default time zone and written in it again, so the zone drops out.
            entry.setTime(
                StableZip.ENTRY_TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli());
            super.putArchiveEntry(entry);
          }
        };
    zip.setUseZip64(Zip64Mode.AsNeeded);
    return zip;
  }
}

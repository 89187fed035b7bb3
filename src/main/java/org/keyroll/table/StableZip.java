package org.keyroll.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Packs an archive again so that its bytes tell nothing of when it was packed. */
final class StableZip {

  /** A local time, which is what zip keeps, that no time zone skipped. */
  static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2000, 1, 1, 12, 0);

  private StableZip() {}

  static void copy(Path archive, OutputStream out) throws IOException {
    try (var from = new ZipFile(archive.toFile())) {
      var to = new ZipOutputStream(out);
      for (var entries = from.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(ENTRY_TIME);
        to.putNextEntry(copy);
        try (var in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
        to.closeEntry();
      }
      to.finish();
    }
  }
}

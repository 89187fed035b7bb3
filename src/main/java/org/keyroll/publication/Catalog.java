package org.keyroll.publication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * All revisions of a programme: {@code catalog.json}, signed, in the folder that holds theirs. Who
 * has the last catalog sees that an older revision is not the one in force.
 *
 * @param current number of the revision in force
 */
record Catalog(String programme, long current, List<Line> revisions) {
  static final String NAME = "catalog.json";
  static final String KEY = "key.pem";

  /**
   * A revision.
   *
   * @param asOf business date, ISO 8601
   * @param units units on the list
   * @param manifest SHA-256 of its {@code manifest.json}
   */
  record Line(long revision, String folder, String asOf, long units, String manifest) {}

  /**
   * Puts it in place of the one before, with signature and key; nothing is written where it stands
   * there already. Each file is replaced whole; a cut between them is mended by the next call.
   */
  void write(Path published, SigningKey key) throws IOException {
    var bytes = Json.bytes(this);
    replace(published, KEY, key.published().pem().getBytes(StandardCharsets.US_ASCII));
    replace(published, NAME + RevisionFolder.SIGNATURE, key.sign(bytes));
    replace(published, NAME, bytes);
  }

  private static void replace(Path folder, String name, byte[] bytes) throws IOException {
    var file = folder.resolve(name);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    var draft = folder.resolve("." + name);
    Files.write(draft, bytes);
    RevisionFolder.force(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    RevisionFolder.force(folder);
  }
}

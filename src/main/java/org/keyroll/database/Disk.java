package org.keyroll.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on a disk. */
final class Disk {

  private Disk() {}

  /**
   * Refuses a disk with less than so many bytes to use.
   *
   * @throws DatabaseUnavailable naming what is free and what is needed
   */
  static void mustHave(long bytes, Path directory) throws IOException, DatabaseUnavailable {
    var usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < bytes) {
      throw new DatabaseUnavailable(
          "The disk of %s has %d MiB free and the database needs at least %d MiB; free some space or name a home on another disk with --home."
              .formatted(directory, usable >> 20, bytes >> 20));
    }
  }
}

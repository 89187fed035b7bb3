package org.keyroll.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of all deliveries, read-only, each under its SHA-256. */
final class Originals {
  private final Path folder;

  Originals(Path home) {
    this.folder = home.resolve("deliveries");
  }

  /** SHA-256 of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    var buffer = new byte[1 << 16];
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // the digest sees what is read
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  Path of(String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /**
   * Keeps a copy of a file; does nothing when it is kept already.
   *
   * @return the SHA-256 of what was kept, taken from the copy: a file that changes while it is
   *     copied is kept as what was copied
   */
  String keep(Path file) throws IOException {
    var sha256 = sha256(file);
    if (Files.exists(of(sha256))) {
      return sha256;
    }
    Files.createDirectories(folder);
    var copy = Files.createTempFile(folder, "arriving", null);
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      var copied = sha256(copy);
      var kept = of(copied);
      Files.createDirectories(kept.getParent());
      if (!copy.toFile().setReadOnly()) {
        throw new IOException("cannot make " + copy + " read-only");
      }
      Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
      return copied;
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}

package org.keyroll.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The bytes of all deliveries, read-only, each under its SHA-256. */
final class Originals {
  private static final String ARRIVING = "arriving";

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

  /** A file changed while it was read. */
  static final class StillArriving extends IOException {
    private static final long serialVersionUID = 1L;

    StillArriving() {
      super(
          "has changed while it was read and is taken for still arriving; the next run looks again");
    }
  }

  /** Takes away copies that a run was cut off in; call only while no other run is at work. */
  void sweep() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var left = Files.newDirectoryStream(folder, ARRIVING + "*")) {
      for (var file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of deliveries cannot be cleared: " + folder, e);
    }
  }

  /**
   * Keeps a copy of a file; does nothing when it is kept already. When this returns, the bytes and
   * their name are on the disk.
   *
   * @return the SHA-256 of what was kept, taken from the copy
   * @throws StillArriving when the file changes meanwhile
   */
  String keep(Path file) throws IOException {
    var before = state(file);
    var sha256 = sha256(file);
    if (Files.exists(of(sha256))) {
      unchanged(before, file);
      return sha256;
    }
    Files.createDirectories(folder);
    var copy = Files.createTempFile(folder, ARRIVING, null);
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      force(copy, StandardOpenOption.WRITE);
      unchanged(before, file);
      if (!sha256(copy).equals(sha256)) {
        throw new StillArriving();
      }
      var kept = of(sha256);
      Files.createDirectories(Objects.requireNonNull(kept.getParent()));
      if (!copy.toFile().setReadOnly()) {
        throw new IOException("cannot make " + copy + " read-only");
      }
      Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
      force(Objects.requireNonNull(kept.getParent()), StandardOpenOption.READ);
      force(folder, StandardOpenOption.READ);
      return sha256;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Size and time of change. */
  private record State(long size, FileTime modified) {}

  private static State state(Path file) throws IOException {
    return new State(Files.size(file), Files.getLastModifiedTime(file));
  }

  private static void unchanged(State before, Path file) throws IOException {
    if (!state(file).equals(before)) {
      throw new StillArriving();
    }
  }

  /** Brings a file, or the names in a folder, onto the disk. */
  static void force(Path path, StandardOpenOption option) throws IOException {
    try (var channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}

package org.keyroll.publication;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.keyroll.publication.Manifest.FileLine;

/** A revision on its way to the disk: written, flushed, then renamed as a whole. */
final class RevisionFolder {
  /** Ends the name of a file that holds the signature of the file before it. */
  static final String SIGNATURE = ".sig";

  static final String DEPARTMENTS = "departments/";
  private static final String STAGING = ".staging";

  private final Path staging;
  private final Map<String, Callable<FileLine>> contents = new TreeMap<>();

  /** Writes the rows of a file and returns how many they were. */
  @FunctionalInterface
  interface Content {
    long write(OutputStream out) throws IOException;
  }

  /**
   * Clears away what an earlier, cut-off try has left.
   *
   * @param published folder of the programme's revisions
   * @param current the revision in force: folders after it were never committed
   */
  static void sweep(Path published, long current) throws IOException {
    Files.createDirectories(published);
    try (var folders = Files.list(published)) {
      for (var folder : folders.toList()) {
        var name = folder.getFileName().toString();
        if (name.equals(STAGING)
            || name.matches("revision-\\d+")
                && Long.parseLong(name.substring("revision-".length())) > current) {
          delete(folder);
        }
      }
    }
  }

  /** One that gets its name among the revisions of a programme when it is whole. */
  static RevisionFolder staged(Path published) throws IOException {
    return new RevisionFolder(Files.createDirectories(published.resolve(STAGING)));
  }

  /**
   * @param staging an empty folder
   */
  RevisionFolder(Path staging) {
    this.staging = staging;
  }

  /** Names a file of the revision; it is written with all others. */
  void add(String path, String audience, Content content) {
    if (contents.put(path, () -> write(path, audience, content)) != null) {
      throw new IllegalArgumentException("two files of a revision have the path " + path);
    }
  }

  /** Writes a file at once, as what it tells of others wants it. */
  FileLine write(String path, String audience, Content content) throws IOException {
    var file = staging.resolve(path);
    Files.createDirectories(file.getParent());
    var digest = sha256();
    long rows;
    try (var out =
        new DigestOutputStream(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), digest)) {
      rows = content.write(out);
    }
    force(file);
    return new FileLine(
        path, Files.size(file), HexFormat.of().formatHex(digest.digest()), audience, rows);
  }

  /**
   * Writes all files named and flushes them to the disk, on as many threads as the machine runs:
   * each file's bytes depend on its content alone.
   *
   * @return the files in order of their paths
   */
  List<FileLine> write() throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      var written = new ArrayList<FileLine>();
      for (var line : threads.invokeAll(contents.values())) {
        written.add(line.get());
      }
      return written;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a file of the revision could not be made", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Puts in the manifest, signed, and for each department what shows that its files belong to the
   * revision, and flushes all to the disk.
   *
   * @return SHA-256 of the manifest
   */
  String seal(Manifest manifest, SigningKey key) throws IOException {
    var bytes = manifest.bytes();
    var sha256 = HexFormat.of().formatHex(sha256().digest(bytes));
    put(Manifest.NAME, bytes);
    put(Manifest.NAME + SIGNATURE, key.sign(bytes));
    var seal = Json.bytes(Seal.of(manifest, sha256));
    var signature = key.sign(seal);
    var tree = Seal.tree(manifest.files());
    for (var department : departments(manifest.files())) {
      var folder = DEPARTMENTS + department;
      put(folder + "/" + Seal.NAME, seal);
      put(folder + "/" + Seal.NAME + SIGNATURE, signature);
      put(
          folder + "/" + Seal.Proof.NAME,
          Json.bytes(Seal.proof(department, folder, manifest.files(), tree)));
    }
    forceFolders(staging);
    return sha256;
  }

  /** Gives the folder its name, as a whole. */
  void move(Path to) throws IOException {
    Files.move(staging, to, StandardCopyOption.ATOMIC_MOVE);
    force(Objects.requireNonNull(to.getParent()));
  }

  private void put(String path, byte[] bytes) throws IOException {
    var file = staging.resolve(path);
    Files.write(file, bytes);
    force(file);
  }

  /** The departments that files are for. */
  static SortedSet<String> departments(List<FileLine> files) {
    var departments = new TreeSet<String>();
    for (var file : files) {
      if (file.path().startsWith(DEPARTMENTS)) {
        departments.add(
            file.path()
                .substring(DEPARTMENTS.length(), file.path().indexOf('/', DEPARTMENTS.length())));
      }
    }
    return departments;
  }

  private static void forceFolders(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        force(path);
      }
    }
  }

  static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

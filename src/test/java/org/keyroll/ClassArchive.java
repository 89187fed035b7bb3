package org.keyroll;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.keyroll.cli.Keyroll;

/**
 * The class archive of the commands that tests run: with it they start in half the time, as they do
 * for a user. The JVM keeps one for jars only, so the classes under test are put into a jar. The
 * first night that ends records the archive.
 */
final class ClassArchive {
  private static final Path CLASSES = classes();
  private static final Path JAR = jar();
  private static final Path ARCHIVE = JAR.resolveSibling("classes.jsa");
  private static final Path RECORDING =
      JAR.resolveSibling("recording-" + ProcessHandle.current().pid() + ".jsa");

  private ClassArchive() {}

  /** The class path and the archive, if there is one yet. */
  static List<String> options() {
    var options = new ArrayList<>(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    if (Files.exists(ARCHIVE)) {
      options.add("-XX:SharedArchiveFile=" + ARCHIVE);
    }
    var path = new ArrayList<>(List.of(JAR.toString()));
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        path.add(entry);
      }
    }
    options.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
    return options;
  }

  /** The options of a command's JVM, and that it shall record the archive if there is none. */
  static List<String> recording(List<String> jvm, String... arguments) {
    if (!jvm.isEmpty() || Files.exists(ARCHIVE) || !Arrays.asList(arguments).contains("nightly")) {
      return jvm;
    }
    return List.of("-XX:ArchiveClassesAtExit=" + RECORDING);
  }

  /** Takes over what a command has recorded that came to its end. */
  static void recorded() throws IOException {
    if (Files.exists(RECORDING)) {
      Files.move(RECORDING, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Path classes() {
    try {
      return Path.of(Keyroll.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A jar of the classes as they are now, in a folder that is named by when they were made. */
  private static Path jar() {
    try {
      var files = new ArrayList<Path>();
      long newest = 0;
      try (var paths = Files.walk(CLASSES)) {
        for (var path : paths.sorted().toList()) {
          files.add(path);
          newest = Math.max(newest, Files.getLastModifiedTime(path).toMillis());
        }
      }
      var folder =
          Files.createDirectories(
              CLASSES.resolveSibling("commands").resolve(newest + "-" + files.size()));
      var jar = folder.resolve("classes.jar");
      // Two JVMs run tests at a time.
      try (var lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        if (!Files.exists(jar)) {
          var part = folder.resolve("classes.part");
          write(files, part);
          Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders have entries too: Spring looks for classes and resources by them. */
  private static void write(List<Path> files, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(0);
      for (var file : files) {
        if (file.equals(CLASSES)) {
          continue;
        }
        var folder = Files.isDirectory(file);
        out.putNextEntry(new JarEntry(CLASSES.relativize(file) + (folder ? "/" : "")));
        if (!folder) {
          Files.copy(file, out);
        }
        out.closeEntry();
      }
    }
  }
}

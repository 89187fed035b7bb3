package org.keyroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a JVM of its own, on the samples, as a person would. */
public final class Homes {
  public static final String FIRST = "2026-11-02";
  public static final String SECOND = "2026-11-03";

  private Homes() {}

  /** How a command ended. */
  public record Ended(int code, String out, String err) {}

  /** The inbox of one night of the samples. */
  public static Path inbox(String night) {
    return Path.of("input-samples", "counter-espionage", night).toAbsolutePath();
  }

  /**
   * The command, ready to be started; of the first programme, unless the arguments name one or a
   * folder of programmes.
   */
  public static ProcessBuilder command(List<String> jvm, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dsun.jnu.encoding=UTF-8");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dkeyroll.mariadb.base=" + System.getProperty("keyroll.mariadb.base"));
    command.addAll(jvm);
    command.addAll(ClassArchive.options());
    command.add("org.keyroll.cli.Keyroll");
    command.addAll(Arrays.asList(arguments));
    if (!command.contains("--programme") && !command.contains("--jobs")) {
      command.addAll(List.of("--programme", "counter-espionage"));
    }
    return new ProcessBuilder(command);
  }

  /** Runs a command to its end. */
  public static Ended run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(), arguments);
  }

  /** Runs a command to its end with options for its JVM. */
  public static Ended run(List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("keyroll", ".out");
    var err = Files.createTempFile("keyroll", ".err");
    try {
      var process =
          command(ClassArchive.recording(jvm, arguments), arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after 3 minutes: " + List.of(arguments));
      }
      ClassArchive.recorded();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** One night on the samples. */
  public static Ended nightly(Path home, Path inbox, String asOf)
      throws IOException, InterruptedException {
    return run("nightly", "--home", home.toString(), "--inbox", inbox.toString(), "--as-of", asOf);
  }

  /** Path to SHA-256 of every published file but signatures, which no two homes have in common. */
  public static Map<String, String> published(Path home) throws IOException {
    var files = new TreeMap<String, String>();
    var folder = home.resolve("published");
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Homes::isWithoutKey).toList()) {
        try {
          var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
          files.put(folder.relativize(path).toString(), HexFormat.of().formatHex(digest));
        } catch (java.security.NoSuchAlgorithmException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return files;
  }

  private static boolean isWithoutKey(Path path) {
    var name = path.getFileName().toString();
    return Files.isRegularFile(path) && !name.endsWith(".sig") && !name.equals("key.pem");
  }

  /** Copies a folder with all that is in it, over what is there. */
  public static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** A kind of export as text. */
  public static String export(Path home, String what) throws IOException, InterruptedException {
    var ended = run("export", what, "--home", home.toString());
    if (ended.code() != 0) {
      throw new IllegalStateException(ended.err());
    }
    return ended.out();
  }

  /**
   * Holds the sum of each unit's contributions against its score.
   *
   * @return how many units have one
   */
  static int contributionsAddUp(String contributions, String assessments) throws IOException {
    var sums = new TreeMap<String, Double>();
    for (var row : rows(contributions)) {
      sums.merge(row.get(0), Double.valueOf(row.get(5)), Double::sum);
    }
    int units = 0;
    for (var row : rows(assessments)) {
      if (!row.get(3).isEmpty()) {
        double score = Double.parseDouble(row.get(3));
        assertThat(sums.get(row.get(0)))
            .as(row.get(0))
            .isCloseTo(score, within(1e-12 * Math.abs(score)));
        units++;
      }
    }
    return units;
  }

  /** Rows of a csv text, without the headings. */
  public static List<List<String>> rows(String csv) throws IOException {
    var rows = new ArrayList<List<String>>();
    try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder().ofCsvRecord(csv)) {
      reader.forEach(r -> rows.add(List.copyOf(r.getFields())));
    }
    return rows.subList(1, rows.size());
  }
}

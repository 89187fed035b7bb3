package org.keyroll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs the real command in a JVM of its own, with the launcher's options, and watches it. */
final class Command {
  private static final Pattern COLLECTION = Pattern.compile("([0-9]+)M->([0-9]+)M\\(([0-9]+)M\\)");
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

  private final Path launcher;
  private final Path folder;

  /**
   * @param launcher of the release folder to run from
   * @param folder where logs go
   */
  Command(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  /**
   * What a command took.
   *
   * @param heap most megabytes in use when the collector began; 0 where it never did
   * @param live most megabytes that a collection left
   * @param resident most megabytes of memory of the whole process
   * @param load the machine's load average as it ended: others may have slowed it
   */
  record Taken(double seconds, long heap, long live, long resident, String load) {}

  /** As {@link #with}, with no option. */
  Taken run(String name, String... arguments) throws IOException, InterruptedException {
    return with("", name, arguments);
  }

  /**
   * Runs a command to its end.
   *
   * @param option of the JVM
   * @throws IllegalStateException if it fails
   */
  Taken with(String option, String name, String... arguments)
      throws IOException, InterruptedException {
    var collections = folder.resolve(name + ".gc.log");
    var output = folder.resolve(name + ".out");
    var words = new ArrayList<String>();
    words.add(launcher.toString());
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    var own = System.getProperty("bench.options", "").replace("{name}", name);
    builder
        .environment()
        .put("KEYROLL_OPTS", String.join(" ", "-Xlog:gc:file=" + collections, option, own));
    long start = System.nanoTime();
    var process = builder.start();
    long resident = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      resident = Math.max(resident, resident(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s"
              .formatted(String.join(" ", words), process.exitValue(), Files.readString(output)));
    }
    long heap = 0;
    long live = 0;
    for (var line : Files.readAllLines(collections)) {
      var sizes = COLLECTION.matcher(line);
      if (sizes.find()) {
        heap = Math.max(heap, Long.parseLong(sizes.group(1)));
        live = Math.max(live, Long.parseLong(sizes.group(2)));
      }
    }
    return new Taken(seconds, heap, live, resident, load());
  }

  private static long resident(long process) {
    try {
      var peak = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) / 1024 : 0;
    } catch (IOException e) {
      return 0; // it has just ended
    }
  }

  static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    } catch (IOException e) {
      return String.format(Locale.ROOT, "?");
    }
  }
}

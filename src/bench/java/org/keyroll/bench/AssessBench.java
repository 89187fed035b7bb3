package org.keyroll.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.keyroll.database.Database;

/**
 * Measures assessing by the real command, beside the yardstick of {@link NightBench}: units of 30
 * indicators, by turns on a min-max scale, percentile ranks and z-scores of the population; first
 * all, then with 1 % of the units changed; and {@code keyroll sensitivity} with 1,000 draws.
 *
 * <p>Arguments are numbers of units, 200000 unless given; {@code sensitivity} among them measures
 * that too, of up to 100,000 units, and {@code adjust} what the list takes after each assessment,
 * and after one by another policy, whose causes are found by assessing all by the old one. {@code
 * -Dbench.launcher=FILE} takes another launcher than that of the built checkout; {@code
 * -Dbench.options} as for {@link NightBench}.
 */
public final class AssessBench {
  private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
  private static final String JOBS = Path.of("src/bench/assess").toAbsolutePath().toString();
  private static final int INDICATORS = 30;
  private static final String DRAWS = "1000";

  private final Command command;
  private String jobs = JOBS;

  private AssessBench(Path launcher) {
    this.command = new Command(launcher, FOLDER);
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    var words = args.length == 0 ? List.of("200000") : List.of(args);
    var given = System.getProperty("bench.launcher");
    var launcher = given == null ? NightBench.release().resolve("keyroll") : Path.of(given);
    if (given == null) {
      System.setProperty(
          "keyroll.mariadb.base", launcher.resolveSibling("target/mariadb").toString());
    }
    var bench = new AssessBench(launcher);
    System.out.println(
        "work | wall s | step s | ratio of the step | heap M | live M | RSS M | load");
    for (var word : words) {
      if (Character.isDigit(word.charAt(0))) {
        bench.units(Long.parseLong(word), words.contains("sensitivity"), words.contains("adjust"));
      }
    }
  }

  private void units(long units, boolean sensitivity, boolean adjust) throws Exception {
    var first = file(units, false);
    var second = file(units, true);
    var home = NightBench.fresh("home-assess-" + units);
    try (var database = Database.open(home, null, sentence -> {})) {
      double yardstick;
      try (var connection = NightBench.connect(database)) {
        var csv = NightBench.registry(units, "csv", false);
        yardstick = NightBench.yardstick(connection, csv);
      }
      print("yardstick, %,d rows".formatted(units), yardstick, 0, 1, null);
      run(home, "ingest", "units", first.toString());
      assess(
          database,
          home,
          "assess %,d × %d, all".formatted(units, INDICATORS),
          "2026-11-02",
          yardstick);
      if (adjust) {
        step(database, home, "adjust", "found the list", "2026-11-02", yardstick);
        run(home, "publish", "--as-of", "2026-11-02");
      }
      run(home, "ingest", "units", second.toString(), "--as-of", "2026-11-03");
      assess(database, home, "assess %,d, 1 %% changed".formatted(units), "2026-11-03", yardstick);
      assess(
          database, home, "assess %,d, nothing changed".formatted(units), "2026-11-03", yardstick);
      if (adjust) {
        step(database, home, "adjust", "adjust after 1 %", "2026-11-03", yardstick);
        run(home, "publish", "--as-of", "2026-11-03");
        jobs = otherPolicy();
        assess(database, home, "assess by another policy", "2026-11-04", yardstick);
        step(database, home, "adjust", "adjust by another policy", "2026-11-04", yardstick);
        jobs = JOBS;
      }
      if (sensitivity) {
        var taken = run(home, "sensitivity", "--draws", DRAWS, "--format", "csv");
        print(
            "sensitivity, %s draws of %,d units".formatted(DRAWS, units),
            taken.seconds(),
            0,
            0,
            taken);
      }
    }
  }

  private void assess(Database database, Path home, String work, String asOf, double yardstick)
      throws Exception {
    step(database, home, "assess", work, asOf, yardstick);
  }

  /** The same indicators with an easier line. */
  private static String otherPolicy() throws IOException {
    var copy = FOLDER.resolve("assess-other");
    NightBench.delete(copy);
    try (var files = Files.walk(Path.of(JOBS))) {
      for (var file : files.toList()) {
        var to = copy.resolve(Path.of(JOBS).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.writeString(
              to,
              Files.readString(file)
                  .replace("enter: 0.55, leave: 0.53", "enter: 0.54, leave: 0.52"));
        }
      }
    }
    return copy.toString();
  }

  private void step(
      Database database, Path home, String job, String work, String asOf, double yardstick)
      throws Exception {
    var taken = run(home, job, "--as-of", asOf);
    try (var connection = NightBench.connect(database)) {
      double step = NightBench.lastStep(connection, job);
      print(work, taken.seconds(), step, step / yardstick, taken);
    }
  }

  private Command.Taken run(Path home, String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(words));
    if (!all.contains("--as-of") && words[0].equals("ingest")) {
      all.addAll(List.of("--as-of", "2026-11-02"));
    }
    all.addAll(List.of("--jobs", jobs, "--home", home.toString()));
    return command.run("assess-bench-" + words[0], all.toArray(String[]::new));
  }

  private static void print(
      String work,
      double wall,
      double step,
      double ratio,
      Command.@org.jspecify.annotations.Nullable Taken taken) {
    System.out.printf(
        Locale.ROOT,
        "%s | %.2f | %s | %s | %s%n",
        work,
        wall,
        step == 0 ? "" : String.format(Locale.ROOT, "%.2f", step),
        ratio == 0 ? "" : String.format(Locale.ROOT, "%.2f", ratio),
        taken == null
            ? " |  |  | " + Command.load()
            : "%d | %d | %d | %s"
                .formatted(taken.heap(), taken.live(), taken.resident(), taken.load()));
  }

  /** The same rows on every machine; 2 % of the cells are empty, and the second has 1 % changed. */
  private static Path file(long units, boolean second) throws IOException {
    var file = FOLDER.resolve("data").resolve("units-%d-%d.csv".formatted(units, second ? 2 : 1));
    if (Files.exists(file)) {
      return file;
    }
    Files.createDirectories(file.getParent());
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      out.write("code,name");
      for (int i = 1; i <= INDICATORS; i++) {
        out.write(String.format(Locale.ROOT, ",i%02d", i));
      }
      out.write("\n");
      var line = new StringBuilder();
      for (long unit = 0; unit < units; unit++) {
        boolean changed = second && unit % 100 == 37;
        var random = new SplittableRandom(unit * 2 + (changed ? 1 : 0));
        line.setLength(0);
        line.append("C").append(1_000_000_000L + unit).append(",Unit ").append(unit);
        for (int i = 0; i < INDICATORS; i++) {
          line.append(',');
          if (random.nextInt(50) != 0) {
            // Skewed, as sizes are, and with three decimals.
            double value = random.nextDouble() * random.nextDouble() * 1000 * (i + 1);
            line.append((long) value).append('.').append((long) (value * 1000) % 1000);
          }
        }
        out.append(line.append('\n'));
      }
    }
    return Files.move(part, file);
  }
}

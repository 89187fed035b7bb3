package org.keyroll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordingFile;
import org.keyroll.database.Database;
import org.keyroll.matching.Stage;

/**
 * Measures how long it takes to say which rows of two sources of equal size speak of the same
 * organisation, and how well it is said: of {@link TwoSources}, taken in and resolved by the real
 * commands. A second night has 1 % of the rows changed.
 *
 * <p>Arguments are numbers of rows of each source (100000 unless given). {@code
 * -Dbench.launcher=FILE} runs another launcher than the checkout's, {@code
 * -Dbench.recording=profile} records more than the parts, {@code -Dbench.statements=true} prints
 * the longest statements.
 */
public final class MatchBench {
  private static final Path FOLDER = Path.of("target/bench/match").toAbsolutePath();
  private static final Pattern COMPARED = Pattern.compile("compared +([0-9,]+) pairs");
  private static final Pattern WAIT = Pattern.compile("\n([0-9,]+) wait; ");
  private static final List<String> BY_RULES = List.of("identifiers", "names");

  private final Command command =
      new Command(
          Path.of(System.getProperty("bench.launcher", "keyroll")).toAbsolutePath(), FOLDER);

  private MatchBench() {}

  /** See the class. */
  public static void main(String... args) throws Exception {
    var bench = new MatchBench();
    for (var rows : args.length == 0 ? List.of("100000") : List.of(args)) {
      bench.nights(Long.parseLong(rows.replace("_", "")));
    }
  }

  private void nights(long rows) throws Exception {
    var home = FOLDER.resolve("home-" + rows);
    NightBench.delete(home);
    Files.createDirectories(home);
    try (var database = Database.open(home, null, sentence -> {})) {
      night(rows, home, database, false);
      night(rows, home, database, true);
    }
  }

  private void night(long rows, Path home, Database database, boolean second) throws Exception {
    var sources = new TwoSources(rows, second);
    var data = FOLDER.resolve("data").resolve(rows + (second ? "-2" : "-1"));
    var register = sources.register(data.resolve("register.csv"));
    var reports = sources.reports(data.resolve("reports.csv"));
    String[] where = {
      "--jobs",
      Path.of("src/bench/jobs").toAbsolutePath().toString(),
      "--programme",
      "match",
      "--home",
      home.toString(),
      "--as-of",
      second ? "2026-11-03" : "2026-11-02"
    };
    command.run("ingest", LinkQuality.with(where, "ingest", "register", register.toString()));
    command.run("ingest", LinkQuality.with(where, "ingest", "reports", reports.toString()));
    var name = "resolve-" + rows + (second ? "-2" : "-1");
    var recording = FOLDER.resolve(name + ".jfr");
    var statements =
        Boolean.getBoolean("bench.statements")
            ? new Statements(NightBench.connect(database))
            : null;
    var taken =
        command.with(
            "-XX:StartFlightRecording:settings=%s,dumponexit=true,filename=%s"
                .formatted(System.getProperty("bench.recording", "none"), recording),
            name,
            LinkQuality.with(where, "resolve"));
    if (statements != null) {
      statements.close();
    }
    var links = FOLDER.resolve("links.csv");
    command.run("export", LinkQuality.with(where, "export", "links", "-o", links.toString()));
    command.run("review", LinkQuality.with(where, "review", "list"));
    print(rows, second, taken, stages(recording), quality(sources, links), name);
    if (!second) {
      blocking(database);
    }
  }

  private static void blocking(Database database) throws SQLException {
    try (var connection = NightBench.connect(database);
        var statement = connection.createStatement();
        var rules =
            statement.executeQuery(
                "SELECT JSON_EXTRACT(model, '$.blocking[*].id') FROM match_model")) {
      while (rules.next()) {
        System.out.println("  blocking by " + rules.getString(1));
      }
    }
  }

  /** Seconds by part, in the order in which they began. */
  private static Map<String, Double> stages(Path recording) throws IOException {
    var stages = new LinkedHashMap<String, Double>();
    RecordingFile.readAllEvents(recording).stream()
        .filter(e -> e.getEventType().getName().equals(Stage.NAME))
        .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
        .forEach(
            e -> stages.merge(e.getString("part"), e.getDuration().toNanos() / 1e9, Double::sum));
    return stages;
  }

  /**
   * Of the reports without a code.
   *
   * @param all how many speak of a registered organisation
   * @param linked how many are linked, {@code right} of them to the one that they speak of
   */
  private record Quality(long all, long linked, long right) {}

  private static Quality quality(TwoSources sources, Path links) throws IOException {
    var unitOfCode = new java.util.HashMap<String, String>();
    var linked = new java.util.HashMap<String, String>();
    var rows = 0L;
    try (var csv = de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(links)) {
      for (var row : csv) {
        boolean register = row.getField("source").equals("register");
        rows += register ? 0 : 1;
        if (!row.getField("unit_id").isEmpty()) {
          (register ? unitOfCode : linked).put(row.getField("record_key"), row.getField("unit_id"));
        }
      }
    }
    long all = 0;
    long found = 0;
    long right = 0;
    for (long n = 0; n < rows; n++) {
      if (sources.givesCode(n)) {
        continue;
      }
      long of = sources.unit(n);
      var unit = linked.get(TwoSources.key(n));
      all += of < 0 ? 0 : 1;
      found += unit == null ? 0 : 1;
      right += unit != null && of >= 0 && unit.equals(unitOfCode.get(Registry.code(of))) ? 1 : 0;
    }
    return new Quality(all, found, right);
  }

  private static void print(
      long rows,
      boolean second,
      Command.Taken taken,
      Map<String, Double> stages,
      Quality quality,
      String name)
      throws IOException {
    long pairs = number(COMPARED, FOLDER.resolve(name + ".out"));
    double byRules = BY_RULES.stream().mapToDouble(s -> stages.getOrDefault(s, 0.0)).sum();
    double all = stages.getOrDefault("resolve", 0.0);
    double comparing = stages.getOrDefault("compare", 0.0);
    var parts = new ArrayList<String>();
    stages.forEach((part, s) -> parts.add(String.format(Locale.ROOT, "%s %.1f", part, s)));
    System.out.printf(
        Locale.ROOT,
        "%s, %,d × %,d rows: wall %.1f s = rules %.1f + fuzzy %.1f + rest; %,d pairs compared,"
            + " %,.0f/s; without code %,d: linked %,d, precision %.4f, recall %.4f; %,d candidates;"
            + " heap %dM, live %dM, RSS %dM; load %s%n  %s%n",
        second ? "night with 1 % changed" : "first night",
        rows,
        rows,
        taken.seconds(),
        byRules,
        stages.getOrDefault("similar", 0.0),
        pairs,
        pairs / Math.max(comparing, 1e-3),
        quality.all(),
        quality.linked(),
        (double) quality.right() / quality.linked(),
        (double) quality.right() / quality.all(),
        number(WAIT, FOLDER.resolve("review.out")),
        taken.heap(),
        taken.live(),
        taken.resident(),
        taken.load(),
        String.join(" · ", parts) + String.format(Locale.ROOT, " · all %.1f", all));
  }

  private static long number(Pattern pattern, Path file) throws IOException {
    var found = pattern.matcher("\n" + Files.readString(file));
    return found.find() ? Long.parseLong(found.group(1).replace(",", "")) : 0;
  }
}

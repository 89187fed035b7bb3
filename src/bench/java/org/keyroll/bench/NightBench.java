package org.keyroll.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.Database;

/**
 * Measures whole nights beside a yardstick: {@code LOAD DATA LOCAL INFILE} of the same rows, as csv
 * from a file, into one table with an index, on the same server. The commands are the real ones,
 * started by the launcher from a copy of the build in {@code target/bench/release}; the server runs
 * throughout, because the bench keeps it open.
 *
 * <p>Arguments are forms (both unless given) and numbers of rows (100000 and 1000000 unless given);
 * {@code first} measures the first command on a built checkout. Run it from the checkout:
 *
 * <pre>
 * ./keyroll check
 * ./mvnw -q -ntp test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *   org.keyroll.bench.NightBench first 100000 1000000
 * </pre>
 *
 * <p>{@code -Dbench.options="…"} gives the measured JVMs further options, in which {@code {name}}
 * stands for the name of the night, such as a flight recording. {@code -Dbench.statements=true}
 * prints the longest statements of each night.
 */
public final class NightBench {
  private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
  private static final Path RELEASE = FOLDER.resolve("release");
  private static final String JOBS = Path.of("src/bench/jobs").toAbsolutePath().toString();
  private static final List<String> LINE =
      List.of(
          "work", "wall s", "job s", "ratio", "goal", "heap M", "live M", "RSS M", "load", "steps");

  private final Command command = new Command(RELEASE.resolve("keyroll"), FOLDER);
  private final List<List<String>> lines = new ArrayList<>();
  private final Map<String, Double> firstNights = new LinkedHashMap<>();

  private NightBench() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    var words = args.length == 0 ? List.of("first", "100000", "1000000") : List.of(args);
    var forms = words.stream().filter(List.of("xlsx", "csv")::contains).toList();
    release();
    System.setProperty("keyroll.mariadb.base", RELEASE.resolve("target/mariadb").toString());
    var bench = new NightBench();
    bench.lines.add(LINE);
    try {
      for (var word : words) {
        if (word.equals("first")) {
          bench.first();
        } else if (!forms.contains(word)) {
          bench.nights(
              Long.parseLong(word.replace("_", "")),
              forms.isEmpty() ? List.of("xlsx", "csv") : forms);
        }
      }
    } finally {
      bench.print();
    }
  }

  /** A copy of the build as a user has it before the first command. */
  static Path release() throws IOException {
    delete(RELEASE);
    Files.createDirectories(RELEASE);
    for (var part : List.of(Path.of("keyroll"), Path.of("target/keyroll.jar"))) {
      Files.copy(
          part,
          RELEASE.resolve(part.getFileName()),
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
    }
    return RELEASE;
  }

  private void first() throws Exception {
    var home = fresh("home-samples");
    var jobs = Path.of("jobs").toAbsolutePath().toString();
    for (var date : List.of("2026-11-02", "2026-11-03")) {
      boolean first = date.endsWith("2");
      var taken =
          command.run(
              "samples-" + date,
              "nightly",
              "--programme",
              "counter-espionage",
              "--jobs",
              jobs,
              "--home",
              home.toString(),
              "--inbox",
              Path.of("input-samples/counter-espionage", date).toAbsolutePath().toString(),
              "--as-of",
              date);
      var steps = Steps.NONE;
      try (var database = Database.open(home, null, sentence -> {});
          var connection = connect(database)) {
        steps = Steps.last(connection);
      }
      add(
          first
              ? "first command, samples to published list"
              : "second command, second night of them",
          taken,
          steps,
          null,
          first ? "≤ 15 s" : "");
    }
  }

  private void nights(long rows, List<String> forms) throws Exception {
    var size = rows % 1_000_000 == 0 ? rows / 1_000_000 + "M" : rows / 1000 + "k";
    for (var form : forms) {
      nights(rows, size, form);
    }
  }

  private void nights(long rows, String size, String form) throws Exception {
    var csv = registry(rows, "csv", false);
    var firstInbox = inbox(rows, form, false);
    var secondInbox = inbox(rows, form, true);
    var home = fresh("home-" + form + "-" + rows);
    try (var database = Database.open(home, null, sentence -> {})) {
      double yardstick;
      try (var connection = connect(database)) {
        yardstick = yardstick(connection, csv);
      }
      lines.add(
          List.of(
              "yardstick, " + size + " rows",
              seconds(yardstick),
              "",
              "1.00",
              "",
              "",
              "",
              "",
              Command.load(),
              ""));
      var name = form + "-" + size;
      double first =
          night(
              "first night, " + name,
              database,
              home,
              firstInbox,
              "2026-11-02",
              yardstick,
              form.equals("xlsx") ? "≤ 8" : "≤ 6");
      night(
          "next night, 1 % changed, " + name,
          database,
          home,
          secondInbox,
          "2026-11-03",
          yardstick,
          "≤ 3");
      night(
          "next night, same files, " + name,
          database,
          home,
          secondInbox,
          "2026-11-04",
          yardstick,
          "≤ 0.3");
      firstNights.put(name, first);
    }
    var small = firstNights.get(form + "-1M");
    if (rows == 10_000_000 && small != null) {
      System.out.printf(
          Locale.ROOT,
          "first night, %s: 10,000,000 rows take %.1f times as long as 1,000,000; goal ≤ 11%n",
          form,
          firstNights.getOrDefault(form + "-10M", 0.0) / small);
    }
  }

  private double night(
      String work,
      Database database,
      Path home,
      Path inbox,
      String asOf,
      double yardstick,
      String goal)
      throws Exception {
    var taken = watched(database, work, home, inbox, asOf);
    try (var connection = connect(database)) {
      add(work, taken, Steps.last(connection), yardstick, goal);
    }
    return taken.seconds();
  }

  private Command.Taken watched(Database database, String work, Path home, Path inbox, String asOf)
      throws Exception {
    if (!Boolean.getBoolean("bench.statements")) {
      return run(work, home, inbox, asOf);
    }
    var statements = new Statements(connect(database));
    try {
      return run(work, home, inbox, asOf);
    } finally {
      statements.close();
    }
  }

  private Command.Taken run(String work, Path home, Path inbox, String asOf)
      throws IOException, InterruptedException {
    return command.run(
        work.replaceAll("[^A-Za-z0-9]+", "-"),
        "nightly",
        "--programme",
        "bench",
        "--jobs",
        JOBS,
        "--home",
        home.toString(),
        "--inbox",
        inbox.toString(),
        "--as-of",
        asOf);
  }

  private void add(
      String work, Command.Taken taken, Steps steps, @Nullable Double yardstick, String goal) {
    lines.add(
        List.of(
            work,
            seconds(taken.seconds()),
            seconds(steps.job()),
            yardstick == null
                ? ""
                : String.format(Locale.ROOT, "%.2f", taken.seconds() / yardstick),
            goal,
            Long.toString(taken.heap()),
            Long.toString(taken.live()),
            Long.toString(taken.resident()),
            taken.load(),
            steps.text()));
    System.err.println(String.join(" | ", lines.get(lines.size() - 1)));
  }

  static Path registry(long rows, String form, boolean second) throws IOException {
    var folder = FOLDER.resolve("data").resolve(Long.toString(rows));
    var file = folder.resolve(form + (second ? "-2" : "-1")).resolve("registry." + form);
    var registry = new Registry(rows, second);
    return form.equals("csv")
        ? RegistryFiles.csv(file, registry)
        : RegistryFiles.xlsx(file, registry);
  }

  private static Path inbox(long rows, String form, boolean second) throws IOException {
    var inbox = registry(rows, form, second).resolveSibling("");
    RegistryFiles.incidents(inbox.resolve("incidents.csv"), rows, second);
    return inbox;
  }

  /** Seconds that a step took when it last ran. */
  static double lastStep(Connection connection, String step) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT TIMESTAMPDIFF(MICROSECOND, START_TIME, END_TIME) / 1e6"
                + " FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = ?"
                + " ORDER BY STEP_EXECUTION_ID DESC LIMIT 1")) {
      statement.setString(1, step);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getDouble(1);
      }
    }
  }

  /** Seconds, the median of three. */
  static double yardstick(Connection connection, Path csv) throws SQLException, IOException {
    var seconds = new double[3];
    for (int round = 0; round < seconds.length; round++) {
      try (var statement = connection.createStatement();
          var rows = Files.newInputStream(csv)) {
        statement.execute(
            "CREATE OR REPLACE TABLE bench_yardstick ("
                + "row_no INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                + " credit_code VARCHAR(40), name VARCHAR(191), former_name VARCHAR(191),"
                + " nature VARCHAR(40), industry VARCHAR(40), region VARCHAR(40),"
                + " address VARCHAR(191), supervisor VARCHAR(40), established VARCHAR(40),"
                + " staff VARCHAR(40), KEY (credit_code))");
        long start = System.nanoTime();
        statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(rows);
        statement.execute(
            "LOAD DATA LOCAL INFILE 'rows' INTO TABLE bench_yardstick CHARACTER SET utf8mb4"
                + " FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY ''"
                + " LINES TERMINATED BY '\\r\\n' IGNORE 1 LINES (credit_code, name, former_name,"
                + " nature, industry, region, address, supervisor, established, staff)");
        seconds[round] = (System.nanoTime() - start) / 1e9;
        statement.execute("DROP TABLE bench_yardstick");
      }
    }
    Arrays.sort(seconds);
    return seconds[1];
  }

  static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  static Path fresh(String name) throws IOException {
    var home = FOLDER.resolve(name);
    delete(home);
    return home;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  // What was received is kept read-only, folders too.
                  if (Files.isDirectory(file)) {
                    file.toFile().setWritable(true);
                  }
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  private void print() {
    int last = LINE.size() - 1;
    for (var line : lines) {
      var text = new StringBuilder();
      for (int c = 0; c < last; c++) {
        int width = 0;
        for (var other : lines) {
          width = Math.max(width, other.get(c).length());
        }
        var format = c == 0 ? "%-" + width + "s" : "  %" + width + "s";
        text.append(String.format(Locale.ROOT, format, line.get(c)));
      }
      System.out.println(text.append("  ").append(line.get(last)));
    }
  }

  /**
   * Where the time of the last job went.
   *
   * @param text seconds by step
   */
  private record Steps(double job, String text) {
    static final Steps NONE = new Steps(0, "");

    static Steps last(Connection connection) throws SQLException {
      var text = new ArrayList<String>();
      double job = 0;
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT s.STEP_NAME,"
                      + " TIMESTAMPDIFF(MICROSECOND, s.START_TIME, s.END_TIME) / 1e6,"
                      + " TIMESTAMPDIFF(MICROSECOND, j.START_TIME, j.END_TIME) / 1e6"
                      + " FROM BATCH_STEP_EXECUTION s JOIN BATCH_JOB_EXECUTION j"
                      + " USING (JOB_EXECUTION_ID) WHERE s.STEP_NAME NOT LIKE '%:%'"
                      + " AND JOB_EXECUTION_ID = (SELECT MAX(JOB_EXECUTION_ID)"
                      + " FROM BATCH_JOB_EXECUTION) ORDER BY s.STEP_EXECUTION_ID")) {
        while (rows.next()) {
          text.add(rows.getString(1) + " " + seconds(rows.getDouble(2)));
          job = rows.getDouble(3);
        }
      }
      return new Steps(job, String.join(" · ", text));
    }
  }
}

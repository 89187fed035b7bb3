package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** The command line in this JVM, on a home whose database stays open between commands. */
final class Shell implements AutoCloseable {
  private final Path home;
  private final Database database;
  private Path jobs;
  private String programme;

  Shell(Path home, Path jobs, String programme) throws Exception {
    this.home = home;
    this.jobs = jobs;
    this.programme = programme;
    this.database = Database.open(home, null, line -> {});
  }

  /** From now on, commands are about this programme. */
  void use(Path otherJobs, String otherProgramme) {
    jobs = otherJobs;
    programme = otherProgramme;
  }

  /** Runs a command to its end, whatever that is. */
  Ended attempt(String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--jobs", jobs.toString(), "--programme", programme, "--home", home.toString()));
    return keyroll(arguments.toArray(String[]::new));
  }

  /** Runs a command line as it is. */
  static Ended keyroll(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = Keyroll.run(console, arguments);
    console.flush();
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must end well and returns what it printed. */
  String run(String... command) {
    var ended = attempt(command);
    assertThat(ended.code()).as(String.join(" ", command) + "\n" + ended.err()).isZero();
    return ended.out();
  }

  /** Rows of an export. */
  List<NamedCsvRecord> export(String what) throws Exception {
    return rows(run("export", what));
  }

  /** Rows of a csv text. */
  static List<NamedCsvRecord> rows(String csv) throws Exception {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      return reader.stream().toList();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}

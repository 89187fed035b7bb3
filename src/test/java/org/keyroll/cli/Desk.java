package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** A home with a small programme of its own, on which commands are run in this JVM. */
final class Desk implements AutoCloseable {
  private static final Path FEEDS = Path.of("src/test/resources/protocol/jobs/feeds");
  private static final String REPORT =
      """
      id: %1$s
      title: Report %1$s
      kind: report
      sender: labour
      supplies: snapshot
      files: ["%1$s-*"]
      format: {kind: csv}
      header: {rows: 1}
      key: [name]
      columns:
        name: {label: [name], type: text, required: true}
        staff: {label: [staff], type: integer, min: 0}
        level: {label: [level], type: choice, choices: {high: [High], low: [Low]}}
      %2$s
      """;

  final Path home;
  final Path inbox;
  private final Path jobs;
  private final Database database;

  Desk(Path folder) throws Exception {
    home = folder.resolve("home");
    inbox = Files.createDirectories(folder.resolve("inbox"));
    jobs = folder.resolve("jobs");
    try (var paths = Files.walk(FEEDS)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        file(FEEDS.relativize(path).toString(), Files.readString(path));
      }
    }
    // Keeps the server up between commands.
    database = Database.open(home, null, line -> {});
  }

  /** A file of the programme. */
  void file(String name, String text) throws IOException {
    var file = jobs.resolve("feeds").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A source of reports with the columns name, staff and level, and further keys. */
  void report(String id, String keys) throws IOException {
    file("sources/" + id + ".yml", REPORT.formatted(id, keys.strip()));
  }

  /** Changes a file of the programme. */
  void replace(String name, String what, String by) throws IOException {
    var text = Files.readString(jobs.resolve("feeds").resolve(name));
    assertThat(text).contains(what);
    file(name, text.replace(what, by));
  }

  /** Puts a file into the inbox. */
  Path put(String name, String text) throws IOException {
    return Files.writeString(inbox.resolve(name), text);
  }

  void emptyInbox() throws IOException {
    try (var files = Files.list(inbox)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  Ended night(String asOf) {
    return run("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
  }

  /** Runs a command with the key of an approver. */
  Ended decide(String... command) throws IOException {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--key", approver().toString()));
    return run(arguments.toArray(String[]::new));
  }

  /** The file with the key of an approver, who is registered when first asked for. */
  Path approver() throws IOException {
    var key = home.resolveSibling("approver.key");
    if (!Files.exists(key)) {
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, run("people", "add", "ann", "--role", "administrator,approver").out());
    }
    return key;
  }

  /** A command in a JVM of its own, ready to be started. */
  ProcessBuilder command(String... command) {
    return Homes.command(List.of(), arguments(command));
  }

  Ended run(String... command) {
    return Shell.keyroll(arguments(command));
  }

  private String[] arguments(String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--jobs", jobs.toString(), "--programme", "feeds", "--home", home.toString()));
    return arguments.toArray(String[]::new);
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }
}

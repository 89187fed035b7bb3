package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** A home with persons of every role; commands run in this JVM, on a database that stays open. */
final class Office implements AutoCloseable {
  static final String PROGRAMME = "counter-espionage";

  private final Path folder;
  private final Database database;

  Office(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
    System.setProperty("mariadb.logging.disable", "true");
    Homes.copy(Path.of("jobs"), folder.resolve("jobs"));
    database = Database.open(folder.resolve("home"), null, line -> {});
  }

  /** Replaces a passage of a definition of the programme. */
  Office define(String file, String old, String by) throws IOException {
    var path = folder.resolve("jobs").resolve(PROGRAMME).resolve(file);
    var text = Files.readString(path);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, by));
    return this;
  }

  /** Declares a ground for overrides. */
  Office ground(String id, String effect, String longest) throws IOException {
    var path = folder.resolve("jobs").resolve(PROGRAMME).resolve("programme.yml");
    var text = Files.readString(path);
    Files.writeString(
        path,
        text
            + (text.contains("\noverrides:") ? "" : "overrides:\n")
            + "  - {id: %s, title: %s, legal_basis: order-2021-1, effect: %s, longest: %s}\n"
                .formatted(id, id, effect, longest));
    return this;
  }

  /** Registers persons by their roles; the first is an administrator. */
  void register(String name, String roles, String by) throws IOException {
    var arguments = new ArrayList<>(List.of("people", "add", name, "--role", roles));
    var ended = by.isEmpty() ? run(arguments) : as(by, arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    key(name, ended.out());
  }

  /** Keeps the key of a person. */
  void key(String name, String text) throws IOException {
    var file = keyOf(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  Path keyOf(String name) {
    return folder.resolve(name + ".key");
  }

  Path folder() {
    return folder;
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Table to a checksum of all its rows. */
  Map<String, String> checksums() throws SQLException {
    var tables = new ArrayList<String>();
    var checksums = new TreeMap<String, String>();
    try (var connection = connect();
        var sql = connection.createStatement()) {
      try (var names =
          sql.executeQuery(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      try (var sums = sql.executeQuery("CHECKSUM TABLE " + String.join(", ", tables))) {
        while (sums.next()) {
          checksums.put(sums.getString(1), String.valueOf(sums.getString(2)));
        }
      }
    }
    return checksums;
  }

  Ended run(String... arguments) {
    return run(List.of(arguments));
  }

  /** Runs a command with the key of a person. */
  Ended as(String name, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--key", keyOf(name).toString()));
    return run(all);
  }

  private Ended run(List<String> arguments) {
    var all = new ArrayList<>(arguments);
    all.addAll(
        List.of(
            "--home",
            folder.resolve("home").toString(),
            "--jobs",
            folder.resolve("jobs").toString(),
            "--programme",
            PROGRAMME));
    return Shell.keyroll(all.toArray(String[]::new));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  void sql(String statement) throws SQLException {
    try (var connection = connect();
        var sql = connection.createStatement()) {
      sql.executeUpdate(statement);
    }
  }

  String ask(String query) throws SQLException {
    try (var connection = connect();
        var sql = connection.createStatement();
        var row = sql.executeQuery(query)) {
      assertThat(row.next()).as(query).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  @Override
  public void close() {
    database.close();
  }
}

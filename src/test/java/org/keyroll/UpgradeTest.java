package org.keyroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keyroll.database.Database;

/**
 * Homes that an earlier Keyroll left after the first night of the samples: dumps of its database,
 * one for each schema that was ever on the main branch, named for its last migration.
 */
class UpgradeTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"schema-07", "schema-23"})
  void goesOnWithTheHomeOfAnEarlierVersion(String schema) throws Exception {
    keepOriginals();
    try (var database = Database.open(home, null, s -> {})) {
      load(database, Path.of("src/test/resources/homes", schema + ".sql.gz"));
    }

    var second = Homes.nightly(home, Homes.inbox(Homes.SECOND), Homes.SECOND);

    assertThat(second.code()).as(second.out() + second.err()).isZero();
    assertThat(second.out()).contains("revision 2");
    assertThat(ExpectedList.listed(Homes.export(home, "list")))
        .isEqualTo(ExpectedList.after(ExpectedList.read(), 1));
    var verified =
        Homes.run("verify", home.resolve("published/counter-espionage/revision-0002").toString());
    assertThat(verified.code()).as(verified.err()).isZero();
  }

  private void keepOriginals() throws Exception {
    try (var files = Files.list(Homes.inbox(Homes.FIRST))) {
      for (var file : files.toList()) {
        var bytes = Files.readAllBytes(file);
        var sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        var kept = home.resolve("deliveries").resolve(sha.substring(0, 2)).resolve(sha);
        Files.createDirectories(kept.getParent());
        Files.write(kept, bytes);
      }
    }
  }

  /** Runs a dump: statements end at the end of a line, with a semicolon or what DELIMITER says. */
  private static void load(Database database, Path dump) throws IOException, SQLException {
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(dump)), StandardCharsets.UTF_8))) {
      var end = ";";
      var sql = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("DELIMITER ")) {
          end = line.substring("DELIMITER ".length());
        } else if (line.endsWith(end)) {
          statement.execute(sql.append(line, 0, line.length() - end.length()).toString());
          sql.setLength(0);
        } else {
          sql.append(line).append('\n');
        }
      }
    }
  }
}

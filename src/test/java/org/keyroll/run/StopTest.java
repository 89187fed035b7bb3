package org.keyroll.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.database.Database;

/** A night that is asked to stop does so between two parts, and goes on later. */
class StopTest {
  @TempDir Path homes;

  @Test
  void stopsBeforeTheNextPartAndGoesOnToTheSameBytes() throws Exception {
    var home = homes.resolve("stopped");
    try (var database = Database.open(home, null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      var night =
          Homes.command(
                  List.of(),
                  "nightly",
                  "--home",
                  home.toString(),
                  "--inbox",
                  Homes.inbox(Homes.FIRST).toString(),
                  "--as-of",
                  Homes.FIRST)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(night.getErrorStream(), StandardCharsets.UTF_8))) {
        String line;
        do {
          line = lines.readLine();
          assertThat(line).as("the night has begun").isNotNull();
        } while (!line.startsWith("receive"));
        // Granted when the part at work commits, and before the next one gets it.
        statement.executeQuery("SELECT token FROM lease FOR UPDATE").close();
        var asked = Homes.run("stop", "--home", home.toString());
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("Run 1 (nightly as of 2026-11-02) stops");
        connection.commit();
        assertThat(lines.lines().collect(Collectors.joining("\n")))
            .contains("Stopped, as ")
            .contains("The same command goes on");
      }
      assertThat(night.waitFor()).isEqualTo(1);
      assertThat(Homes.run("runs", "--home", home.toString()).out()).contains("stopped");
      assertThat(Homes.run("stop", "--home", home.toString()).err()).contains("no run of");

      assertThat(Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST).code()).isZero();
      try (var rounds = statement.executeQuery("SELECT COUNT(*), MAX(state) FROM run")) {
        rounds.next();
        assertThat(rounds.getInt(1)).isEqualTo(1);
        assertThat(rounds.getString(2)).isEqualTo("done");
      }
    }
    var undisturbed = homes.resolve("undisturbed");
    assertThat(Homes.nightly(undisturbed, Homes.inbox(Homes.FIRST), Homes.FIRST).code()).isZero();
    assertThat(Homes.published(home)).isEqualTo(Homes.published(undisturbed));
  }
}

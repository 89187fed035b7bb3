package org.keyroll.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.database.Database;

/** A night that is killed and run again is the night that was never killed. */
class KillTest {
  private static final List<String> PARTS =
      List.of("", "receive", "ingest", "resolve", "assess", "adjust", "publish", "follow-up");

  @TempDir static Path homes;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    var home = homes.resolve("undisturbed");
    try (var database = Database.open(home, null, line -> {})) {
      assertThat(Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST).code()).isZero();
      undisturbed = state(home, database);
    }
  }

  @RepeatedTest(10)
  void losesAndDoublesNothingWhenKilledAtARandomMoment(RepetitionInfo repetition) throws Exception {
    var random = new Random(repetition.getCurrentRepetition());
    var home = homes.resolve("killed-" + repetition.getCurrentRepetition());
    try (var database = Database.open(home, null, line -> {})) {
      var part = PARTS.get(repetition.getCurrentRepetition() % PARTS.size());
      // Before the first part the JVM starts and the schema is made: that takes seconds.
      kill(home, part, part.isEmpty() ? 1000 + random.nextInt(2500) : random.nextInt(400));
      goOn(home);
      assertThat(state(home, database)).isEqualTo(undisturbed);
    }
  }

  @Test
  void losesAndDoublesNothingWhenTheRecoveryIsKilledToo() throws Exception {
    var home = homes.resolve("killed-twice");
    try (var database = Database.open(home, null, line -> {})) {
      kill(home, "resolve", 20);
      kill(home, "assess", 20);
      kill(home, "publish", 20);
      goOn(home);
      assertThat(state(home, database)).isEqualTo(undisturbed);
    }
  }

  @Test
  void goesOnWhenKilledBetweenTheLastStepAndTheNoteThatTheRunIsDone() throws Exception {
    var home = homes.resolve("unnoted");
    try (var database = Database.open(home, null, line -> {})) {
      goOn(home);
      try (var connection =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          var statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE run SET state = 'running', ended_at = NULL");
      }
      goOn(home);
      assertThat(state(home, database)).isEqualTo(undisturbed);
    }
  }

  /** The framework writes a partition and its context in two statements. */
  @Test
  void goesOnWhenKilledBeforeThePartsOfIngestHadTheirContexts() throws Exception {
    var home = homes.resolve("without-contexts");
    try (var database = Database.open(home, null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      var night = start(home);
      try (var lines =
          new BufferedReader(
              new InputStreamReader(night.getErrorStream(), StandardCharsets.UTF_8))) {
        String line;
        do {
          line = lines.readLine();
        } while (line != null && !line.startsWith("receive"));
        // Granted when receiving has committed; the parts of ingest then wait for it.
        connection.setAutoCommit(false);
        statement.executeQuery("SELECT token FROM lease FOR UPDATE").close();
        try (var watch =
                DriverManager.getConnection(database.url(), database.user(), database.password());
            var parts = watch.createStatement()) {
          while (!any(
              parts, "SELECT 1 FROM BATCH_STEP_EXECUTION WHERE STEP_NAME LIKE 'ingestS%'")) {
            assertThat(night.isAlive()).isTrue();
          }
        }
        night.destroyForcibly();
        night.waitFor();
      }
      statement.executeUpdate(
          """
          UPDATE BATCH_STEP_EXECUTION_CONTEXT c JOIN BATCH_STEP_EXECUTION s USING (STEP_EXECUTION_ID)
            JOIN BATCH_STEP_EXECUTION r ON r.STEP_NAME = 'receive'
            JOIN BATCH_STEP_EXECUTION_CONTEXT e ON e.STEP_EXECUTION_ID = r.STEP_EXECUTION_ID
          SET c.SHORT_CONTEXT = e.SHORT_CONTEXT WHERE s.STEP_NAME LIKE 'ingestSource:%'
          """);
      connection.commit();
      goOn(home);
      assertThat(state(home, database)).isEqualTo(undisturbed);
    }
  }

  private static boolean any(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void goOn(Path home) throws Exception {
    var ended = Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST);
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  private static Process start(Path home) throws IOException {
    return Homes.command(
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
  }

  /** Starts a night and kills it so many milliseconds after it has begun a part. */
  private static void kill(Path home, String part, int after) throws Exception {
    var process = start(home);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      var line = part.isEmpty() ? null : lines.readLine();
      while (line != null && !line.startsWith(part)) {
        line = lines.readLine();
      }
      // The moment of the kill; a process that ends before it was not disturbed, which is fine.
      if (!process.waitFor(after, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      process.waitFor();
    }
  }

  /** All that a night leaves, clocks and attempts left out. */
  private static Map<String, String> state(Path home, Database database) throws Exception {
    Map<String, String> state = new TreeMap<>(Homes.published(home));
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      for (var query :
          List.of(
              "SELECT * FROM unit ORDER BY unit_id",
              "SELECT * FROM unit_event ORDER BY unit_id, run_id, kind",
              "SELECT * FROM link ORDER BY record_id, since_run",
              "SELECT * FROM unlinked ORDER BY record_id",
              "SELECT * FROM record ORDER BY record_id",
              "SELECT * FROM rejection ORDER BY delivery_id, ordinal, fault",
              "SELECT * FROM delivery ORDER BY delivery_id",
              "SELECT * FROM assessment ORDER BY unit_id, since_run",
              "SELECT * FROM proposal ORDER BY run_id, unit_id, act",
              "SELECT * FROM entry ORDER BY unit_id, since_revision",
              "SELECT measure, unit_id, origin, opened_on, due_on, closed_on FROM measure"
                  + " ORDER BY measure, unit_id, origin",
              "SELECT revision, run_id, as_of, units, manifest FROM revision ORDER BY revision",
              // A kill after the last commit leaves the command nothing but a second round to do.
              "SELECT run_id, job, as_of, round, state FROM run WHERE round = 1",
              "SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'STARTED'")) {
        var rows = new StringBuilder();
        try (var found = statement.executeQuery(query)) {
          while (found.next()) {
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
              rows.append(found.getString(i)).append('|');
            }
            rows.append('\n');
          }
        }
        state.put(query, rows.toString());
      }
    }
    return state;
  }
}

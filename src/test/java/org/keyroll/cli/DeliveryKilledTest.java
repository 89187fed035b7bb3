package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A delivery is claimed and released as a whole, whenever the process is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryKilledTest {
  /** One row accepted, one rejected, one that is there twice. */
  private static final String FILE =
      "name,staff,level\nAlder Works,50,high\nBirch Works,few,low\nAlder Works,50,high\n";

  @TempDir static Path folder;
  private Desk desk;
  private LocalDate day = LocalDate.parse("2026-10-05");

  /** A statement that cannot go on while its table is held; what was before it is done by then. */
  private enum Hold {
    RECEIPT("arrival", "REPLACE INTO arrival%"),
    ROWS("record", "LOAD DATA LOCAL INFILE%INTO TABLE record %"),
    TRAIL("audit", "SELECT seq FROM audit %FOR UPDATE");

    private final String table;
    private final String statement;

    Hold(String table, String statement) {
      this.table = table;
      this.statement = statement;
    }
  }

  /** States of the deliveries of a source when the process was killed. */
  private record Moment(String written, String committed) {}

  @BeforeAll
  void runTheFirstNight() throws Exception {
    desk = new Desk(folder);
    desk.put("register-1.csv", "name,staff\nAlder Works,50\nBirch Works,50\n");
    assertThat(desk.night(day.toString()).code()).isZero();
    desk.emptyInbox();
  }

  @AfterEach
  void emptyInbox() throws Exception {
    desk.emptyInbox();
  }

  @AfterAll
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @CsvSource({"sameday, 0", "nextday, 1"})
  void aFileWhoseReceiptWasNotCommittedIsTakenInOnceByTheNextRun(String source, int daysLater)
      throws Exception {
    desk.report(source, "");
    var file = desk.put(source + "-1", FILE.replace("50", Integer.toString(daysLater)));
    day = day.plusDays(1);
    assertThat(killedNight(Hold.RECEIPT, source)).isEqualTo(new Moment("received", ""));
    assertThat(originalsOf(file)).isOne();

    day = day.plusDays(daysLater);
    takesInOnce(source);
    assertThat(
            ask(
                "SELECT as_of FROM delivery JOIN source USING (source_id) WHERE source = ?",
                source))
        .isEqualTo(day.toString());
    assertThat(originalsOf(file)).isOne();
  }

  @Test
  void aFileThatWasReceivedOnlyBelongsToTheLaterRunThatTakesItIn() throws Exception {
    var source = "later";
    desk.report(source, "");
    desk.put(source + "-1", FILE.replace("50", "51"));
    day = day.plusDays(1);
    assertThat(killedNight(Hold.ROWS, source)).isEqualTo(new Moment("received", "received"));

    day = day.plusDays(1);
    takesInOnce(source);
    // What a run brought is known since that run, the rejected rows too.
    assertThat(
            ask(
                "SELECT d.run_id - r.since_run FROM delivery d JOIN source s USING (source_id)"
                    + " JOIN record r USING (source_id) WHERE s.source = ?",
                source))
        .isEqualTo("0");
  }

  @Test
  void aReleaseThatWasNotCommittedLeavesTheDeliveryHeldAndCanBeGivenAgain() throws Exception {
    hold("release");
    var moment =
        killed(
            Hold.TRAIL,
            "release",
            "release",
            "release-1",
            "--cause",
            "as agreed",
            "--key",
            desk.approver().toString());
    assertThat(moment).isEqualTo(new Moment("released", "held"));
    assertThat(desk.run("deliveries", "--held").out()).contains("release-1");
    assertThat(releases("release")).isEqualTo("0");

    var again = desk.decide("release", "release-1", "--cause", "as agreed");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(releases("release")).isEqualTo("1");
    assertThat(desk.run("verify", "--audit").code()).isZero();
    day = day.plusDays(1);
    takesInOnce("release");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RECEIPT", "ROWS"})
  void aReleasedDeliveryIsTakenInOnceWhenTheNightThatTakesItUpIsKilled(Hold hold) throws Exception {
    var source = "takes" + hold.table;
    hold(source);
    var released = desk.decide("release", source + "-1", "--cause", "as agreed");
    assertThat(released.code()).as(released.err()).isZero();

    day = day.plusDays(1);
    assertThat(killedNight(hold, source))
        .isEqualTo(new Moment("received", hold == Hold.RECEIPT ? "released" : "received"));
    takesInOnce(source);
    assertThat(releases(source)).isEqualTo("1");
  }

  /** A night in which the only delivery of a source is held by its gate; its file stays. */
  private void hold(String source) throws Exception {
    desk.report(source, "gates: {minimum_rows: 4}");
    desk.put(source + "-1", FILE);
    day = day.plusDays(1);
    assertThat(desk.night(day.toString()).code()).isEqualTo(3);
    assertThat(states(source, Connection.TRANSACTION_READ_COMMITTED)).isEqualTo("held");
  }

  private void takesInOnce(String source) throws Exception {
    var night = desk.night(day.toString());
    assertThat(night.code()).as(night.err() + night.out()).isZero();
    assertThat(night.out()).doesNotContain("taken in before");
    assertThat(night.out()).containsPattern(source + "-1 +3 +1 +1 +1 ");
    assertThat(
            ask(
                """
                SELECT COUNT(*), SUM(read_rows), SUM(accepted), SUM(rejected), SUM(duplicate),
                  GROUP_CONCAT(state)
                FROM delivery JOIN source USING (source_id) WHERE source = ?
                """,
                source))
        .isEqualTo("1 3 1 1 1 resolved");
    assertThat(
            ask(
                "SELECT COUNT(*) FROM record JOIN source USING (source_id) WHERE source = ?",
                source))
        .isEqualTo("1");
    assertThat(
            ask(
                "SELECT COUNT(*) FROM rejection JOIN delivery USING (delivery_id)"
                    + " JOIN source USING (source_id) WHERE source = ?",
                source))
        .isEqualTo("1");
  }

  private Moment killedNight(Hold hold, String source) throws Exception {
    return killed(
        hold, source, "nightly", "--inbox", desk.inbox.toString(), "--as-of", day.toString());
  }

  /** Starts a command with a table held and kills it when it stands still at the statement. */
  private Moment killed(Hold hold, String source, String... command) throws Exception {
    try (var holder = connect();
        var statement = holder.createStatement()) {
      // Only so are the gaps locked too, in which rows would be added.
      holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT * FROM " + hold.table + " FOR UPDATE").close();
      var process =
          desk.command(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        while (ask(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                    + " WHERE ID <> CONNECTION_ID() AND INFO LIKE ?",
                hold.statement)
            .equals("0")) {
          assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).as("it has ended").isFalse();
        }
        return new Moment(
            states(source, Connection.TRANSACTION_READ_UNCOMMITTED),
            states(source, Connection.TRANSACTION_READ_COMMITTED));
      } finally {
        process.destroyForcibly();
        process.waitFor();
        holder.rollback();
      }
    }
  }

  private String states(String source, int isolation) throws SQLException {
    return ask(
        isolation,
        "SELECT COALESCE(GROUP_CONCAT(state), '') FROM delivery JOIN source USING (source_id)"
            + " WHERE source = ?",
        source);
  }

  private String releases(String source) throws SQLException {
    return ask(
        "SELECT COUNT(*) FROM audit WHERE act = 'release' AND detail LIKE ?",
        "%1$s-1 of %1$s, %%".formatted(source));
  }

  /** How many kept originals have the bytes of a file. */
  private long originalsOf(Path file) throws Exception {
    long same = 0;
    try (var kept = Files.walk(desk.home.resolve("deliveries"))) {
      for (var original : kept.filter(Files::isRegularFile).toList()) {
        same += Files.mismatch(original, file) < 0 ? 1 : 0;
      }
    }
    return same;
  }

  private Connection connect() throws SQLException {
    var database = desk.database();
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private String ask(String query, String parameter) throws SQLException {
    return ask(Connection.TRANSACTION_READ_COMMITTED, query, parameter);
  }

  /** The one row that answers a query. */
  private String ask(int isolation, String query, String parameter) throws SQLException {
    try (var connection = connect();
        var statement = connection.prepareStatement(query)) {
      connection.setTransactionIsolation(isolation);
      statement.setString(1, parameter);
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).as(query).isTrue();
        var values = new StringJoiner(" ");
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        return values.toString();
      }
    }
  }
}

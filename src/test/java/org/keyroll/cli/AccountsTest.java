package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** read = accepted + rejected + duplicate, whatever goes wrong underneath. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsTest {
  private static final String ROWS =
      "name,staff\nAlder Works,1\nBirch Works,x\nCedar Works,y\nDogwood Works,4\nDogwood Works,4\n";

  @TempDir static Path folder;
  private Desk desk;

  @BeforeAll
  void register() throws Exception {
    desk = new Desk(folder);
    desk.report("report", "");
    desk.put("register-1.csv", "name,staff\nAlder Works,50\n");
    assertThat(desk.night("2026-10-05").code()).isZero();
  }

  @AfterAll
  void close() {
    desk.close();
  }

  private Connection connect() throws Exception {
    var database = desk.database();
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private void execute(String sql) throws Exception {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The database loses a row, counts one wrong, or takes two rejected rows for one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a | BEFORE INSERT ON record FOR EACH ROW SET NEW.until_run = IF(NEW.row_no = 2, 0, NEW.until_run) | The books of delivery report-a.csv do not balance
          b | BEFORE INSERT ON rejection FOR EACH ROW SET NEW.fault = NEW.ordinal, NEW.ordinal = 1 | The books of delivery report-b.csv do not balance
          c | BEFORE UPDATE ON delivery FOR EACH ROW SET NEW.duplicate = 0 | every_row_is_accounted_for
          d | BEFORE UPDATE ON delivery FOR EACH ROW SET NEW.added = 0 | every_accepted_row_is_one_of
          """)
  void aRowThatIsLostFailsTheStepAndNothingOfTheFileIsTaken(
      String name, String trigger, String says) throws Exception {
    desk.emptyInbox();
    var file = "report-" + name + ".csv";
    desk.put(file, ROWS.replace("Works", "Works " + name));
    execute("CREATE TRIGGER sabotage " + trigger);
    try {
      var failed = desk.night("2026-10-06");
      assertThat(failed.code()).as(failed.out()).isEqualTo(1);
      assertThat(failed.err()).contains(says).doesNotContain("\tat ");
    } finally {
      execute("DROP TRIGGER sabotage");
    }
    assertThat(desk.run("export", "records").out()).doesNotContain(file);
    assertThat(desk.run("export", "rejections").out()).doesNotContain(file);

    var later = desk.night("2026-10-06");
    assertThat(later.code()).as(later.err()).isZero();
    assertThat(later.out().replaceAll(" +", " ")).contains(file + " 5 2 2 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read_rows", "accepted", "rejected", "duplicate", "added", "unchanged"})
  void noCountCanBeChangedByItself(String count) {
    assertThatThrownBy(() -> execute("UPDATE delivery SET %1$s = %1$s + 1".formatted(count)))
        .hasMessageContaining("CONSTRAINT `every_");
  }

  @Test
  void aRowMayNotBeMovedFromOneCountToAnotherUnseen() {
    assertThatThrownBy(
            () ->
                execute(
                    "UPDATE delivery SET accepted = accepted - 1, rejected = rejected + 1"
                        + " WHERE accepted > 0"))
        .hasMessageContaining("every_accepted_row_is_one_of");
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was in force on a date stays known; what does not change keeps its date. */
class HistoryTest {
  @TempDir Path folder;

  @Test
  void whatWasInForceOnADateCanBeAskedForAndANoOpBumpsNothing() throws Exception {
    try (var desk = new Desk(folder)) {
      desk.put("register-1.csv", "name,staff\nAlder Works,50\nBirch Works,50\nCedar Works,50\n");
      desk.night("2026-10-05");
      var records = desk.run("export", "records").out();
      var links = desk.run("export", "links").out();
      var list = desk.run("export", "list").out();
      assertThat(list.lines()).hasSize(4);

      desk.emptyInbox();
      desk.put("register-2.csv", "name,staff\nAlder Works,50\nBirch Works,60\nDogwood Works,50\n");
      var second = desk.night("2026-10-06");
      assertThat(second.out().replaceAll(" +", " ")).contains("register-2.csv 3 3 0 0 1/1/1");
      assertThat(desk.run("export", "records").out()).isNotEqualTo(records);
      assertThat(desk.run("export", "records", "--as-of", "2026-10-05").out()).isEqualTo(records);
      assertThat(desk.run("export", "links", "--as-of", "2026-10-05").out()).isEqualTo(links);
      assertThat(desk.run("export", "list", "--as-of", "2026-10-05").out()).isEqualTo(list);

      // The row that vanished is closed, not deleted.
      var stored = stored(desk);
      assertThat(stored).contains("Cedar Works 1 2\n").contains("Alder Works 1 4294967295\n");
      desk.emptyInbox();
      desk.put("register-3.csv", "name,staff\nDogwood Works,50\nBirch Works,60\nAlder Works,50\n");
      var third = desk.night("2026-10-07");
      assertThat(third.out().replaceAll(" +", " ")).contains("register-3.csv 3 3 0 0 0/0/0");
      assertThat(stored(desk)).isEqualTo(stored);
    }
  }

  private static String stored(Desk desk) throws Exception {
    var database = desk.database();
    var rows = new StringBuilder();
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT record_key, since_run, until_run FROM record ORDER BY record_id")) {
      while (found.next()) {
        rows.append(found.getString(1) + " " + found.getLong(2) + " " + found.getLong(3) + "\n");
      }
    }
    return rows.toString();
  }
}

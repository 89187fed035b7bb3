package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.TreeMap;
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

  /** Two rounds of one business date, which only the clock tells apart. */
  @Test
  void whatWasKnownAtATimeCanBeAskedForWhateverDateItIsOf() throws Exception {
    try (var desk = new Desk(folder)) {
      desk.replace("programme.yml", "time_zone: UTC", "time_zone: Asia/Shanghai");
      desk.report("report", "");
      desk.report("mended", "");
      desk.replace(
          "sources/mended.yml", "supplies: snapshot", "supplies: corrections\ncorrects: report");
      desk.put("register-1.csv", "name,staff\nAlder Works,50\nBirch Works,50\n");
      desk.put("report-1.csv", "name,staff,level\nBirch Works,2,Low\n");
      desk.night("2026-10-05");
      var kept = List.of("records", "corrections", "links", "units", "list");
      var before = new TreeMap<String, String>();
      for (var what : kept) {
        before.put(what, desk.run("export", what).out());
      }
      desk.emptyInbox();
      desk.put("mended-1.csv", "name,staff,level\nBirch Works,20,Low\n");
      desk.put("register-2.csv", "name,staff\nAlder Works,50\nBirch Works,60\nCedar Works,50\n");
      var second = desk.night("2026-10-05");
      assertThat(second.code()).as(second.err() + second.out()).isZero();
      ended(desk, 1, "2026-10-05 10:30:15.678");
      ended(desk, 2, "2026-10-05 16:00:00.000");

      for (var what : kept) {
        var now = desk.run("export", what).out();
        assertThat(now).as(what).isNotEqualTo(before.get(what));
        assertThat(desk.run("export", what, "--known-at", "2026-10-05 23:59").out())
            .as(what)
            .isEqualTo(before.get(what));
      }
      var list = desk.run("export", "list").out();
      for (var time : List.of("2026-10-05T18:30:15", "2026-10-05")) {
        assertThat(desk.run("export", "list", "--known-at", time).out())
            .as(time)
            .isEqualTo(before.get("list"));
      }
      for (var time : List.of("2026-10-06T00:00", "2026-10-06")) {
        var known = desk.run("export", "list", "--known-at", time, "--as-of", "2026-10-05").out();
        assertThat(known).as(time).isEqualTo(list);
      }

      var early = "2026-10-05T18:30:14";
      refuses(desk, 1, "there was no run that had ended by " + early, "list", early);
      refuses(desk, 2, "2026-02-30 is no time", "list", "2026-02-30");
      refuses(
          desk,
          2,
          "no earlier state of facts; --known-at goes with records, corrections, links, units",
          "facts",
          "2026-10-06");
    }
  }

  private static void refuses(Desk desk, int code, String says, String what, String time) {
    var refused = desk.run("export", what, "--known-at", time);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.err()).contains(says);
    assertThat(refused.out()).isEmpty();
  }

  private static void ended(Desk desk, long run, String utc) throws Exception {
    var database = desk.database();
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE run SET ended_at = '%s' WHERE run_id = %d".formatted(utc, run)))
          .isOne();
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

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A file is taken in whole, or left for the next run and named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxTest {
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

  @Test
  void waitsForTheFinalNameAndForTheMarker() throws Exception {
    desk.emptyInbox();
    var part = desk.put("report-1.csv.part", "name,staff\nAlder Works,1\nBirch");
    var unfinished = desk.night("2026-10-06");
    assertThat(unfinished.code()).as(unfinished.err()).isZero();
    assertThat(unfinished.out())
        .contains("1 file, 0 of them new")
        .contains("! report-1.csv.part: is still arriving, as its name says");

    Files.delete(part);
    desk.put("report-1.csv", "name,staff\nAlder Works,1\nBirch Works,2\n");
    desk.replace("programme.yml", "approval:", "inbox: {marker: .ok}\napproval:");
    var unmarked = desk.night("2026-10-06");
    assertThat(unmarked.out())
        .contains("! report-1.csv: is taken for still arriving until report-1.csv.ok lies beside");

    desk.put("report-1.csv.ok", "");
    desk.put("report-2.csv.ok", "");
    var marked = desk.night("2026-10-06");
    assertThat(marked.code()).as(marked.err()).isZero();
    assertThat(marked.out().replaceAll(" +", " "))
        .contains("2 files, 1 of them new")
        .contains("! report-2.csv.ok: says that a file is complete which is not there")
        .contains("report-1.csv 2 2 0 0 2/0/0");
    desk.replace("programme.yml", "inbox: {marker: .ok}\n", "");
  }

  @Test
  void takesAwayWhatARunLeftThatWasCutOffWhileCopying() throws Exception {
    var left = Files.writeString(desk.home.resolve("deliveries/arriving1.tmp"), "half");
    desk.night("2026-10-06");
    assertThat(left).doesNotExist();
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;

/** Corrections and deletions end the rows that they are about, and nothing of them is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AmendmentsTest {
  private static final String DELETIONS =
      """
      id: closings
      title: Closings
      kind: report
      sender: labour
      supplies: deletions
      corrects: report
      files: ["closings-*"]
      format: {kind: csv}
      header: {rows: 1}
      ignore: [why]
      key: [name]
      columns:
        name: {label: [name], type: text, required: true}
      """;

  @TempDir static Path folder;
  private Desk desk;

  @BeforeAll
  void threeReports() throws Exception {
    desk = new Desk(folder);
    desk.report("report", "");
    desk.replace("sources/report.yml", "snapshot", "additions");
    desk.report("mended", "");
    desk.replace(
        "sources/mended.yml", "supplies: snapshot", "supplies: corrections\ncorrects: report");
    desk.file("sources/closings.yml", DELETIONS);
    desk.put("register-1.csv", "name,staff\nAlder Works,50\nBirch Works,50\nCedar Works,50\n");
    desk.put("report-1.csv", "name,staff,level\nAlder Works,1,High\nBirch Works,2,Low\n");
    // Of the same night, and about a row of it.
    desk.put("mended-1.csv", "name,staff,level\nBirch Works,20,Low\n");
    var first = desk.night("2026-10-05");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(plain(first))
        .contains("mended-1.csv 1 1 0 0 0/1/0")
        .contains("it corrects 1 of report-1.csv");
    desk.emptyInbox();
    desk.put("report-2.csv", "name,staff,level\nCedar Works,3,Low\n");
    assertThat(desk.night("2026-10-06").code()).isZero();
    desk.emptyInbox();
  }

  @AfterAll
  void close() {
    desk.close();
  }

  private static String plain(Ended ended) {
    return ended.out().replaceAll(" +", " ");
  }

  private List<String> reported(String... more) {
    var arguments = new java.util.ArrayList<>(List.of("export", "records"));
    arguments.addAll(List.of(more));
    var ended = desk.run(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out().lines().filter(line -> line.startsWith("report,")).toList();
  }

  @Test
  @Order(1)
  void correctsTheRowsItHoldsAndNoOthers() throws Exception {
    desk.put(
        "mended-2.csv",
        "name,staff,level\nAlder Works,10,High\nCedar Works,3,Low\nDogwood Works,9,Low\n");
    var night = desk.night("2026-10-07");
    assertThat(plain(night))
        .contains("mended-2.csv 3 2 1 0 0/1/0")
        .contains("it corrects 1 of report-1.csv");
    assertThat(desk.run("export", "rejections").out())
        .contains("mended,mended-2.csv,csv,4,,,no_such_record,Dogwood Works")
        .contains(
            "there is no row of report with the key \"\"Dogwood Works\"\" to correct or delete");
    assertThat(reported())
        .hasSize(3)
        .anyMatch(r -> r.startsWith("report,mended-2.csv,csv,2,Alder Works") && r.contains("10"))
        .anyMatch(r -> r.startsWith("report,mended-1.csv,csv,2,Birch Works") && r.contains("20"))
        .anyMatch(r -> r.startsWith("report,report-2.csv,csv,2,Cedar Works"));
    desk.emptyInbox();
  }

  @Test
  @Order(2)
  void deletesByKeyAndKeepsWhatWasKnown() throws Exception {
    desk.put(
        "closings-1.csv",
        "name,why\nAlder Works,gone\nAlder Works,still gone\nElm Works,never there\n");
    var night = desk.night("2026-10-08");
    assertThat(plain(night))
        .contains("closings-1.csv 3 1 1 1 0/0/1")
        .contains("it closes 1 of mended-2.csv");
    assertThat(reported()).hasSize(2).noneMatch(r -> r.contains("Alder"));
    assertThat(reported("--as-of", "2026-10-07"))
        .hasSize(3)
        .anyMatch(r -> r.startsWith("report,mended-2.csv,csv,2,Alder Works"));
    assertThat(reported("--as-of", "2026-10-06"))
        .hasSize(3)
        .anyMatch(r -> r.startsWith("report,report-1.csv,csv,2,Alder Works"));
    assertThat(desk.run("export", "corrections").out().lines())
        .containsExactly(
            "source,delivery,sheet,row,record_key,act,corrected_delivery,corrected_sheet,corrected_row,as_of",
            "mended,mended-1.csv,csv,2,Birch Works,corrected,report-1.csv,csv,3,2026-10-05",
            "mended,mended-2.csv,csv,2,Alder Works,corrected,report-1.csv,csv,2,2026-10-07",
            "closings,closings-1.csv,csv,2,Alder Works,deleted,mended-2.csv,csv,2,2026-10-08");
    assertThat(desk.run("export", "corrections", "--as-of", "2026-10-06").out().lines()).hasSize(2);
    // The same bytes again, and the same row in other bytes.
    desk.put("closings-2.csv", "name,why\nAlder Works,again\n");
    var again = desk.night("2026-10-08");
    assertThat(plain(again)).contains("closings-2.csv 1 0 1 0 0/0/0");
    desk.emptyInbox();
  }

  @Test
  @Order(3)
  void saysWhatTheDefinitionLacks() throws Exception {
    desk.file("sources/closings.yml", DELETIONS.replace("corrects: report\n", ""));
    assertThat(desk.run("check").err())
        .contains("\"corrects\" must say the source whose rows these are about");
    desk.file("sources/closings.yml", DELETIONS.replace("corrects: report", "corrects: mended"));
    assertThat(desk.run("check").err())
        .contains("the rows of \"mended\" correct those of \"report\"; name that source");
    desk.file(
        "sources/closings.yml", DELETIONS.replace("supplies: deletions", "supplies: additions"));
    assertThat(desk.run("check").err())
        .contains("only corrections and deletions correct another source");
    desk.file(
        "sources/closings.yml", DELETIONS.replace("supplies: deletions", "supplies: corrections"));
    assertThat(desk.run("check").err())
        .contains("the field \"staff\" must be there as it is in \"report\"");
    desk.file("sources/closings.yml", DELETIONS.replace("kind: report", "kind: registry"));
    assertThat(desk.run("check").err()).contains("it must be that of \"report\"");
    desk.file("sources/closings.yml", DELETIONS);
    assertThat(desk.run("check").code()).isZero();
  }
}

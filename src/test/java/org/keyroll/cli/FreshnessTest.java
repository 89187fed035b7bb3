package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;

/** No report, no change, a field left empty and a zero are four things. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreshnessTest {
  @TempDir static Path folder;
  private Desk desk;
  private Ended second;
  private String afterSecond;

  @BeforeAll
  void runTwoNights() throws Exception {
    desk = new Desk(folder);
    desk.file(
        "policy.yml",
        """
        id: size
        title: Size
        legal_basis: order
        facts:
          staff: {type: number, title: Staff, from: [register.staff]}
          reported: {type: number, title: Reported staff, from: [monthly.staff]}
          level: {type: text, title: Level, from: [monthly.level]}
          added: {type: number, title: Added, from: [added.staff]}
          silent: {type: number, title: Silent, from: [silent.staff]}
          fines: {type: number, title: Fines, count: {source: fines, on: fined_on}}
          raids: {type: number, title: Raids, count: {source: raids, on: fined_on}}
        criteria:
          - {id: staff, title: Staff, weight: 1, fact: staff, bands: [{from: 0, score: 0}, {from: 10, score: 1}]}
        thresholds:
          listed: {enter: 1, leave: 0.5}
        """);
    var month = "covers: {from: {file_name: '([0-9]{4}-[0-9]{2})'}, type: period}\n";
    desk.report("monthly", month + "expected: {every: P1M, grace: P10D}");
    desk.report("silent", "expected: {every: P1D}");
    desk.report("added", "expected: {every: P7D}");
    desk.replace("sources/added.yml", "supplies: snapshot", "supplies: additions");
    for (var id : List.of("fines", "raids")) {
      desk.report(id, "");
      desk.replace(
          "sources/" + id + ".yml",
          "staff: {label: [staff], type: integer, min: 0}",
          "fined_on: {label: [fined_on], type: date}");
    }
    desk.put(
        "register-1.csv",
        "name,staff\nAlder Works,50\nBirch Works,50\nCedar Works,50\nDogwood Works,50\n");
    desk.put(
        "monthly-2026-09.csv",
        "name,staff,level\nAlder Works,0,high\nBirch Works,7,low\nCedar Works,,low\n");
    desk.put("added-1.csv", "name,staff\nAlder Works,1\nBirch Works,1\n");
    desk.put("fines-1.csv", "name,fined_on\nBirch Works,2026-10-01\n");
    var first = desk.night("2026-10-05");
    assertThat(first.code()).as(first.err()).isZero();
    desk.emptyInbox();
    desk.put(
        "monthly-2026-10.csv",
        "name,staff,level\nAlder Works,0,\nBirch Works,seven,\nDogwood Works,,\n");
    desk.put("added-2.csv", "name,staff\nAlder Works,1\nCedar Works,3\n");
    second = desk.night("2026-11-03");
    afterSecond = freshness("2026-11-03");
  }

  @AfterAll
  void close() {
    desk.close();
  }

  private String freshness(String asOf) {
    return desk.run("export", "freshness", "--as-of", asOf).out();
  }

  private List<String> line(String csv, String source, String field) throws Exception {
    return Homes.rows(csv).stream()
        .filter(r -> r.get(0).equals(source) && r.get(2).equals(field))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theClockOfASourceGoesFromFreshOverDueToOverdue() throws Exception {
    for (var day :
        List.of("2026-11-30 fresh", "2026-12-01 due", "2026-12-11 due", "2026-12-12 overdue")) {
      var asOf = day.substring(0, 10);
      assertThat(line(freshness(asOf), "monthly", "").get(3)).isEqualTo(day.substring(11));
    }
    assertThat(line(afterSecond, "added", "").subList(3, 6))
        .containsExactly("fresh", "added-2.csv", "2026-11-03");
    assertThat(line(afterSecond, "silent", "").subList(3, 6)).containsExactly("never", "", "");
    assertThat(line(afterSecond, "register", "").get(3)).isEqualTo("unscheduled");
    assertThat(line(afterSecond, "monthly", "").subList(6, 13))
        .containsExactly(
            "2026-10-01", "2026-10-31", "2026-11-03", "0", "2026-12-01", "2026-12-12", "2");
  }

  @Test
  void aFieldIsFilledEmptyAbsentOrNeverReported() throws Exception {
    assertThat(line(afterSecond, "monthly", "staff").subList(13, 16))
        .containsExactly("1", "monthly-2026-10.csv", "2026-11-03");
    assertThat(line(afterSecond, "monthly", "level").get(3)).isEqualTo("empty");
    assertThat(line(afterSecond, "monthly", "level").subList(13, 16))
        .containsExactly("0", "monthly-2026-09.csv", "2026-10-05");
    assertThat(line(afterSecond, "added", "level").get(3)).isEqualTo("absent");
    assertThat(line(afterSecond, "silent", "level").get(3)).isEqualTo("never");
  }

  @Test
  void theSummaryAndTheStatusSayWhoIsSilentAndHowOldWhatIsInForceIs() {
    assertThat(second.out())
        .contains("silent (Report silent): no report; it has never reported")
        .contains(
            "register (Register of workshops): no report; in force is register-1.csv, received on 2026-10-05, 29 days ago");
    assertThat(desk.run("status", "--as-of", "2026-12-20").out())
        .contains(
            "monthly                in force is monthly-2026-10.csv of 2026-10, received on 2026-11-03, 47 days ago; the next is OVERDUE since 2026-12-12");
  }

  private String explain(String unit) {
    var explained = desk.run("explain", unit, "--as-of", "2026-11-03");
    assertThat(explained.code()).as(explained.err()).isZero();
    return explained.out();
  }

  @Test
  void aZeroIsAValueAndAFactSaysWhoConfirmedIt() {
    assertThat(explain("Alder Works"))
        .containsPattern(
            "reported: 0\n +from monthly-2026-10.csv, row 2, column B \\(staff\\): \"0\"\n +reported on 2026-11-03\n")
        .containsPattern(
            "level is not known\n +no value: monthly-2026-10.csv, row 2, column C \\(level\\) is empty, reported on 2026-11-03\n")
        .containsPattern(
            "added: 1\n.*\n +reported on 2026-10-05, confirmed unchanged by added-2.csv on 2026-11-03\n");
  }

  @Test
  void aRejectedRowLeavesTheLastThatIsKnownAndSaysSo() {
    assertThat(explain("Birch Works"))
        .containsPattern(
            "reported: 7\n.*row 3, column B.*\n +reported on 2026-10-05; its row in monthly-2026-10.csv of 2026-11-03 was rejected, so this is the last that is known")
        .containsPattern(
            "added: 1\n.*\n +reported on 2026-10-05, 29 days ago; additions since do not mention it");
  }

  @Test
  void noReportIsNotZero() {
    assertThat(explain("Dogwood Works"))
        .containsPattern(
            "reported is not known\n +no value: monthly-2026-10.csv, row 4, column B \\(staff\\) is empty")
        .containsPattern("silent is not known\n +no report: silent has never reported")
        .containsPattern(
            "added is not known\n +no report of this unit: added-2.csv has no row for it")
        .containsPattern(
            "fines: 0\n +none: in force is fines-1.csv, received on 2026-10-05, 29 days ago")
        .containsPattern("raids is not known\n +no report: raids has never reported");
    assertThat(explain("Cedar Works"))
        .contains("no report of this unit: monthly-2026-10.csv has no row for it");
  }

  @Test
  void theSameBytesAgainMakeNothingYounger() throws Exception {
    var records = desk.run("export", "records").out();
    var third = desk.night("2026-11-20");
    assertThat(third.out()).contains("0 of them new deliveries");
    assertThat(desk.run("export", "records").out()).isEqualTo(records);
    assertThat(line(freshness("2026-11-20"), "monthly", "").subList(3, 6))
        .containsExactly("fresh", "monthly-2026-10.csv", "2026-11-03");
    assertThat(freshness("2026-11-03")).isEqualTo(afterSecond);
  }
}

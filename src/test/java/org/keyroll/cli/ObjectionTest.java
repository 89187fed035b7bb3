package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Revisions;

/** A unit objects, another person answers, and until then the change is not final. */
class ObjectionTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void anObjectionHasItsClockAndTwoPersons() throws Exception {
    try (var office = new Office(folder)) {
      office.define(
          "programme.yml", "founding: automatic", "founding: automatic\n  provisional: P30D");
      office.define(
          "followup.yml",
          "measures:",
          "measures:\n  - {id: training, title: Training, opened_by: [add], due: P3M, receipt: starts,"
              + " legal_basis: order-2021-1}\n  - {id: drill, title: Drill, source: inspections,"
              + " done_on: inspected_on, every: P1M, legal_basis: order-2021-1}");
      office.register("root", "administrator", "");
      office.register("ed", "editor", "root");
      office.register("ann", "approver", "root");
      office.register("both", "editor,approver", "root");
      var inbox = Homes.inbox(Homes.FIRST).toString();
      assertThat(office.run("nightly", "--inbox", inbox, "--as-of", Homes.FIRST).code()).isZero();

      whatRecursAndWasNotDoneIsAGap(office);
      aLetterIsReceivedOnce(office);

      var said =
          new String[] {"objection", "U0000044", "--said", "sold", "--received", "2026-11-20"};
      assertThat(office.as("ed", said).err()).contains("gives no time for objections");
      office.define(
          "programme.yml",
          "provisional: P30D",
          "provisional: P30D\n  objections: {within: P60D, answer: P20D}");

      assertThat(office.as("ann", said).err()).contains("ann is approver; to put forward");
      assertThat(office.as("ed", "objection", "U0000006", "--said", "x").err())
          .contains("No change of U0000006 has been published");
      assertThat(
              office
                  .as("ed", "objection", "U0000044", "--said", "x", "--received", "2027-01-02")
                  .err())
          .contains("can object to revision 1 from 2026-11-02 to 2027-01-01");
      assertThat(office.as("both", said).out())
          .contains(
              "OB1  U0000044  against revision 1, received on 2026-11-20, to be answered by 2026-12-10: sold");
      assertThat(office.as("ed", said).err()).contains("OB1 of U0000044 is open; answer it first.");

      assertThat(provisional(office, ListSearch.Status.PROVISIONAL))
          .hasSize(50)
          .allSatisfy(l -> assertThat(l.finalOn()).isEqualTo("2026-12-02"));
      assertThat(provisional(office, ListSearch.Status.FINAL)).isEmpty();

      // The others become final after thirty days, this one does not.
      assertThat(office.run("adjust", "--as-of", "2026-12-11").code()).isZero();
      assertThat(
              office.ask("SELECT GROUP_CONCAT(unit_id) FROM proposal WHERE state = 'provisional'"))
          .isEqualTo("44");
      assertThat(provisional(office, ListSearch.Status.PROVISIONAL))
          .singleElement()
          .extracting(ListSearch.Line::unit)
          .isEqualTo("U0000044");
      assertThat(office.run("status").out())
          .contains("OB1  U0000044")
          .contains("OVERDUE since 2026-12-10");
      assertThat(office.run("explain", "U0000044").out()).contains("objection OB1");

      var dismiss =
          new String[] {
            "objection", "OB1", "--dismiss", "--cause", "not sold", "--as-of", "2026-12-11"
          };
      assertThat(office.as("ed", dismiss).err()).contains("ed is editor; to decide");
      assertThat(office.as("both", dismiss).err())
          .contains("OB1 was filed by you; another person answers it.");
      assertThatThrownBy(
              () ->
                  office.sql(
                      "UPDATE objection SET state = 'dismissed', decided_by = 'both',"
                          + " decided_on = '2026-12-11', cause = 'x'"))
          .hasMessageContaining("nobody_answers_an_objection_they_filed");
      assertThat(office.as("ann", dismiss).out())
          .contains("dismissed by ann on 2026-12-11 (not sold)");
      assertThat(office.as("ann", dismiss).err()).contains("OB1 was dismissed by ann");
      assertThat(office.run("objections").out()).contains("No objection is open.");
      assertThat(office.run("export", "objections").out()).contains("OB1,dismissed,U0000044,1");

      assertThat(office.run("adjust", "--as-of", "2026-12-11").code()).isZero();
      assertThat(office.ask("SELECT COUNT(*) FROM proposal WHERE state = 'provisional'"))
          .isEqualTo("0");
    }
  }

  /** Units on the list in force whose standing is as asked, fifty at most. */
  private static List<ListSearch.Line> provisional(Office office, ListSearch.Status status)
      throws Exception {
    var globals = new Globals();
    globals.home = office.home();
    globals.jobs = office.folder().resolve("jobs");
    globals.programme = Office.PROGRAMME;
    var found = new ArrayList<ListSearch.Line>();
    Session.inHome(
        globals,
        new Console(),
        (session, scope) ->
            found.addAll(
                session
                    .get(ListSearch.class)
                    .find(
                        scope,
                        session.get(Revisions.class).current(scope),
                        new ListSearch.Query("", null, null, status, ListSearch.Order.UNIT),
                        "",
                        50)
                    .lines()));
    return found;
  }

  /** A unit that was never drilled is due a month after it entered; others after the last one. */
  private static void whatRecursAndWasNotDoneIsAGap(Office office) throws Exception {
    var drill = " FROM measure WHERE measure = 'drill' AND closed_on IS NULL";
    assertThat(office.ask("SELECT COUNT(DISTINCT unit_id)" + drill)).isEqualTo("55");
    assertThat(office.ask("SELECT COUNT(*)" + drill)).isEqualTo("55");
    assertThat(office.ask("SELECT DISTINCT due_on" + drill + " AND origin = 'list'"))
        .isEqualTo("2026-12-02");
    assertThat(office.ask("SELECT COUNT(*)" + drill + " AND due_on < '2026-11-02'"))
        .isNotEqualTo("0");
    var folder =
        office.home().resolve("published/counter-espionage/revision-0001/departments/education");
    try (var report =
        org.apache.poi.ss.usermodel.WorkbookFactory.create(
            folder.resolve("assignment-report.xlsx").toFile(), null, true)) {
      var listed = Homes.rows(java.nio.file.Files.readString(folder.resolve("list.csv"))).size();
      var gaps = report.getSheet("缺口");
      var last = gaps.getRow(gaps.getLastRowNum());
      assertThat(gaps.getLastRowNum() - heading(gaps)).isEqualTo(listed);
      assertThat(last.getCell(0).getStringCellValue()).isEqualTo("Drill");
      var done = last.getCell(3);
      assertThat(done == null ? "" : done.toString()).as("never done").isEmpty();
      assertThat(last.getCell(5).getNumericCellValue()).isEqualTo(30);
    }
  }

  private static int heading(org.apache.poi.ss.usermodel.Sheet sheet) {
    int row = 0;
    while (sheet.getRow(row) == null || sheet.getRow(row).getPhysicalNumberOfCells() < 2) {
      row++;
    }
    return row;
  }

  /** The notice is done with the receipt, and the clock of the training begins with it. */
  private static void aLetterIsReceivedOnce(Office office) throws Exception {
    var measures =
        "SELECT CONCAT_WS(' ', opened_on, COALESCE(due_on, '-'), COALESCE(closed_on, '-'))"
            + " FROM measure WHERE unit_id = 44 AND measure = ";
    assertThat(office.ask(measures + "'written-notice'")).isEqualTo("2026-11-02 2026-12-02 -");
    assertThat(office.ask(measures + "'training'")).isEqualTo("2026-11-02 - -");
    var receipt = new String[] {"receipt", "U0000044", "--on", "2026-11-09"};
    assertThat(office.as("ann", receipt).err()).contains("ann is approver; to put forward");
    assertThat(office.as("ed", "receipt", "U0000006", "--on", "2026-11-09").err())
        .contains("There is no letter to U0000006");
    assertThat(office.as("ed", "receipt", "U0000044", "--on", "2026-11-01").err())
        .contains("The letter of revision 1 to U0000044 is of 2026-11-02");
    assertThat(office.as("ed", receipt).out())
        .contains("U0000044 has received its letter of revision 1 on 2026-11-09; recorded by ed.");
    assertThat(office.as("ed", receipt).err()).contains("ed has recorded already");
    assertThat(office.ask(measures + "'written-notice'"))
        .isEqualTo("2026-11-02 2026-12-02 2026-11-09");
    assertThat(office.ask(measures + "'training'")).isEqualTo("2026-11-09 2027-02-09 -");
    assertThat(office.run("status").out())
        .contains("letters: 55 to units, the receipt of 1 is recorded");
    // What has come since plays no part in what was published.
    assertThat(office.run("rebuild").out()).contains(", 0 differing.");
  }
}

package org.keyroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.ss.util.CellReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** Files with faults go back to their senders, and come back mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnswersTest {
  @TempDir static Path folder;
  private Path home = Path.of("");
  private Path answers = Path.of("");

  @BeforeAll
  void runTheFirstNight() throws Exception {
    home = folder.resolve("home");
    var first = Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST);
    assertThat(first.code()).as(first.err()).isZero();
    answers = home.resolve("published/counter-espionage/revision-0001/departments");
  }

  /** Key, content and run of every record in force, by source and key. */
  private Map<String, String> records() throws Exception {
    var records = new TreeMap<String, String>();
    try (var database = Database.open(home, null, line -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT source, record_key, payload, since_run, record_id FROM record"
                    + " JOIN source USING (source_id) WHERE until_run = 4294967295")) {
      while (rows.next()) {
        records.put(
            rows.getString(1) + " " + rows.getString(2),
            rows.getString(3) + " since " + rows.getInt(4) + ", record " + rows.getLong(5));
      }
    }
    return records;
  }

  /** Opens an answer, mends it and saves it under another name. */
  private static Path mended(Path answer, Path to, Consumer<Workbook> mend) throws Exception {
    try (var in = Files.newInputStream(answer);
        var workbook = WorkbookFactory.create(in);
        var out = Files.newOutputStream(to)) {
      mend.accept(workbook);
      workbook.write(out);
    }
    return to;
  }

  private static Cell cell(Sheet sheet, String reference) {
    var at = new CellReference(reference);
    var cell = sheet.getRow(at.getRow()).getCell(at.getCol());
    if (cell.getCellType() == CellType.FORMULA) {
      cell.removeFormula();
    }
    return cell;
  }

  private Ended send(Path... files) throws Exception {
    var inbox = Files.createTempDirectory(folder, "inbox");
    for (var file : files) {
      Files.copy(file, inbox.resolve(file.getFileName()));
    }
    var ended = Homes.nightly(home, inbox, Homes.FIRST);
    assertThat(ended.code()).as(ended.err()).isIn(0, 3);
    return ended;
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> after) {
    var all = new TreeMap<>(before);
    all.putAll(after);
    var different = new ArrayList<String>();
    all.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key)) || !value.equals(after.get(key))) {
            different.add(key);
          }
        });
    return different;
  }

  @Test
  @Order(1)
  void aMendedWorkbookChangesTheRowsThatFailedAndNoOthers() throws Exception {
    var before = records();
    var mended =
        mended(
            answers.resolve("industry-informatization/answers/industry-registry-2026-11-01.xlsx"),
            folder.resolve("更正后.xlsx"),
            workbook -> {
              var sheet = workbook.getSheet("名录");
              cell(sheet, "F47").setCellValue("电子信息");
              cell(sheet, "K94").setCellValue("2023-02-28");
              // The others stay at fault; of two rows that contradict each other one goes.
              sheet.removeRow(sheet.getRow(119));
            });
    var ended = send(mended);
    assertThat(ended.out().replaceAll(" +", " "))
        .contains("更正后.xlsx 115 109 4 2 3/0/0")
        .contains("it mends industry-registry-2026-11-01.xlsx, which had 8 rows rejected");
    var after = records();
    assertThat(differences(before, after)).hasSize(3).allMatch(k -> k.startsWith("industry-reg"));
    assertThat(after.keySet()).containsAll(before.keySet());
  }

  @Test
  @Order(2)
  void theSameAnswerMendedFurtherChangesOnlyWhatIsNew() throws Exception {
    var before = records();
    var mended =
        mended(
            answers.resolve("industry-informatization/answers/industry-registry-2026-11-01.xlsx"),
            folder.resolve("再次更正.xlsx"),
            workbook -> {
              var sheet = workbook.getSheet("名录");
              cell(sheet, "K94").setCellValue("2023-02-28");
              cell(sheet, "I57").setCellValue("青岚市");
              // A row that was accepted may be changed as well.
              cell(sheet, "L6").setCellValue(4321);
            });
    var ended = send(mended);
    assertThat(ended.out().replaceAll(" +", " ")).contains("再次更正.xlsx 116 108 6 2 1/1/0");
    assertThat(differences(before, records())).hasSize(2);
  }

  @Test
  @Order(3)
  void aCsvComesBackMendedAsTheWorkbookThatItsSenderGot() throws Exception {
    var before = records();
    var mended =
        mended(
            answers.resolve("market-regulation/answers/enterprise-registry-2026-11-01.xlsx"),
            folder.resolve("enterprise.xlsx"),
            workbook -> cell(workbook.getSheet("csv"), "B26").setCellValue("青岚市示范有限公司"));
    var ended = send(mended);
    assertThat(ended.out().replaceAll(" +", " ")).contains("enterprise.xlsx 148 141 5 2 1/0/0");
    assertThat(differences(before, records())).hasSize(1);
  }

  @Test
  @Order(4)
  void anXlsComesBackMendedAndNothingIsWrongAnyMore() throws Exception {
    var before = records();
    var mended =
        mended(
            answers.resolve("state-security/answers/incidents-2026-10.xlsx"),
            folder.resolve("incidents.xlsx"),
            workbook -> {
              var sheet = workbook.getSheetAt(0);
              for (int r = 22; r < 25; r++) {
                sheet.removeRow(sheet.getRow(r));
              }
            });
    var levels =
        mended(
            answers.resolve("secrecy-administration/answers/secrecy-levels-2026-10.xls"),
            folder.resolve("levels.xls"),
            workbook -> {
              var sheet = workbook.getSheetAt(0);
              sheet.removeRow(sheet.getRow(45));
              sheet.removeRow(sheet.getRow(94));
              sheet.removeRow(sheet.getRow(34));
            });
    var ended = send(mended, levels);
    assertThat(ended.out().replaceAll(" +", " "))
        .contains("incidents.xlsx 19 18 0 1 0/0/0")
        .contains("levels.xls 89 88 0 1 1/0/0");
    assertThat(differences(before, records())).hasSize(1);
    var answer =
        Homes.run(
            "answer",
            "incidents.xlsx",
            "-o",
            folder.resolve("good.xlsx").toString(),
            "--home",
            home.toString());
    assertThat(answer.code()).as(answer.err()).isZero();
    try (var good = WorkbookFactory.create(folder.resolve("good.xlsx").toFile(), null, true)) {
      assertThat(good.getSheetAt(0).getCellComments()).isEmpty();
      assertThat(good.getSheet("退回说明").getRow(4).getCell(0).getStringCellValue()).contains("没有问题");
    }
  }

  @Test
  @Order(5)
  void aFileThatHasBeenOvertakenIsNotMended() throws Exception {
    var second = Homes.nightly(home, Homes.inbox(Homes.SECOND), Homes.SECOND);
    assertThat(second.code()).as(second.err()).isIn(0, 3);
    var before = records();
    var late =
        mended(
            answers.resolve("industry-informatization/answers/industry-registry-2026-11-01.xlsx"),
            folder.resolve("late.xlsx"),
            workbook -> cell(workbook.getSheet("名录"), "C121").setCellValue("青岚市某单位"));
    var inbox = Files.createTempDirectory(folder, "inbox");
    Files.copy(late, inbox.resolve("late.xlsx"));
    var ended = Homes.nightly(home, inbox, Homes.SECOND);
    assertThat(ended.out())
        .contains(
            "late.xlsx is refused: the file mends industry-registry-2026-11-01.xlsx, but"
                + " industry-registry-2026-11-02.xlsx has been taken in since");
    assertThat(differences(before, records())).isEmpty();
  }

  @Test
  @Order(6)
  void saysWhatHasNotBeenDelivered() throws Exception {
    var ended = Homes.run("answer", "nothing.xlsx", "--home", home.toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("nothing.xlsx has not been delivered");
  }
}

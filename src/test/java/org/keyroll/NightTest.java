package org.keyroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both nights of the samples against what an independent calculation expects of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NightTest {
  @TempDir static Path home;
  private JsonNode expected;
  private Ended first;
  private Ended again;
  private Ended second;
  private String rejectionsOfFirst;
  private String linksOfFirst;
  private String listOfFirst;
  private Map<String, String> publishedFirst;

  @BeforeAll
  void runBothNights() throws Exception {
    expected = ExpectedList.read();
    first = Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST);
    rejectionsOfFirst = Homes.export(home, "rejections");
    linksOfFirst = Homes.export(home, "links");
    listOfFirst = Homes.export(home, "list");
    publishedFirst = Homes.published(home);
    publishedFirst.remove("counter-espionage/catalog.json"); // it names the revisions to come
    again = Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST);
    second = Homes.nightly(home, Homes.inbox(Homes.SECOND), Homes.SECOND);
  }

  @Test
  void everyNightEndsWell() {
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(second.code()).as(second.err()).isZero();
  }

  @Test
  void everyRowOfEveryDeliveryIsAccountedFor() {
    for (var night : expected.get("nights")) {
      var out = night.get("as_of").asString().equals(Homes.FIRST) ? first.out() : second.out();
      for (var file : night.get("files")) {
        if (file.has("same_bytes_as")) {
          assertThat(out).contains(file.get("file").asString() + ": has been taken in before");
          continue;
        }
        int read = file.get("read").asInt();
        int accepted = file.get("accepted").asInt();
        int rejected = file.get("rejected").size();
        int duplicate = file.get("duplicates").size();
        assertThat(read).isEqualTo(accepted + rejected + duplicate);
        assertThat(out.replaceAll(" +", " "))
            .contains(
                "%s %d %d %d %d"
                    .formatted(file.get("file").asString(), read, accepted, rejected, duplicate));
      }
    }
  }

  @Test
  void rejectsEachRowForItsReasonAndNamesTheCell() throws IOException {
    Set<String> found = new HashSet<>();
    for (var row : Homes.rows(rejectionsOfFirst)) {
      var field = row.get(6).equals("contradiction") ? "credit_code" : row.get(5);
      if (row.get(6).equals("required_any")) {
        field = "name";
      }
      found.add(row.get(1) + " " + row.get(3) + " " + field + " " + row.get(6));
    }
    Set<String> wanted = new HashSet<>();
    for (var file : expected.get("nights").get(0).get("files")) {
      for (var rejection : file.get("rejected")) {
        var field = rejection.get("field").asString();
        wanted.add(
            file.get("file").asString()
                + " "
                + rejection.get("row").asInt()
                + " "
                + (rejection.get("reason").asString().equals("contradiction")
                    ? "credit_code"
                    : field)
                + " "
                + rejection.get("reason").asString());
      }
    }
    assertThat(found).isEqualTo(wanted);
    assertThat(wanted.stream().map(w -> w.substring(w.lastIndexOf(' '))).distinct().count())
        .isGreaterThanOrEqualTo(10);
  }

  @Test
  void leavesRowsThatFitNoUnitOrSeveralToAPerson() throws IOException {
    Set<String> waiting = new HashSet<>();
    for (var row : Homes.rows(linksOfFirst)) {
      if (row.get(5).isEmpty()) {
        waiting.add(row.get(0) + " " + row.get(3));
      }
    }
    Set<String> wanted = new HashSet<>();
    expected
        .get("nights")
        .get(0)
        .get("unlinked")
        .forEach(u -> wanted.add(u.get("source").asString() + " " + u.get("row").asInt()));
    assertThat(waiting).isEqualTo(wanted);
  }

  @Test
  void listsTheUnitsThatThePolicyWantsInTheirTiersForTheirDepartments() throws Exception {
    assertThat(ExpectedList.listed(listOfFirst)).isEqualTo(ExpectedList.after(expected, 0));
    assertThat(ExpectedList.listed(Homes.export(home, "list")))
        .isEqualTo(ExpectedList.after(expected, 1));
  }

  @Test
  void scoresAsAnIndependentCalculationDoes() throws Exception {
    Map<String, Double> scores = new HashMap<>();
    for (var row : Homes.rows(Homes.export(home, "list"))) {
      scores.put(row.get(2), Double.valueOf(row.get(4)));
    }
    for (var unit : expected.get("nights").get(1).get("units")) {
      assertThat(scores.get(unit.get("credit_code").asString()))
          .isCloseTo(unit.get("score").asDouble(), within(0.00005 + 1e-12));
    }
  }

  @Test
  void publishesTheChangesOfTheSecondNight() throws Exception {
    Map<String, String> identifiers = new HashMap<>();
    for (var unit : Homes.rows(Homes.export(home, "units"))) {
      identifiers.put(unit.get(0), unit.get(1));
    }
    Map<String, Set<String>> found = new HashMap<>();
    for (var change : Homes.rows(Homes.export(home, "changes"))) {
      if (change.get(0).equals("2")) {
        found
            .computeIfAbsent(change.get(2), k -> new HashSet<>())
            .add(identifiers.get(change.get(3)));
      }
    }
    var changes = expected.get("nights").get(1).get("changes");
    for (var act : List.of("add", "drop", "tier", "department")) {
      Set<String> wanted = new HashSet<>();
      changes.get(act).forEach(c -> wanted.add(c.get("credit_code").asString()));
      assertThat(found.get(act)).as(act).isEqualTo(wanted);
    }
  }

  /**
   * Two incidents of 2024-11-03 leave a window of two years on the second night; one unit merges.
   */
  @Test
  void saysWhatMadeEachChangeOfTheSecondNightFollow() throws Exception {
    Map<String, String> names = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (var change : Homes.rows(Homes.export(home, "changes"))) {
      var cause = change.get(change.size() - 2);
      if (change.get(0).equals("2")) {
        counts.merge(cause, 1, Integer::sum);
        if (!cause.equals("data")) {
          names.put(change.get(4), change.get(2) + " " + cause);
        }
      } else {
        assertThat(cause).isEqualTo("data");
      }
    }
    assertThat(names)
        .isEqualTo(
            Map.of(
                "澜川市冷链运输有限公司",
                "drop time",
                "青岚市中心血站",
                "tier time",
                "青岚市鸿图地理信息技术有限公司",
                "drop identity"));
    assertThat(second.out())
        .contains("proposed   3 add, 2 department, 1 details, 4 drop, 1 keep, 4 tier")
        .contains("because of 12 data, 1 identity, 2 time");
    assertThat(counts).isEqualTo(Map.of("data", 12, "identity", 1, "time", 2));
  }

  @Test
  void publishesNothingWhenNothingHasChangedAndSaysWhy() {
    assertThat(again.out()).contains("0 of them new deliveries").contains("published  nothing");
    assertThat(again.out()).doesNotContain("revision 2");
  }

  @Test
  void givesEveryDepartmentItsShareAndNeverTouchesAnEarlierRevision() throws Exception {
    var published = Homes.published(home);
    assertThat(published).containsAllEntriesOf(publishedFirst);
    for (var revision : List.of("revision-0001", "revision-0002")) {
      var folder = home.resolve("published/counter-espionage").resolve(revision);
      var verified = Homes.run("verify", folder.toString());
      assertThat(verified.code()).as(verified.err()).isZero();
      assertThat(folder.resolve("departments/education/list.xlsx")).exists();
      assertThat(folder.resolve("departments/education/list.csv")).exists();
      assertThat(folder.resolve("departments/education/changes.xlsx")).exists();
      assertThat(folder.resolve("departments/education/changes-31-days.csv")).exists();
      assertThat(folder.resolve("departments/commerce/rejected-rows.xlsx")).exists();
    }
    var education =
        Homes.rows(
            Files.readString(
                    home.resolve(
                        "published/counter-espionage/revision-0001/departments/education/list.csv"))
                .substring(1));
    long wanted =
        ExpectedList.after(expected, 0).values().stream()
            .filter(d -> d.matches(".*\\beducation\\b.*"))
            .count();
    assertThat(education).hasSize((int) wanted);
  }

  @Test
  void givesTheListInThreeFormsWithAsManyRowsAndSaysSo() throws Exception {
    var authority = home.resolve("published/counter-espionage/revision-0002/authority");
    var json = JsonMapper.shared().readTree(Files.readString(authority.resolve("list.json")));
    var rows = Homes.rows(Files.readString(authority.resolve("list.csv")).substring(1));
    assertThat(json.get("units")).hasSize(rows.size());
    assertThat(json.get("rows").asInt()).isEqualTo(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(json.get("units").get(i).get("unit").asString()).isEqualTo(rows.get(i).get(0));
    }
    int assigned = 0;
    for (var unit : json.get("units")) {
      assigned += unit.get("departments").size();
    }
    assertThat(second.out())
        .containsPattern(
            "files +\\d+; rows in the lists: %d for the authority, %d for 11 departments, as many in"
                    .formatted(rows.size(), assigned)
                + " xlsx, csv and json");
  }

  @Test
  void tellsTheChangesOfAWeekRevisionByRevision() throws Exception {
    var authority = home.resolve("published/counter-espionage/revision-0002/authority");
    var since = Homes.rows(Files.readString(authority.resolve("changes.csv")).substring(1));
    var week = Homes.rows(Files.readString(authority.resolve("changes-7-days.csv")).substring(1));
    var founding =
        Homes.rows(
            Files.readString(
                    authority.resolve("../../revision-0001/authority/changes.csv").normalize())
                .substring(1));
    assertThat(week).hasSize(founding.size() + since.size());
    assertThat(week.subList(0, founding.size())).isEqualTo(founding);
    assertThat(week.subList(founding.size(), week.size())).isEqualTo(since);
  }

  /** 55 are listed in the first night; 3 enter, 4 leave and 4 change their tier in the second. */
  @Test
  void writesALetterToEachUnitThatEntersLeavesOrChangesItsTier() throws Exception {
    Map<String, Integer> letters = new TreeMap<>();
    for (var revision : List.of("revision-0001", "revision-0002")) {
      var folder = home.resolve("published/counter-espionage/" + revision + "/authority/letters");
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          letters.merge(revision + " " + folder.relativize(file).getName(0), 1, Integer::sum);
          try (var pdf = org.apache.pdfbox.Loader.loadPDF(file.toFile())) {
            var text = new org.apache.pdfbox.text.PDFTextStripper().getText(pdf);
            assertThat(text).contains("告知书").contains("国家安全机关").doesNotContain("〓");
          }
        }
      }
    }
    assertThat(letters)
        .isEqualTo(
            Map.of(
                "revision-0001 listing",
                55,
                "revision-0002 listing",
                3,
                "revision-0002 removal",
                4,
                "revision-0002 tier-change",
                4));
  }

  @Test
  void reportsToEachDepartmentWhatIsAssignedToItAndWhatMoved() throws Exception {
    var departments = home.resolve("published/counter-espionage/revision-0002/departments");
    int moves = 0;
    try (var folders = Files.list(departments)) {
      for (var folder : folders.sorted().toList()) {
        var csv = Homes.rows(Files.readString(folder.resolve("list.csv")).substring(1));
        var before =
            Homes.rows(
                Files.readString(
                        departments
                            .resolve("../../revision-0001/departments")
                            .resolve(folder.getFileName())
                            .resolve("list.csv"))
                    .substring(1));
        var now = csv.stream().map(r -> r.get(0)).toList();
        var then = before.stream().map(r -> r.get(0)).toList();
        try (var report =
            org.apache.poi.ss.usermodel.WorkbookFactory.create(
                folder.resolve("assignment-report.xlsx").toFile(), null, true)) {
          assertThat(unitsOf(report, 1)).isEqualTo(now);
          var in = new ArrayList<>(now);
          in.removeAll(then);
          assertThat(unitsOf(report, 2)).isEqualTo(in);
          var out = new ArrayList<>(then);
          out.removeAll(now);
          assertThat(unitsOf(report, 3)).isEqualTo(out);
          moves += in.size() + out.size();
          var summary = (org.apache.poi.xssf.usermodel.XSSFSheet) report.getSheetAt(0);
          assertThat(summary.getDrawingPatriarch().getCharts()).hasSize(2);
          assertThat(summary.getRow(4).getCell(1).getNumericCellValue()).isEqualTo(now.size());
          assertThat(summary.getRow(5).getCell(1).getNumericCellValue()).isEqualTo(in.size());
          assertThat(summary.getRow(6).getCell(1).getNumericCellValue()).isEqualTo(out.size());
        }
      }
    }
    assertThat(moves).isGreaterThan(5);
  }

  /** Each unit of the first two tiers has one inspection ahead of it, a year after the last. */
  @Test
  void expectsOfEachUnitWhatRecursAndSaysByWhen() throws Exception {
    var inspections =
        Homes.rows(Homes.export(home, "measures")).stream()
            .filter(m -> m.get(0).equals("inspection"))
            .toList();
    var open = inspections.stream().filter(m -> m.get(6).isEmpty()).toList();
    var list =
        Homes.rows(
            Files.readString(
                    home.resolve("published/counter-espionage/revision-0002/authority/list.csv"))
                .substring(1));
    assertThat(open.stream().map(m -> m.get(1)).toList())
        .containsExactlyInAnyOrderElementsOf(
            list.stream().filter(u -> !u.get(3).startsWith("三级")).map(u -> u.get(0)).toList());
    assertThat(open)
        .anySatisfy(m -> assertThat(m.get(3)).matches("JC[0-9]{4}-[0-9]{3}"))
        .anySatisfy(m -> assertThat(m.get(3)).isEqualTo("list"))
        .allSatisfy(
            m -> assertThat(java.time.LocalDate.parse(m.get(4)).plusYears(1)).isEqualTo(m.get(5)));
    assertThat(inspections).hasSizeGreaterThan(open.size());

    var departments = home.resolve("published/counter-espionage/revision-0002/departments");
    try (var report =
        org.apache.poi.ss.usermodel.WorkbookFactory.create(
            departments.resolve("state-security/assignment-report.xlsx").toFile(), null, true)) {
      var expected = cells(report.getSheet("近期事项"));
      assertThat(expected).anySatisfy(row -> assertThat(row).contains("报表应报", "安全防范检查与整改报表"));
      assertThat(expected.stream().mapToDouble(r -> Double.parseDouble(r.get(1))))
          .isSorted()
          .allMatch(days -> days >= 0 && days <= 92);
    }
  }

  @Test
  void tellsTheAuthorityHowARevisionCameAbout() throws Exception {
    var authority = home.resolve("published/counter-espionage/revision-0002/authority");
    var changes = Homes.rows(Files.readString(authority.resolve("changes.csv")).substring(1));
    var list = Homes.rows(Files.readString(authority.resolve("list.csv")).substring(1));
    try (var report =
        org.apache.poi.ss.usermodel.WorkbookFactory.create(
            authority.resolve("run-report.xlsx").toFile(), null, true)) {
      var received = cells(report.getSheet("收到文件"));
      assertThat(received).hasSize(4);
      for (var file : received) {
        var counts = file.subList(5, 9).stream().map(Double::valueOf).toList();
        assertThat(counts.get(0)).isEqualTo(counts.get(1) + counts.get(2) + counts.get(3));
        assertThat(second.out()).contains(file.get(1));
      }
      var changed = cells(report.getSheet("变动起因"));
      assertThat(changed.stream().mapToDouble(r -> Double.parseDouble(r.get(r.size() - 1))).sum())
          .isEqualTo(changes.size());
      for (var row : changed) {
        assertThat(row.subList(1, row.size() - 1).stream().mapToDouble(Double::parseDouble).sum())
            .isEqualTo(Double.parseDouble(row.get(row.size() - 1)));
      }
      assertThat(cells(report.getSheet("变动限度")))
          .allSatisfy(bound -> assertThat(bound.get(5)).isEqualTo("限度内"))
          .anySatisfy(
              bound -> assertThat(bound.subList(0, 3)).containsExactly("列入单位", "55.0", "3.0"));
      var lists = cells(report.getSheet("名录行数核对"));
      assertThat(lists).hasSize(12).allSatisfy(row -> assertThat(row.get(5)).isEqualTo("是"));
      assertThat(lists.get(0).subList(1, 5)).containsOnly(list.size() + ".0");
    }
    try (var pdf = org.apache.pdfbox.Loader.loadPDF(authority.resolve("run-report.pdf").toFile())) {
      var text = new org.apache.pdfbox.text.PDFTextStripper().getText(pdf);
      assertThat(text).contains("运行报告", "收到文件", "变动限度", "名录行数核对").doesNotContain("〓");
      assertThat(pdf.getDocumentCatalog().getDocumentOutline().children()).hasSize(9);
    }
  }

  /** The rows below the headings, as they are shown. */
  private static List<List<String>> cells(org.apache.poi.ss.usermodel.Sheet sheet) {
    var rows = new ArrayList<List<String>>();
    boolean below = false;
    for (var row : sheet) {
      var cells = new ArrayList<String>();
      row.forEach(cell -> cells.add(cell.toString()));
      if (below) {
        rows.add(cells);
      }
      below |= cells.size() > 1;
    }
    return rows;
  }

  private static List<String> unitsOf(org.apache.poi.ss.usermodel.Workbook workbook, int sheet) {
    var units = new ArrayList<String>();
    for (var row : workbook.getSheetAt(sheet)) {
      if (row.getCell(0).getStringCellValue().matches("U\\d+")) {
        units.add(row.getCell(0).getStringCellValue());
      }
    }
    return units;
  }

  @Test
  void givesEachFileWithFaultsBackToItsSenderAlone() throws Exception {
    var revision = home.resolve("published/counter-espionage/revision-0001/departments");
    List<String> answers;
    try (var files = Files.walk(revision)) {
      answers =
          files
              .map(f -> revision.relativize(f).toString())
              .filter(f -> f.contains("/answers/"))
              .sorted()
              .toList();
    }
    assertThat(answers)
        .containsExactly(
            "commerce/answers/foreign-involvement-2026-10.xlsx",
            "industry-informatization/answers/industry-registry-2026-11-01.xlsx",
            "market-regulation/answers/enterprise-registry-2026-11-01.xlsx",
            "secrecy-administration/answers/secrecy-levels-2026-10.xls",
            "state-security/answers/incidents-2026-10.xlsx",
            "state-security/answers/inspections-2026-10.xlsx");
    var again = home.resolve("answer.xlsx");
    var made =
        Homes.run(
            "answer",
            Homes.inbox(Homes.FIRST).resolve("industry-registry-2026-11-01.xlsx").toString(),
            "-o",
            again.toString(),
            "--home",
            home.toString());
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(Files.readAllBytes(again))
        .isEqualTo(Files.readAllBytes(revision.resolve(answers.get(1))));
    Set<String> commented = new HashSet<>();
    try (var workbook =
        org.apache.poi.ss.usermodel.WorkbookFactory.create(again.toFile(), null, true)) {
      workbook
          .getSheet("名录")
          .getCellComments()
          .forEach((at, comment) -> commented.add(at.formatAsString()));
      assertThat(workbook.getSheetName(workbook.getActiveSheetIndex())).isEqualTo("退回说明");
    }
    Set<String> wanted = new HashSet<>();
    for (var row : Homes.rows(rejectionsOfFirst)) {
      if (row.get(1).equals("industry-registry-2026-11-01.xlsx")) {
        wanted.add((row.get(4).isEmpty() ? "A" : row.get(4)) + row.get(3));
      }
    }
    assertThat(commented).isEqualTo(wanted);
  }

  @Test
  void explainsAUnitDownToTheCellThatTheSenderFilled() throws Exception {
    int followed = 0;
    for (var unit : List.of("U0000001", "U0000017", "U0000047")) {
      var explained = Homes.run("explain", unit, "--home", home.toString());
      assertThat(explained.code()).as(explained.err()).isZero();
      var cells =
          java.util.regex.Pattern.compile(
                  "from (\\S+\\.xlsx?), sheet (\\S+), row (\\d+), column ([A-Z]+) .*: \"(.*)\"")
              .matcher(explained.out());
      while (cells.find()) {
        assertThat(cell(cells.group(1), cells.group(2), cells.group(3), cells.group(4)))
            .contains(cells.group(5).strip());
        followed++;
      }
    }
    assertThat(followed).isGreaterThan(10);
  }

  /** Reads a cell of a sample with another reader. */
  private static String cell(String file, String sheet, String row, String column)
      throws IOException {
    for (var night : List.of(Homes.SECOND, Homes.FIRST)) {
      var path = Homes.inbox(night).resolve(file);
      if (Files.exists(path)) {
        try (var workbook =
            org.apache.poi.ss.usermodel.WorkbookFactory.create(path.toFile(), null, true)) {
          var cell =
              workbook
                  .getSheet(sheet)
                  .getRow(Integer.parseInt(row) - 1)
                  .getCell(org.apache.poi.ss.util.CellReference.convertColStringToIndex(column));
          if (cell.getCellType() == org.apache.poi.ss.usermodel.CellType.NUMERIC) {
            return org.apache.poi.ss.usermodel.DateUtil.isCellDateFormatted(cell)
                ? cell.getLocalDateTimeCellValue().toLocalDate().toString()
                : org.apache.poi.ss.util.NumberToTextConverter.toText(cell.getNumericCellValue());
          }
          return cell.getStringCellValue();
        }
      }
    }
    throw new IllegalStateException("no sample " + file);
  }

  @Test
  void contributionsAddUpToTheScoreOfEveryUnit() throws Exception {
    int units =
        Homes.contributionsAddUp(
            Homes.export(home, "contributions"), Homes.export(home, "assessments"));

    assertThat(units).isGreaterThan(150);
  }
}

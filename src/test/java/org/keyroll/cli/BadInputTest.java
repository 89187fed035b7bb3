package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;
import org.keyroll.database.Database;

/** What goes wrong is said in a sentence, names its place, and stops nothing that can go on. */
class BadInputTest {
  private static final Path SHEETS = Path.of("src/test/resources/spreadsheets");

  @TempDir static Path folder;
  private static Path home;
  private static Ended night;

  /** Night one with three of its files spoilt, each in another way, and an empty one beside. */
  @BeforeAll
  static void runANightOnSpoiltFiles() throws Exception {
    home = folder.resolve("home");
    var inbox = Files.createDirectories(folder.resolve("inbox"));
    copy(Homes.inbox(Homes.FIRST), inbox);
    var whole = inbox.resolve("inspections-2026-10.xlsx");
    var bytes = Files.readAllBytes(whole);
    Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Files.copy(
        SHEETS.resolve("protected_passtika.xlsx"),
        inbox.resolve("incidents-2026-10.xlsx"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    addColumn(inbox.resolve("foreign-involvement-2026-10.xlsx"));
    Files.write(inbox.resolve("secrecy-levels-empty.xls"), new byte[0]);
    night = Homes.nightly(home, inbox, Homes.FIRST);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void addColumn(Path file) throws IOException {
    var changed = folder.resolve("changed.xlsx");
    try (var in = Files.newInputStream(file);
        var workbook = WorkbookFactory.create(in);
        var out = Files.newOutputStream(changed)) {
      for (var row : workbook.getSheetAt(0)) {
        if (row.getLastCellNum() > 3 && "单位名称".equals(text(row.getCell(2)))) {
          row.createCell(row.getLastCellNum()).setCellValue("联系人");
          break;
        }
      }
      workbook.write(out);
    }
    Files.move(changed, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(org.apache.poi.ss.usermodel.Cell cell) {
    return cell == null ? "" : cell.toString();
  }

  @Test
  void theRestOfTheNightGoesOnAndPublishes() {
    assertThat(night.code()).as(night.err()).isZero();
    assertThat(night.out()).contains("published  revision 1");
    assertThat(night.out()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void refusesADamagedAnEncryptedAndAnEmptyFileEachWithItsSentence() {
    assertThat(night.out())
        .containsPattern("inspections-2026-10.xlsx is refused: .*damaged")
        .containsPattern("incidents-2026-10.xlsx is refused: .*(encrypt|password)")
        .containsPattern("secrecy-levels-empty.xls is refused: .*empty");
  }

  @Test
  void refusesAnUnknownColumnAndNamesIt() {
    assertThat(night.out())
        .containsPattern(
            "foreign-involvement-2026-10.xlsx is refused: sheet .*, row \\d+, column [A-Z]+: the"
                + " heading \"联系人\" is one of persons' data");
  }

  @Test
  void givesARefusedFileBackInTheLanguageOfItsSender() throws Exception {
    var unknown = answerTo("foreign-involvement-2026-10.xlsx");
    try (var workbook = WorkbookFactory.create(unknown.toFile(), null, true)) {
      var comments = workbook.getSheetAt(0).getCellComments();
      assertThat(comments).hasSize(1);
      assertThat(comments.values().iterator().next().getString().getString())
          .contains("个人信息列（personal_column）")
          .contains("“联系人”属于个人信息，不得报送");
      assertThat(workbook.getSheet("退回说明").getRow(3).getCell(0).getStringCellValue())
          .contains("该文件未能接收");
    }
    var damaged = answerTo("inspections-2026-10.xlsx");
    try (var workbook = WorkbookFactory.create(damaged.toFile(), null, true)) {
      assertThat(workbook.getNumberOfSheets()).isEqualTo(1);
      assertThat(text(workbook.getSheetAt(0).getRow(6).getCell(4))).isEqualTo("整个文件");
      assertThat(text(workbook.getSheetAt(0).getRow(6).getCell(6))).isEqualTo("文件损坏");
    }
  }

  private static Path answerTo(String file) throws Exception {
    var answer = folder.resolve("answer-to-" + file);
    var made =
        Homes.run(
            "answer",
            folder.resolve("inbox").resolve(file).toString(),
            "-o",
            answer.toString(),
            "--home",
            home.toString());
    assertThat(made.code()).as(made.err()).isZero();
    return answer;
  }

  @Test
  void namesAFileThatNoSourceExpects() {
    assertThat(night.out()).contains("meeting-notice.txt: no source expects");
  }

  @Test
  void takesARefusedFileInWhenItComesRight() throws Exception {
    var later = Homes.nightly(home, Homes.inbox(Homes.FIRST), Homes.FIRST);
    assertThat(later.code()).as(later.err()).isIn(0, 3);
    assertThat(later.out().replaceAll(" +", " ")).contains("incidents-2026-10.xlsx 22 18 3 1");
  }

  @Test
  void foundsNoListOnARegistryThatCouldNotBeTakenIn() throws Exception {
    var founding = folder.resolve("founding");
    var inbox = Files.createDirectories(folder.resolve("founding-inbox"));
    var registry = "enterprise-registry-2026-11-01.csv";
    copy(Homes.inbox(Homes.FIRST), inbox);
    Files.writeString(inbox.resolve(registry), "no,headings\n1,2\n");
    var held = Homes.nightly(founding, inbox, Homes.FIRST);
    assertThat(held.code()).as(held.err()).isEqualTo(Stop.HELD);
    assertThat(held.out()).contains("no file of the registry enterprise-registry (");
    Files.copy(
        Homes.inbox(Homes.FIRST).resolve(registry),
        inbox.resolve(registry),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    var mended = Homes.nightly(founding, inbox, Homes.FIRST);
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(mended.out()).contains("published  revision 1");
  }

  @Test
  void refusesADateBeforeTheLastRun() throws Exception {
    var earlier = Homes.nightly(home, Homes.inbox(Homes.FIRST), "2026-11-01");
    assertThat(earlier.code()).isEqualTo(2);
    assertThat(earlier.err()).contains("The last run was as of 2026-11-02");
  }

  @Test
  void refusesAnInboxThatIsNotThereAndADateThatIsNone() throws Exception {
    var missing = Homes.nightly(home, folder.resolve("nowhere"), Homes.FIRST);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no folder").contains("--inbox");
    var wrong = Homes.run("nightly", "--as-of", "tomorrow");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("\"tomorrow\" is not a date");
  }

  @Test
  void namesFileAndLineOfAWrongDefinition() throws Exception {
    var jobs = copyOfJobs("wrong");
    var policy = jobs.resolve("counter-espionage/policy.yml");
    Files.writeString(policy, Files.readString(policy).replace("weight: 0.30", "weigth: 0.30"));
    var checked = Homes.run("check", "--jobs", jobs.toString());
    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.err()).containsPattern("policy.yml:\\d+: .*weigth");
    var missing = Homes.run("check", "--jobs", folder.resolve("none").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).doesNotContain("\tat ");
  }

  @Test
  void holdsADeliveryWithTooFewRowsAndARevisionOutsideTheEnvelope() throws Exception {
    var own = folder.resolve("held");
    assertThat(Homes.nightly(own, Homes.inbox(Homes.FIRST), Homes.FIRST).code()).isZero();
    var before = Homes.published(own);

    var jobs = copyOfJobs("strict");
    var registry = jobs.resolve("counter-espionage/sources/industry-registry.yml");
    Files.writeString(
        registry, Files.readString(registry).replace("minimum_rows: 20", "minimum_rows: 900"));
    var programme = jobs.resolve("counter-espionage/programme.yml");
    Files.writeString(
        programme, Files.readString(programme).replace("leaving: 0.20", "leaving: 0.01"));
    var second = nightlyWith(jobs, own);
    assertThat(second.out()).containsPattern("industry-registry-2026-11-02.xlsx is held: 117 data");
    assertThat(second.code()).isEqualTo(3);
    assertThat(second.err()).contains("the revision is held").contains("--release");
    assertThat(Homes.published(own)).isEqualTo(before);

    var asserted = release(jobs, own);
    assertThat(asserted.code()).isEqualTo(2);
    assertThat(asserted.err()).contains("takes the key of a registered person");

    var root = register(own, "root", "administrator", null);
    var released = release(jobs, own, "--key", register(own, "ann", "approver", root).toString());
    assertThat(released.code()).as(released.err()).isZero();
    assertThat(released.out()).contains("published  revision 2");
    assertThat(Homes.export(own, "audit")).contains("seen by the board");
  }

  private static Ended release(Path jobs, Path own, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("publish", "--release", "seen by the board"));
    arguments.addAll(List.of("--jobs", jobs.toString(), "--programme", "counter-espionage"));
    arguments.addAll(List.of("--home", own.toString(), "--as-of", Homes.SECOND));
    arguments.addAll(List.of(more));
    return Homes.run(arguments.toArray(String[]::new));
  }

  /** Registers a person and returns the file with their key. */
  private static Path register(Path own, String name, String role, @Nullable Path by)
      throws Exception {
    var arguments = new ArrayList<>(List.of("people", "add", name, "--role", role));
    arguments.addAll(List.of("--home", own.toString()));
    if (by != null) {
      arguments.addAll(List.of("--key", by.toString()));
    }
    var added = Homes.run(arguments.toArray(String[]::new));
    assertThat(added.code()).as(added.err()).isZero();
    var key = folder.resolve(name + ".key");
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(key, added.out());
  }

  private static Ended nightlyWith(Path jobs, Path own) throws Exception {
    return Homes.run(
        "nightly",
        "--jobs",
        jobs.toString(),
        "--programme",
        "counter-espionage",
        "--home",
        own.toString(),
        "--inbox",
        Homes.inbox(Homes.SECOND).toString(),
        "--as-of",
        Homes.SECOND);
  }

  @Test
  void theDatabaseItselfRefusesCountsThatDoNotAddUp() throws Exception {
    try (var database = Database.open(home, null, line -> {});
        var connection =
            java.sql.DriverManager.getConnection(
                database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeUpdate("UPDATE delivery SET read_rows = read_rows + 1"))
          .hasMessageContaining("every_row_is_accounted_for");
    }
  }

  private static Path copyOfJobs(String name) throws IOException {
    var copy = folder.resolve(name);
    Homes.copy(Path.of("jobs"), copy);
    return copy;
  }
}

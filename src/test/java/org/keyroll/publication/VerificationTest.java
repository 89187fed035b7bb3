package org.keyroll.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;

/** Whatever is done to what was published is found. */
class VerificationTest {
  @TempDir static Path home;
  private static Path published;

  @TempDir Path temporary;
  private Path copy;

  /** Both nights bring a file that is none: the second has it under another number. */
  @BeforeAll
  static void runBothNights(@TempDir Path inboxes) throws Exception {
    for (var night : List.of(Homes.FIRST, Homes.SECOND)) {
      var ended = nightly(List.of(), home, inbox(inboxes, night, false), night);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    published = home.resolve("published/counter-espionage");
  }

  private static Homes.Ended nightly(List<String> jvm, Path home, Path inbox, String asOf)
      throws Exception {
    return Homes.run(
        jvm, "nightly", "--home", home.toString(), "--inbox", inbox.toString(), "--as-of", asOf);
  }

  /** The files of a night and a broken one, laid down by name or the other way round. */
  private static Path inbox(Path inboxes, String night, boolean backwards) throws IOException {
    var inbox = Files.createDirectories(inboxes.resolve(night + (backwards ? "-backwards" : "")));
    List<Path> files;
    try (var listed = Files.list(Homes.inbox(night))) {
      files = new ArrayList<>(listed.sorted().toList());
    }
    if (backwards) {
      Collections.reverse(files);
    }
    for (var file : files) {
      Files.copy(file, inbox.resolve(file.getFileName()));
    }
    Files.writeString(inbox.resolve("inspections-2026-09.xlsx"), "no workbook");
    return inbox;
  }

  /** A copy of the definitions with other words, departments, weights and titles. */
  private Path otherJobs() throws IOException {
    var jobs = temporary.resolve("jobs");
    Homes.copy(Path.of("jobs"), jobs);
    for (var change :
        List.of(
            List.of("publication.yml", "反间谍安全防范重点单位名录", "名录"),
            List.of("departments.yml", "教育局", "教育厅"),
            List.of("followup.yml", "书面告知", "告知书"),
            List.of("policy.yml", "title: 外资占比", "title: 外资比例"),
            List.of("sources/incidents.yml", "title: ", "title: 新"))) {
      var file = jobs.resolve("counter-espionage").resolve(change.get(0));
      var text = Files.readString(file);
      assertThat(text).contains(change.get(1));
      Files.writeString(file, text.replace(change.get(1), change.get(2)));
    }
    return jobs;
  }

  private static Homes.Ended rebuild(List<String> jvm, String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("rebuild", "--home", home.toString()));
    arguments.addAll(List.of(more));
    return Homes.run(jvm, arguments.toArray(String[]::new));
  }

  /** The two zones are never on the same day. */
  @Test
  void makesTheSameBytesInAnotherZoneLocaleThreadCountOrderOfFilesAndDay() throws Exception {
    var other = temporary.resolve("other");
    var jvm =
        List.of(
            "-Duser.timezone=Pacific/Kiritimati",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.extensions=u-nu-arab",
            "-XX:ActiveProcessorCount=1");
    for (var night : List.of(Homes.FIRST, Homes.SECOND)) {
      var ended = nightly(jvm, other, inbox(temporary, night, true), night);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    assertThat(Homes.published(other)).isEqualTo(Homes.published(home));
  }

  @Test
  void makesARevisionAgainByteForByteHoweverTheMachineIsSetAndWhateverHasComeSince()
      throws Exception {
    for (var jvm :
        List.of(
            List.of("-Duser.timezone=Etc/GMT+12"),
            List.of("-Duser.language=tr", "-Duser.country=TR", "-XX:ActiveProcessorCount=1"))) {
      var ended = rebuild(jvm);
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out())
          .matches(
              "counter-espionage, revision 2 as of 2026-11-03: \\d+ files compared, 0 differing.\\R");
    }
    var jobs = otherJobs();
    var first =
        rebuild(
            List.of("-XX:ActiveProcessorCount=7"),
            "--revision",
            "1",
            "--programme",
            "counter-espionage",
            "--jobs",
            jobs.toString());
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("revision 1 as of 2026-11-02").contains(", 0 differing.");
  }

  @Test
  void namesTheFirstFileThatIsNotMadeAgain() throws Exception {
    var file = published.resolve("revision-0001/authority/list.csv");
    var bytes = Files.readAllBytes(file);
    var changed = bytes.clone();
    changed[100] ^= 1;
    Files.write(file, changed);
    Files.writeString(published.resolve("revision-0001/authority/more.txt"), "x");
    try {
      var ended = rebuild(List.of(), "--revision", "1");
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.out()).contains("files compared, 2 differing.");
      assertThat(ended.err()).contains("authority/list.csv differs from byte 101 on");
      assertThat(rebuild(List.of(), "--revision", "9").code()).isEqualTo(2);
    } finally {
      Files.write(file, bytes);
      Files.delete(published.resolve("revision-0001/authority/more.txt"));
    }
  }

  @BeforeEach
  void copyIt() throws IOException {
    copy = temporary.resolve("published");
    Homes.copy(published, copy);
  }

  private List<String> problems(String folder) throws IOException {
    return Verification.verify(copy.resolve(folder), null).problems();
  }

  @Test
  void findsNothingWhereNothingWasDone() throws IOException {
    assertThat(problems("")).isEmpty();
    assertThat(problems("revision-0001")).isEmpty();
    assertThat(problems("revision-0002")).isEmpty();
    assertThat(problems("revision-0002/departments/education")).isEmpty();
  }

  @Test
  void findsAChangedByteInAnyFile() throws IOException {
    List<Path> files;
    try (var paths = Files.walk(copy.resolve("revision-0002"))) {
      files = new ArrayList<>(paths.filter(Files::isRegularFile).toList());
    }
    files.add(copy.resolve("catalog.json"));
    files.add(copy.resolve("catalog.json.sig"));
    for (var file : files) {
      var bytes = Files.readAllBytes(file);
      var changed = bytes.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      var folder = file.startsWith(copy.resolve("revision-0002")) ? "revision-0002" : "";
      assertThat(problems(folder)).as(file.toString()).isNotEmpty();
      Files.write(file, bytes);
    }
    assertThat(files).hasSizeGreaterThan(150);
    assertThat(problems("")).isEmpty();
  }

  @Test
  void findsAMissingFileAnAddedOneAndAMissingRevision() throws IOException {
    Files.delete(copy.resolve("revision-0001/authority/list.csv"));
    Files.delete(copy.resolve("revision-0001/departments/health/revision.json.sig"));
    Files.writeString(copy.resolve("revision-0002/authority/list-2.csv"), "x");
    assertThat(problems(""))
        .containsExactlyInAnyOrder(
            "revision-0001/authority/list.csv is missing",
            "revision-0001/departments/health/revision.json.sig is missing",
            "revision-0002/authority/list-2.csv does not belong to the revision");
    Files.move(copy.resolve("revision-0002"), temporary.resolve("elsewhere"));
    assertThat(problems("")).contains("revision-0002 is missing");
    Homes.copy(published.resolve("revision-0001"), copy.resolve("revision-0003"));
    assertThat(problems("")).contains("revision-0003 is not in the catalog");
  }

  @Test
  void findsAnOldRevisionServedAsTheNewOne() throws IOException {
    try (var paths = Files.walk(copy.resolve("revision-0002"))) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Homes.copy(published.resolve("revision-0001"), copy.resolve("revision-0002"));
    var wanted =
        "manifest.json is not the one of revision 2 in the catalog; it says that it is revision 1"
            + " as of 2026-11-02";
    assertThat(problems("")).containsExactly("revision-0002/" + wanted);
    assertThat(problems("revision-0002")).containsExactly(wanted);
  }

  @Test
  void findsAManifestThatWasWrittenAnewWithoutTheKey() throws IOException {
    var file = copy.resolve("revision-0002/manifest.json");
    var manifest = Manifest.read(Files.readAllBytes(file));
    // As one that was published before revisions were signed.
    var forged =
        new Manifest(
            manifest.programme(),
            manifest.revision(),
            manifest.previous(),
            manifest.asOf(),
            manifest.units(),
            manifest.policy(),
            manifest.definitions(),
            manifest.deliveries(),
            null,
            manifest.files());
    Files.write(file, forged.bytes());
    Files.delete(copy.resolve("catalog.json"));
    assertThat(problems("revision-0002")).contains("manifest.json is not signed with the key");
  }

  @Test
  void showsADepartmentThatItsFilesBelongToTheRevisionWithoutTheRest() throws IOException {
    var key = copy.resolve("key.pem");
    var mine = temporary.resolve("mine");
    Homes.copy(published.resolve("revision-0002/departments/education"), mine);
    assertThat(Verification.verify(mine, key).problems()).isEmpty();
    assertThat(Verification.verify(mine, key).what()).contains("those for education");

    var other = temporary.resolve("other.pem");
    Files.writeString(other, new SigningKey(temporary).published().pem());
    assertThat(Verification.verify(mine, other).problems())
        .containsExactly("revision.json is not signed with the key");
    Files.copy(
        published.resolve("revision-0001/departments/education/proof.json"),
        mine.resolve("proof.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(Verification.verify(mine, key).problems())
        .contains("departments/education/list.xlsx does not belong to revision 2");
  }
}

package org.keyroll.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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

  @BeforeAll
  static void runBothNights() throws Exception {
    for (var night : List.of(Homes.FIRST, Homes.SECOND)) {
      var ended = Homes.nightly(home, Homes.inbox(night), night);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    published = home.resolve("published/counter-espionage");
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
      assertThat(problems("")).as(file.toString()).isNotEmpty();
      Files.write(file, bytes);
    }
    assertThat(files).hasSizeGreaterThan(60);
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

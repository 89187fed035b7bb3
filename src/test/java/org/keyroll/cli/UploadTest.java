package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.intake.Upload;
import org.keyroll.intake.Uploads;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;

/** A file comes into the inbox whole, with what the next run will say of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTest {
  private static final String COVERS =
      "covers: {from: {file_name: \"([0-9]{4}-[0-9]{2})\"}, type: period}\n"
          + "gates: {rejected_at_most: 0.9}";

  @TempDir static Path folder;
  private Desk desk;

  @BeforeAll
  void oneReport() throws Exception {
    desk = new Desk(folder);
    desk.report("report", COVERS);
    desk.report("other", "");
    desk.put("register-1.csv", "name,staff\nAlder Works,50\n");
    desk.put("report-2026-09.csv", "name,staff\nAlder Works,1\n");
    var first = desk.night("2026-10-05");
    assertThat(first.code()).as(first.err()).isZero();
    desk.emptyInbox();
  }

  @AfterAll
  void close() {
    desk.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve("sent")).resolve(name), text);
  }

  private Ended upload(Path file, String... more) {
    return upload("report", file, more);
  }

  private Ended upload(String source, Path file, String... more) {
    var arguments = new java.util.ArrayList<String>();
    arguments.addAll(List.of("upload", source, file.toString(), "--as-of", "2026-10-06"));
    arguments.addAll(List.of("--inbox", desk.inbox.toString()));
    arguments.addAll(List.of(more));
    return desk.run(arguments.toArray(String[]::new));
  }

  private List<String> inbox() throws IOException {
    try (var files = Files.list(desk.inbox)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void putsAFileIntoTheInboxAndForetellsItsFaults() throws Exception {
    desk.emptyInbox();
    desk.replace("programme.yml", "approval:", "inbox: {marker: .ok}\napproval:");
    var sent = file("report-2026-10.csv", "name,staff,level\nAlder Works,2,High\nBirch,-1,Odd\n");
    var first = upload(sent);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("report-2026-10.csv: in the inbox; 2 rows, 1 of them would be rejected")
        .contains("row 3, column B: ")
        .contains("row 3, column C: ");
    assertThat(inbox()).containsExactly("report-2026-10.csv", "report-2026-10.csv.ok");
    assertThat(upload(sent).out()).contains("lies in the inbox already");
    var renamed = upload(file("report-2026-08.csv", Files.readString(sent)));
    assertThat(renamed.code()).isZero();
    assertThat(renamed.out())
        .contains(
            "report-2026-08.csv: lies in the inbox already as report-2026-10.csv; the same bytes"
                + " again have no effect. Its name says 2026-08, its bytes are those of 2026-10: of"
                + " 2026-08 nothing is reported; ask for another file");
    assertThat(inbox()).hasSize(2);
    var changed = file("report-2026-10.csv", "name,staff\nAlder Works,3\n");
    var other = upload(changed);
    assertThat(other.code()).isEqualTo(Stop.HELD);
    assertThat(other.err()).contains("another file of this name lies in the inbox");
    assertThat(Files.readString(desk.inbox.resolve("report-2026-10.csv"))).contains("Birch");
    assertThat(upload(changed, "--confirm").code()).isZero();
    assertThat(Files.readString(desk.inbox.resolve("report-2026-10.csv"))).doesNotContain("Birch");

    var night = desk.night("2026-10-06");
    assertThat(night.code()).as(night.err()).isZero();
    assertThat(night.out().replaceAll(" +", " ")).contains("report-2026-10.csv 1 1 0 0 0/1/0");
    desk.emptyInbox();
    var known = upload(changed);
    assertThat(known.code()).isZero();
    assertThat(known.out()).contains("report-2026-10.csv: has been taken in before");

    var samePeriod = upload(file("report-2026-10 v2.csv", "name,staff\nAlder Works,4\n"));
    assertThat(samePeriod.code()).isEqualTo(Stop.HELD);
    assertThat(samePeriod.err())
        .contains(
            "would be held: it is of 2026-10, as report-2026-10.csv is, and holds other bytes")
        .contains("send it again with --confirm");
    assertThat(inbox()).isEmpty();
    desk.replace("programme.yml", "inbox: {marker: .ok}\n", "");
  }

  @Test
  void saysOfWhatIsHeldOrReleasedThatItIsThereAlready() throws Exception {
    desk.emptyInbox();
    desk.report("small", "gates: {minimum_rows: 9}");
    var sent = file("small-1.csv", "name,staff\nCedar,1\n");
    assertThat(small(sent, "--confirm").code()).isZero();
    assertThat(desk.night("2026-10-06").code()).isEqualTo(Stop.HELD);
    desk.emptyInbox();
    var again = small(file("small-2.csv", Files.readString(sent)));
    assertThat(again.code()).isZero();
    assertThat(again.out())
        .containsPattern("small-2.csv: is held already as small-1.csv, as delivery \\d+; a person");
    var released = desk.decide("release", "small-1.csv", "--cause", "as agreed");
    assertThat(released.code()).as(released.err()).isZero();
    assertThat(small(sent).out())
        .contains("small-1.csv: has been received already, and the next run takes it in");
    assertThat(inbox()).isEmpty();
    assertThat(desk.night("2026-10-06").out().replaceAll(" +", " "))
        .contains("small-1.csv 1 1 0 0 1/0/0");
  }

  private Ended small(Path file, String... more) {
    return upload("small", file, more);
  }

  @Test
  void takesNothingThatWouldBeRefusedOrIsOfAnotherSource() throws Exception {
    desk.emptyInbox();
    var strange = upload(file("report-2026-11.csv", "name,staff,colour\nAlder Works,1,red\n"));
    assertThat(strange.code()).isEqualTo(Stop.FAILED);
    assertThat(strange.err()).contains("report-2026-11.csv: would be refused: ").contains("colour");
    assertThat(upload(file("other-1.csv", "name,staff\nAlder Works,1\n")).err())
        .contains("by its name or mark it is a file of other, not of report");
    assertThat(upload(file("list.csv", "name,staff\nAlder Works,1\n")).err())
        .contains("no source expects a file of this name");
    assertThat(upload(file(".report-1.csv", "name\n")).err()).contains("this is no name");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void leavesNothingOfAnUploadThatBreaksOff() throws Exception {
    desk.emptyInbox();
    var broken =
        new InputStream() {
          private final InputStream begin =
              new ByteArrayInputStream("name,staff\nAlder".getBytes(StandardCharsets.UTF_8));

          @Override
          public int read() throws IOException {
            return unlessAtEnd(begin.read());
          }

          @Override
          public int read(byte[] to, int from, int most) throws IOException {
            return unlessAtEnd(begin.read(to, from, most));
          }

          private static int unlessAtEnd(int read) throws IOException {
            if (read < 0) {
              throw new IOException("the line went dead");
            }
            return read;
          }
        };
    var definitions = DefinitionReader.read(folder.resolve("jobs"), "feeds");
    var globals = new Globals();
    globals.home = desk.home;
    var console = new Console(System.out, System.err);
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var uploads = session.get(Uploads.class);
      var scope = session.get(Ledger.class).scope(definitions);
      var day = LocalDate.of(2026, 10, 6);
      assertThatThrownBy(
              () ->
                  uploads.receive(
                      scope, day, desk.inbox, null, "report-2026-12.csv", broken, false))
          .hasMessage("the line went dead");
      assertThat(inbox()).isEmpty();
      var whole =
          new ByteArrayInputStream("name,staff\nAlder,1\n".getBytes(StandardCharsets.UTF_8));
      // Browsers may send the path; the source is found by the name.
      var stored =
          uploads.receive(scope, day, desk.inbox, null, "C:\\a\\report-2026-08.csv", whole, true);
      assertThat(stored.source()).isEqualTo("report");
      assertThat(stored.outcome()).isEqualTo(Upload.Outcome.STORED);
    }
    assertThat(inbox()).containsExactly("report-2026-08.csv");
  }
}

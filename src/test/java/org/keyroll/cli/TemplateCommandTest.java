package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Templates that come back: empty, filled in, and filled in on an older one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateCommandTest {
  @TempDir static Path folder;
  private Desk desk;

  @BeforeAll
  void register() throws Exception {
    desk = new Desk(folder);
    desk.report("report", "");
    desk.put("register-1.csv", "name,staff\nAlder Works,50\n");
    assertThat(desk.night("2026-10-05").code()).isZero();
    desk.emptyInbox();
  }

  @AfterAll
  void close() {
    desk.close();
  }

  private Path template(String name) {
    var file = folder.resolve(name);
    var ended = desk.run("template", "report", "-o", file.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Report report: the template is " + file);
    return file;
  }

  /** Fills in rows below the headings and puts the workbook into the inbox. */
  private void send(Path template, String name, List<List<String>> rows) throws Exception {
    desk.emptyInbox();
    try (var in = Files.newInputStream(template);
        var workbook = WorkbookFactory.create(in);
        var out = Files.newOutputStream(desk.inbox.resolve(name))) {
      var sheet = workbook.getSheetAt(0);
      for (int r = 0; r < rows.size(); r++) {
        var row = sheet.createRow(r + 1);
        for (int c = 0; c < rows.get(r).size(); c++) {
          row.createCell(c).setCellValue(rows.get(r).get(c));
        }
      }
      workbook.write(out);
    }
  }

  @Test
  void isKnownByItsMarkEmptyOrFilledOrOutOfDate() throws Exception {
    var template = template("form.xlsx");
    send(template, "empty.xlsx", List.of());
    var empty = desk.night("2026-10-06");
    assertThat(empty.out() + empty.err())
        .contains("empty.xlsx")
        .contains("the template has no rows yet");

    // Known although the source expects report-*, and a csv.
    send(template, "whatever it is called.xlsx", List.of(List.of("Alder Works", "7", "High")));
    var filled = desk.night("2026-10-07");
    assertThat(filled.out().replaceAll(" +", " "))
        .contains("whatever it is called.xlsx 1 1 0 0 1/0/0");

    desk.replace("sources/report.yml", "label: [level]", "label: [danger, level]");
    desk.replace("sources/report.yml", "min: 0", "min: 1");
    send(template, "older.xlsx", List.of(List.of("Alder Works", "8", "Low")));
    var older = desk.night("2026-10-08");
    assertThat(older.out().replaceAll(" +", " "))
        .contains("older.xlsx 1 1 0 0 0/1/0")
        .contains(
            "it was filled in on an older template; since then new: danger; gone: level; changed: staff");

    desk.replace(
        "sources/report.yml",
        "[danger, level], type: choice,",
        "[danger], required: true, type: choice,");
    send(template, "oldest.xlsx", List.of(List.of("Alder Works", "9", "Low")));
    var oldest = desk.night("2026-10-09");
    assertThat(oldest.out() + oldest.err())
        .contains("oldest.xlsx")
        .contains("\"level\"")
        .contains("it was filled in on an older template; since then new: danger; gone: level");
  }

  @Test
  void namesTheSourcesThereAre() {
    var ended = desk.run("template", "reports");
    assertThat(ended.code()).isEqualTo(Stop.USAGE);
    assertThat(ended.err())
        .contains("there is no source reports; the sources are register, report");
  }
}

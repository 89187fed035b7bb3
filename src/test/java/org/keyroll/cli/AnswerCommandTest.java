package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer shows the file as its source declares it. */
class AnswerCommandTest {
  @TempDir Path folder;

  private void write(String name, String text) throws Exception {
    var file = folder.resolve(name);
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  @Test
  void readsACsvWithoutQuotesAsItWasTakenIn() throws Exception {
    write(
        "jobs/towns/programme.yml",
        """
        id: towns
        title: Towns
        authority: {id: office, title: Office}
        legal_basis: [{id: act, title: Act, citation: "1"}]
        """);
    write(
        "jobs/towns/sources/register.yml",
        """
        id: register
        title: Register
        kind: registry
        sender: office
        supplies: snapshot
        files: ["register*.csv"]
        format: {kind: csv, quote: none}
        header: {rows: 1}
        key: [name]
        columns:
          name: {label: [Name], type: text, required: true}
          staff: {label: [Staff], type: integer}
        """);
    write(
        "jobs/towns/policy.yml",
        """
        id: towns
        title: Towns
        legal_basis: act
        facts:
          staff: {type: number, title: Staff, from: [register.staff]}
        criteria:
          - {id: staff, title: Staff, weight: 1, fact: staff}
        """);
    write("register.csv", "Name,Staff\n\"Alpha\" Ltd,many\nBeta,3\n");
    var answer = folder.resolve("answer.xlsx");

    try (var shell = new Shell(folder.resolve("home"), folder.resolve("jobs"), "towns")) {
      var file = folder.resolve("register.csv").toString();
      shell.run("ingest", "register", file, "--as-of", "2026-11-02");
      shell.run("answer", file, "-o", answer.toString());
    }

    try (var workbook = WorkbookFactory.create(answer.toFile(), null, true)) {
      var row = workbook.getSheetAt(0).getRow(1);
      assertThat(row.getCell(0).getStringCellValue()).isEqualTo("\"Alpha\" Ltd");
      assertThat(row.getCell(1).getCellComment().getString().getString()).contains("not_a_number");
    }
  }
}

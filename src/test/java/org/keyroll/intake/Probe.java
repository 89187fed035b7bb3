package org.keyroll.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.keyroll.Homes;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Source;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;

/** Maps small files under a source of its own in a copy of the sample programme. */
final class Probe {
  static final LocalDate AS_OF = LocalDate.of(2026, 11, 2);
  private static final String HEAD =
      """
      id: probe
      title: Probe
      kind: report
      sender: state-security
      supplies: snapshot
      files: ["probe*"]
      """;

  private final Path folder;
  private final Path programme;
  private @Nullable Definitions definitions;

  Probe(Path folder) throws IOException {
    this.folder = folder;
    this.programme = folder.resolve("jobs/counter-espionage");
    Homes.copy(Path.of("jobs/counter-espionage"), programme);
  }

  /** A file of the programme, such as a look-up. */
  Probe file(String name, String text) throws IOException {
    var path = programme.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /** The rest of the source behind its first keys. */
  Probe source(String yaml) throws IOException, DefinitionErrors {
    var formatted = yaml.contains("format:") ? yaml : "format: {kind: csv}\n" + yaml;
    file(
        "sources/probe.yml",
        HEAD + (yaml.contains("header:") ? formatted : "header: {rows: 1}\n" + formatted));
    definitions = DefinitionReader.read(folder.resolve("jobs"), null);
    return this;
  }

  Source source() {
    return Objects.requireNonNull(definitions).source("probe");
  }

  Definitions definitions() {
    return Objects.requireNonNull(definitions);
  }

  /** What became of the rows of a file. */
  record Mapped(List<ParsedRow> rows) {
    /** The values of the n-th record or rejection, from 0. */
    Map<String, String> values(int n) {
      return Payload.read(rows.get(n).payload());
    }

    Map<String, String> raw(int n) {
      return Payload.read(rows.get(n).raw());
    }

    /** {@code rule@column} of every fault; columns as letters, - for the row. */
    List<String> faults(int n) {
      return rows.get(n).faults().stream()
          .map(
              f ->
                  f.fault().rule()
                      + "@"
                      + (f.column() == null ? "-" : TableReader.columnName(f.column())))
          .toList();
    }
  }

  Mapped csv(String text) throws IOException, UnreadableFile, Unusable {
    return csv("probe.csv", text);
  }

  Mapped csv(String name, String text) throws IOException, UnreadableFile, Unusable {
    var file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return map(file);
  }

  /** A workbook with a sheet of texts each. */
  Mapped xlsx(Map<String, List<List<String>>> sheets) throws IOException, UnreadableFile, Unusable {
    return xlsx(sheets, workbook -> {});
  }

  /** As above, changed before it is saved. */
  Mapped xlsx(Map<String, List<List<String>>> sheets, Consumer<XSSFWorkbook> change)
      throws IOException, UnreadableFile, Unusable {
    var file = folder.resolve("probe.xlsx");
    try (var workbook = new XSSFWorkbook();
        var out = Files.newOutputStream(file)) {
      sheets.forEach(
          (name, rows) -> {
            var sheet = workbook.createSheet(name);
            for (int r = 0; r < rows.size(); r++) {
              var row = sheet.createRow(r);
              for (int c = 0; c < rows.get(r).size(); c++) {
                if (!rows.get(r).get(c).isEmpty()) {
                  row.createCell(c).setCellValue(rows.get(r).get(c));
                }
              }
            }
          });
      change.accept(workbook);
      workbook.write(out);
    }
    return map(file);
  }

  Mapped map(Path file) throws UnreadableFile, Unusable {
    var read = Objects.requireNonNull(definitions);
    var source = read.source("probe");
    var mapped = new ArrayList<ParsedRow>();
    var mapping =
        new SheetMapping(
            read,
            source,
            file.getFileName().toString(),
            Marked.of(file, read.programme()),
            AS_OF,
            mapped::add);
    TableReader.read(file, mapping.options(), mapping);
    mapping.finish();
    return new Mapped(mapped);
  }
}

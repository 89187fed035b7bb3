package org.keyroll.cli;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.publication.TableText;
import org.keyroll.publication.TableText.Rows;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableWriter;
import org.keyroll.table.WorkbookInfo;

/** Writes a table in the form that was asked for. */
final class TableOut {
  private TableOut() {}

  /** To a file, or to standard output where none is named. */
  static void write(
      Console console,
      @Nullable Path file,
      Globals.Format format,
      String title,
      List<String> columns,
      Rows rows)
      throws Exception {
    try (var out =
        new BufferedOutputStream(file == null ? console.out() : Files.newOutputStream(file))) {
      write(out, format, title, columns, rows);
    }
  }

  private static void write(
      OutputStream out, Globals.Format format, String title, List<String> columns, Rows rows)
      throws Exception {
    switch (format) {
      case csv -> TableText.csv(out, columns, rows);
      case json -> TableText.json(out, columns, rows);
      case text -> text(out, columns, rows);
      case xlsx -> xlsx(out, title, columns, rows);
    }
  }

  private static void text(OutputStream out, List<String> columns, Rows rows) throws Exception {
    var writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    writer.print(String.join("\t", columns) + "\n");
    rows.to(
        row ->
            writer.print(
                String.join(
                        "\t",
                        row.stream()
                            .map(v -> v == null ? "" : v.toString().replaceAll("[\t\r\n]+", " "))
                            .toList())
                    + "\n"));
    writer.flush();
  }

  private static void xlsx(OutputStream out, String title, List<String> columns, Rows rows)
      throws Exception {
    List<List<@Nullable Object>> lines = new ArrayList<>();
    rows.to(lines::add);
    TableWriter.xlsx(
        out,
        new WorkbookInfo(title, "Keyroll", Instant.EPOCH),
        List.of(
            new SheetContent(
                title,
                title,
                List.of(),
                columns.stream().map(c -> new SheetColumn(c, 22, SheetColumn.Format.TEXT)).toList(),
                lines)));
  }
}

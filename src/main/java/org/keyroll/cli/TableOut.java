package org.keyroll.cli;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableWriter;
import org.keyroll.table.WorkbookInfo;
import tools.jackson.databind.json.JsonMapper;

/** Writes a table in the form that was asked for. */
final class TableOut {
  private TableOut() {}

  /** Hands rows to a consumer, one after another. */
  @FunctionalInterface
  interface Rows {
    void to(Consumer<List<@Nullable Object>> consumer) throws Exception;
  }

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
      case csv -> csv(out, columns, rows);
      case json -> json(out, columns, rows);
      case text -> text(out, columns, rows);
      case xlsx -> xlsx(out, title, columns, rows);
    }
  }

  /** For programs: no byte order mark, no escape of formulas, numbers at full precision. */
  private static void csv(OutputStream out, List<String> columns, Rows rows) throws Exception {
    var writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    writer.print(String.join(",", columns) + "\n");
    rows.to(
        row -> {
          writer.print(String.join(",", row.stream().map(TableOut::quoted).toList()) + "\n");
        });
    writer.flush();
  }

  private static String quoted(@Nullable Object value) {
    var text = value == null ? "" : value.toString();
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static void json(OutputStream out, List<String> columns, Rows rows) throws Exception {
    var json = new JsonMapper();
    var writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    writer.print("[");
    var first = new boolean[] {true};
    rows.to(
        row -> {
          Map<String, @Nullable Object> object = new LinkedHashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            var value = row.get(i);
            object.put(columns.get(i), value instanceof Number ? value : text(value));
          }
          writer.print((first[0] ? "\n" : ",\n") + json.writeValueAsString(object));
          first[0] = false;
        });
    writer.print("\n]\n");
    writer.flush();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
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

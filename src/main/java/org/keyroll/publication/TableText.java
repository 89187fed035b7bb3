package org.keyroll.publication;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes tables as text, in UTF-8; streams are left open. */
public final class TableText {
  private TableText() {}

  /** Hands rows to a consumer, one after another. */
  @FunctionalInterface
  public interface Rows {
    void to(Consumer<List<@Nullable Object>> consumer) throws Exception;
  }

  /** For programs: no byte order mark, no escape of formulas, numbers at full precision. */
  public static void csv(OutputStream out, List<String> columns, Rows rows) throws Exception {
    var writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    writer.print(String.join(",", columns) + "\n");
    rows.to(
        row -> {
          writer.print(String.join(",", row.stream().map(TableText::quoted).toList()) + "\n");
        });
    writer.flush();
  }

  private static String quoted(@Nullable Object value) {
    var text = value == null ? "" : value.toString();
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /** An array of objects; numbers are numbers, all else is text. */
  public static void json(OutputStream out, List<String> columns, Rows rows) throws Exception {
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
}

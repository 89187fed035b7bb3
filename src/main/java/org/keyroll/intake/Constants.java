package org.keyroll.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Origin;
import org.keyroll.table.Cell;
import org.keyroll.table.Row;
import org.keyroll.table.TableReader;
import org.keyroll.unit.Spelling;

/** Values that a delivery gives once: in its name, on a cover sheet, above the headings. */
final class Constants {
  private static final Pattern COLON = Pattern.compile("[:：]");

  private final Map<String, Source.Column> columns = new LinkedHashMap<>();
  private final Map<String, Constant> found = new HashMap<>();
  private final String fileName;

  /**
   * A value as sent, and where it stands.
   *
   * @param place one of the words that stand behind {@code where.} in {@link Refusal#PHRASES}
   * @param at values for that phrase
   */
  record Constant(Cell cell, String place, List<String> at) {
    Constant(String text, String place, String... at) {
      this(text.isEmpty() ? Cell.BLANK : new Cell(Cell.Kind.TEXT, text), place, List.of(at));
    }

    /** Where it stands, in English. */
    String where() {
      return Phrases.english(Refusal.PHRASES).say("where." + place, at.toArray());
    }

    /**
     * The canonical value; empty where the cell stands for an empty one.
     *
     * @throws Unusable where it cannot be read
     */
    String read(Source.Column column, Source.NumberStyle style, LocalDate asOf, Phrases phrases)
        throws Unusable {
      var value = new Values(column, style, null, asOf, phrases).read(cell);
      var fault = value.fault();
      if (fault != null) {
        var english = new Values(column, style, null, asOf, Fault.english()).read(cell).fault();
        var values = new ArrayList<Object>(at);
        values.add(0, fault.message());
        values.add(1, Objects.requireNonNull(english).message());
        throw new Unusable(Refusal.of("wrong_value." + place, values.toArray()));
      }
      return value.canonical() == null ? "" : value.canonical();
    }
  }

  Constants(Source source, String fileName) {
    this.fileName = fileName;
    columns.putAll(source.once());
    source
        .columns()
        .forEach(
            (field, column) -> {
              if (column.origin() != null) {
                columns.put(field, column);
              }
            });
  }

  /** The days that the name of a file says it is of; null where it does not say. */
  static @Nullable Span coveredByName(
      Source source, String fileName, LocalDate asOf, Phrases phrases) {
    var covers = source.covers();
    var origin = covers == null ? null : covers.origin();
    if (covers == null || origin == null || origin.fileName() == null) {
      return null;
    }
    var sent = group(origin.fileName(), fileName, "file_name");
    try {
      var canonical = sent == null ? "" : sent.read(covers, source.numbers(), asOf, phrases);
      return canonical.isEmpty() ? null : Span.of(canonical);
    } catch (Unusable e) {
      return null;
    }
  }

  /** Whether the sheet is read for its constants only. */
  boolean isCover(String sheet) {
    return columns.values().stream().anyMatch(c -> isOn(c.origin(), sheet));
  }

  private static boolean isOn(@Nullable Origin origin, String sheet) {
    return origin != null
        && origin.sheet() != null
        && Spelling.comparable(origin.sheet()).equals(Spelling.comparable(sheet));
  }

  /** Looks through the rows of a cover sheet. */
  void cover(String sheet, List<Row> rows) {
    columns.forEach(
        (field, column) -> {
          var origin = column.origin();
          if (origin != null && isOn(origin, sheet)) {
            var constant = in(origin, sheet, rows);
            if (constant != null) {
              found.put(field, constant);
            }
          }
        });
  }

  /**
   * The values for the rows of a sheet.
   *
   * @param above the rows over its headings
   * @throws Unusable where a value that every row needs is not there
   */
  Map<String, Constant> of(String sheet, List<Row> above) throws Unusable {
    var all = new LinkedHashMap<String, Constant>();
    for (var column : columns.entrySet()) {
      var origin = Objects.requireNonNull(column.getValue().origin());
      var constant =
          origin.fileName() != null
              ? group(origin.fileName(), fileName, "file_name")
              : origin.sheetName() != null
                  ? group(origin.sheetName(), sheet, "sheet_name")
                  : origin.sheet() != null ? found.get(column.getKey()) : in(origin, sheet, above);
      if (constant != null) {
        all.put(column.getKey(), constant);
      } else if (column.getValue().required()) {
        throw new Unusable(missing(column.getKey(), origin));
      }
    }
    return all;
  }

  private Refusal missing(String field, Origin origin) {
    if (origin.fileName() != null) {
      return Refusal.of("missing_value.file_name", fileName, field, origin.fileName());
    }
    if (origin.sheetName() != null) {
      return Refusal.of("missing_value.sheet_name", field, origin.sheetName());
    }
    return Refusal.of(
        (origin.cell() != null ? "missing_value.cell" : "missing_value.beside")
            + (origin.sheet() == null ? "" : "_on_sheet"),
        origin.cell() != null ? origin.cell() : String.join("\" or \"", origin.beside()),
        field,
        String.valueOf(origin.sheet()));
  }

  private static @Nullable Constant group(String regex, String text, String place) {
    var match = Pattern.compile(regex).matcher(text);
    return match.find() && match.group(1) != null ? new Constant(match.group(1), place) : null;
  }

  private static @Nullable Constant in(Origin origin, String sheet, List<Row> rows) {
    return origin.cell() != null
        ? at(origin.cell(), sheet, rows)
        : beside(origin.beside(), sheet, rows);
  }

  private static @Nullable Constant at(String reference, String sheet, List<Row> rows) {
    for (var row : rows) {
      for (int c = 0; c < row.cells().size(); c++) {
        if (reference.equals(address(row, c))) {
          return constant(row.cells().get(c), sheet, row, c);
        }
      }
    }
    return null;
  }

  private static @Nullable Constant beside(List<String> labels, String sheet, List<Row> rows) {
    for (var row : rows) {
      for (int c = 0; c < row.cells().size(); c++) {
        var text = Spelling.strip(row.cells().get(c).text());
        for (var label : labels) {
          var after = after(label, text);
          if (after != null && !after.isEmpty()) {
            return new Constant(after, "cell", sheet, address(row, c));
          }
          for (int right = c + 1; after != null && right < row.cells().size(); right++) {
            var constant = constant(row.cells().get(right), sheet, row, right);
            if (constant != null) {
              return constant;
            }
          }
        }
      }
    }
    return null;
  }

  /** What follows a label and a colon; empty where the label is all; null where it is not there. */
  private static @Nullable String after(String label, String text) {
    var match = COLON.matcher(text);
    boolean colon = match.find();
    var before = colon ? text.substring(0, match.start()) : text;
    return Spelling.comparable(before).equals(Spelling.comparable(label))
        ? colon ? Spelling.strip(text.substring(match.end())) : ""
        : null;
  }

  private static @Nullable Constant constant(Cell cell, String sheet, Row row, int column) {
    return Spelling.strip(cell.text()).isEmpty()
        ? null
        : new Constant(cell, "cell", List.of(sheet, address(row, column)));
  }

  private static String address(Row row, int column) {
    return TableReader.columnName(column) + row.number();
  }
}

package org.keyroll.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Column;

/** Which columns a template has, and which cells outside its rows. */
final class TemplateLayout {
  /** How often columns that repeat are there. */
  static final int GROUPS = 2;

  private final Source source;

  /**
   * A column.
   *
   * @param path its headings, the uppermost first
   */
  record Headed(String field, Column column, List<String> path) {
    String heading() {
      return String.join("/", path);
    }
  }

  /**
   * A value given once.
   *
   * @param sheet a cover sheet; null: above the headings
   * @param reference its cell, such as {@code B2}
   */
  record Once(String what, Column column, @Nullable String sheet, String reference, String label) {
    int row() {
      return Integer.parseInt(reference.replaceAll("[A-Z]+", ""));
    }
  }

  TemplateLayout(Source source) {
    this.source = source;
  }

  /** Columns in the order of the definition, those that repeat behind the others. */
  List<Headed> columns() {
    var columns = new ArrayList<Headed>();
    var wide = new LinkedHashMap<String, Column>();
    source
        .columns()
        .forEach(
            (field, column) -> {
              // What is a person's is not asked for unless the file needs the column.
              if (column.label().isEmpty() || column.personal() != null && !column.mustAppear()) {
                return;
              }
              if (placeholders(column.label().get(0)).isEmpty()) {
                columns.add(new Headed(field, column, path(column, Map.of())));
              } else {
                wide.put(field, column);
              }
            });
    for (int n = 0; n < GROUPS && !wide.isEmpty(); n++) {
      var texts = new TreeMap<String, String>();
      for (var placeholder : source.unpivot().entrySet()) {
        texts.put(placeholder.getKey(), group(placeholder.getValue(), n));
      }
      wide.forEach((field, column) -> columns.add(new Headed(field, column, path(column, texts))));
    }
    return columns;
  }

  /** How many records a row becomes. */
  int recordsOfRow() {
    return source.unpivot().isEmpty() ? 1 : GROUPS;
  }

  /** Whether the headings of a field change. */
  boolean repeats(Column column) {
    return !column.label().isEmpty() && !placeholders(column.label().get(0)).isEmpty();
  }

  private List<String> placeholders(String label) {
    return source.unpivot().keySet().stream().filter(n -> label.contains("{" + n + "}")).toList();
  }

  /** Years are what repeats most. */
  private static String group(String expression, int number) {
    var year = String.valueOf(2024 + number);
    return year.matches(expression)
        ? year
        : PatternSample.of(expression, number).orElse(expression);
  }

  /** The first label that fits into the rows of the headings. */
  private List<String> path(Column column, Map<String, String> texts) {
    int depth = source.header().rows();
    var first = column.label().get(0);
    for (var label : column.label()) {
      int parts = label.split("/", -1).length;
      if (depth == 1 || parts <= depth) {
        first = label;
        break;
      }
    }
    for (var text : texts.entrySet()) {
      first = first.replace("{" + text.getKey() + "}", text.getValue());
    }
    return depth == 1 ? List.of(first) : List.of(first.split("/", -1));
  }

  /** Values that no column has, by what they are. */
  static Map<String, Column> given(Source source) {
    var all = new LinkedHashMap<>(source.once());
    source
        .columns()
        .forEach(
            (field, column) -> {
              if (column.origin() != null) {
                all.put(field, column);
              }
            });
    return all;
  }

  /** The values that stand in cells outside the rows. */
  List<Once> once() {
    var all = given(source);
    var once = new ArrayList<Once>();
    all.forEach(
        (what, column) -> {
          var origin = column.origin();
          if (origin != null && origin.cell() != null) {
            once.add(new Once(what, column, origin.sheet(), origin.cell(), what + ":"));
          }
        });
    all.forEach(
        (what, column) -> {
          var origin = column.origin();
          if (origin != null && !origin.beside().isEmpty()) {
            var cell = "B" + (lastRow(once, origin.sheet()) + 1);
            once.add(new Once(what, column, origin.sheet(), cell, origin.beside().get(0) + ":"));
          }
        });
    return once;
  }

  /** The last row in which a sheet has a value given once; 0 without any. */
  static int lastRow(List<Once> once, @Nullable String sheet) {
    return once.stream()
        .filter(o -> java.util.Objects.equals(o.sheet(), sheet))
        .mapToInt(Once::row)
        .max()
        .orElse(0);
  }
}

package org.keyroll.definition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.IdentifierScheme;
import org.keyroll.unit.PersonalData;

/** Checks the columns of one source. */
record ColumnCheck(Check check, Value source) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

  void run() {
    source.map("columns", Function.identity()).forEach(this::column);
    for (var label : source.items("ignore")) {
      personal(label);
    }
  }

  /** Whether the columns can be read into records: the dates that stand in them are dates. */
  boolean readable() {
    return all()
        .allMatch(
            column ->
                Stream.of("earliest", "latest")
                    .noneMatch(key -> column.has(key) && date(column.text(key)) == null));
  }

  /** All columns and the items of lists. */
  private Stream<Value> all() {
    return source.map("columns", Function.identity()).values().stream()
        .flatMap(c -> c.has("items") ? Stream.of(c, c.get("items")) : Stream.of(c));
  }

  /** Numbers of registration say nothing without their country. */
  private void scheme(Value column) {
    var scheme = column.text("scheme");
    boolean open = IdentifierScheme.isNational(scheme);
    if (column.has("country")) {
      check.refer(column.get("country"), "column", source.map("columns", c -> "").keySet());
      if (!open) {
        check.fault(
            column.get("country"),
            "\"country\" goes with the schemes registration and vat only, named without a country");
      }
    } else if (scheme.equals("registration")) {
      check.fault(
          column.get("scheme"),
          "the scheme registration needs a country: registration/FI, or the key \"country\" with the"
              + " column that has it");
    }
  }

  /** A value that a delivery gives once and that is none of its rows. */
  void once(Value value) {
    origin(value.get("from"));
    value.items("formats").forEach(format -> format(format, value));
  }

  private void column(String name, Value column) {
    boolean unpivoted = source.has("unpivot") && source.get("unpivot").has(name);
    var given = new ArrayList<>(List.of("label", "from"));
    given.removeIf(key -> !column.has(key));
    if (unpivoted && !given.isEmpty()) {
      check.fault(
          column.get(given.get(0)),
          "\"" + name + "\" is filled by \"unpivot\"; remove \"" + given.get(0) + "\"");
    } else if (!unpivoted && given.size() != 1) {
      check.fault(column, "the column \"" + name + "\" needs exactly one of the keys label, from");
    }
    if (column.has("from")) {
      origin(column.get("from"));
    }
    if (column.has("scheme")) {
      scheme(column);
    }
    for (var label : column.items("label")) {
      var match = PLACEHOLDER.matcher(label.text());
      while (match.find()) {
        check.refer(
            new Value(
                label.document(),
                label.at(),
                tools.jackson.databind.node.StringNode.valueOf(match.group(1))),
            "placeholder under \"unpivot\"",
            source.map("unpivot", Function.identity()).keySet());
      }
      if (!column.has("personal") && !column.flag("resembles_personal")) {
        personal(label);
      }
    }
    values(column);
    if (column.has("items")) {
      values(column.get("items"));
    }
    if (column.has("default")) {
      otherwise(column.get("default"), column);
    }
  }

  private void personal(Value label) {
    PersonalData.heading(label.text())
        .ifPresent(
            word ->
                check.fault(
                    label,
                    "the heading \""
                        + label.text()
                        + "\" is one of persons' data ("
                        + word
                        + "); do without, or declare a column with personal: {protect: drop}, or with"
                        + " resembles_personal: true where no real person is meant"));
  }

  private void values(Value column) {
    bounds(column, "min", "max");
    bounds(column, "above", "below");
    for (var pair : List.of(List.of("min", "above"), List.of("max", "below"))) {
      if (column.has(pair.get(0)) && column.has(pair.get(1))) {
        check.fault(
            column.get(pair.get(1)),
            "\"" + pair.get(1) + "\" does not go with \"" + pair.get(0) + "\"");
      }
    }
    regex(column, "pattern");
    for (var key : new String[] {"earliest", "latest"}) {
      if (column.has(key) && date(column.text(key)) == null) {
        check.fault(column.get(key), "\"" + column.text(key) + "\" is not a day of the calendar");
      }
    }
    column.items("formats").forEach(format -> format(format, column));
    if (column.text("type").equals("choice") && column.has("choices") == column.has("lookup")) {
      check.fault(column, "a choice needs exactly one of the keys choices, lookup");
    }
    if (column.has("lookup")) {
      check.refer(column.get("lookup"), "look-up", check.lookups().keySet());
    }
    if (column.has("unit")) {
      check.refer(column.get("unit"), "unit", column.map("units", Function.identity()).keySet());
    }
    check.unambiguous(column.map("choices", Function.identity()), "word");
    check.unambiguous(column.map("words", Function.identity()), "word");
  }

  private void bounds(Value column, String low, String high) {
    var min = column.decimalOrNull(low);
    var max = column.decimalOrNull(high);
    if (min != null && max != null && min.compareTo(max) > 0) {
      check.fault(column.get(low), "\"" + low + "\" must not be above \"" + high + "\"");
    }
  }

  private void regex(Value owner, String key) {
    if (owner.has(key)) {
      try {
        Pattern.compile(owner.text(key));
      } catch (PatternSyntaxException e) {
        check.fault(
            owner.get(key), "\"" + key + "\" is not a regular expression: " + e.getDescription());
      }
    }
  }

  private void origin(Value from) {
    var places = new ArrayList<>(List.of("file_name", "sheet_name", "cell", "beside"));
    places.removeIf(key -> !from.has(key));
    if (places.size() != 1) {
      check.fault(
          from, "\"from\" needs exactly one of the keys file_name, sheet_name, cell, beside");
      return;
    }
    if (from.has("sheet") && Set.of("file_name", "sheet_name").contains(places.get(0))) {
      check.fault(from.get("sheet"), "\"sheet\" goes with cell and beside only");
    }
    for (var key : new String[] {"file_name", "sheet_name"}) {
      regex(from, key);
      if (from.has(key) && groups(from.text(key)) != 1) {
        check.fault(
            from.get(key),
            "\"" + key + "\" must hold one pair of round brackets, around the value");
      }
    }
  }

  private static int groups(String regex) {
    try {
      return Pattern.compile(regex).matcher("").groupCount();
    } catch (PatternSyntaxException e) {
      return 1;
    }
  }

  private void format(Value format, Value column) {
    try {
      var grain =
          DatePattern.of(format.text(), column.has("language") ? column.text("language") : "en")
              .grain();
      boolean day = grain == DatePattern.Grain.DAY;
      if (column.text("type").equals("date") && !day && !column.has("stands_for")) {
        check.fault(
            format,
            "\""
                + format.text()
                + "\" must hold year, month and day: yyyy, M and d; or say with stands_for which day a period stands for");
      } else if (column.text("type").equals("period") && day) {
        check.fault(format, "\"" + format.text() + "\" is a day; a period ends at the month");
      }
    } catch (IllegalArgumentException e) {
      check.fault(format, String.valueOf(e.getMessage()));
    }
  }

  private void otherwise(Value value, Value column) {
    var text = value.text();
    var fits =
        switch (column.text("type")) {
          case "integer", "decimal", "percentage" -> number(text);
          case "boolean" -> text.equals("true") || text.equals("false");
          case "date" -> date(text) != null;
          case "choice" ->
              column.has("choices")
                  ? column.get("choices").has(text)
                  : check
                      .lookups()
                      .getOrDefault(column.textOrNull("lookup"), java.util.Map.of())
                      .containsKey(text);
          default -> true;
        };
    if (!fits) {
      check.fault(
          value, "\"" + text + "\" is not our form of a value of type " + column.text("type"));
    }
    if (column.flag("required")) {
      check.fault(value, "\"default\" does not go with \"required\"; keep one of them");
    }
  }

  private static boolean number(String text) {
    try {
      return new BigDecimal(text).toPlainString().equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}

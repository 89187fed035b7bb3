package org.keyroll.definition;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.file.FileSystems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks one source as a whole; {@link ColumnCheck} its columns. */
record SourceCheck(Check check, Value source) {

  /** Whether it can be read into a record. */
  boolean readable() {
    return encoding() && new ColumnCheck(check, source).readable();
  }

  void run(String fileId, Map<String, String> patterns) {
    var id = source.get("id");
    if (!id.text().equals(fileId)) {
      check.fault(id, "a source has the id of its file: " + fileId);
    }
    check.department(source.get("sender"));
    source.items("files").forEach(pattern -> glob(pattern, fileId, patterns));
    var columns = source.map("columns", Function.identity());
    for (var list : new String[] {"key", "required_any"}) {
      source.items(list).forEach(field -> check.refer(field, "column", columns.keySet()));
    }
    source.items("key").forEach(this::keyIsKept);
    new ColumnCheck(check, source).run();
    var labels = new LinkedHashMap<String, Value>();
    columns.forEach(
        (name, column) -> {
          if (column.has("label")) {
            labels.put("column " + name, column.get("label"));
          }
        });
    if (source.has("ignore")) {
      labels.put("the ignored columns", source.get("ignore"));
    }
    check.unambiguous(labels, "label");
    sheets();
    gates(columns);
    unpivot(columns);
    numbers();
    check.unique(source.items("rules"), "id");
  }

  /** Compiles the rules; the source has been read into a record. */
  void rules(Source read) {
    for (var rule : source.items("rules")) {
      for (var part : new String[] {"when", "must"}) {
        if (rule.has(part)) {
          try {
            RowRule.part(rule.text(part), read.columns());
          } catch (InvalidCondition e) {
            check.fault(rule.get(part), String.valueOf(e.getMessage()));
          }
        }
      }
    }
  }

  /** Holds a source against the one that it corrects; all sources have been read. */
  void corrects(Source read) {
    boolean changes =
        read.supplies() == Source.Supplies.CORRECTIONS
            || read.supplies() == Source.Supplies.DELETIONS;
    if (changes != source.has("corrects")) {
      check.fault(
          source.get(changes ? "supplies" : "corrects"),
          changes
              ? "\"corrects\" must say the source whose rows these are about"
              : "only corrections and deletions correct another source; see \"supplies\"");
    }
    if (!changes || read.corrects() == null) {
      return;
    }
    var reference = source.get("corrects");
    var corrected = check.source(reference);
    if (corrected == null || corrected.corrects() != null) {
      return;
    }
    if (read.kind() != corrected.kind()) {
      check.fault(source.get("kind"), "it must be that of \"%s\"".formatted(corrected.id()));
    }
    if (!read.key().equals(corrected.key())) {
      check.fault(
          source.get("key"),
          "it must be that of \"%s\": [%s]"
              .formatted(corrected.id(), String.join(", ", corrected.key())));
    }
    var fields =
        read.supplies() == Source.Supplies.CORRECTIONS
            ? corrected.columns().keySet()
            : corrected.key();
    for (var field : fields) {
      var theirs = corrected.columns().get(field);
      var ours = read.columns().get(field);
      if (theirs != null
          && (ours == null
              || ours.type() != theirs.type()
              || !Objects.equals(ours.scheme(), theirs.scheme()))) {
        check.fault(
            source.get("columns"),
            "the field \"%s\" must be there as it is in \"%s\"".formatted(field, corrected.id()));
      }
    }
    if (read.supplies() == Source.Supplies.CORRECTIONS) {
      source
          .map("columns", Function.identity())
          .forEach((field, column) -> check.field(named(column, field), field, corrected));
    }
  }

  private void keyIsKept(Value field) {
    var columns = source.get("columns");
    if (columns.has(field.text())) {
      var column = columns.get(field.text());
      if (column.has("personal") && column.get("personal").text("protect").equals("drop")) {
        check.fault(field, "\"" + field.text() + "\" is dropped and cannot name a row");
      }
    }
  }

  private void gates(Map<String, Value> columns) {
    var of = new ColumnCheck(check, source);
    if (source.has("covers")) {
      of.once(source.get("covers"));
    }
    if (!source.has("gates")) {
      return;
    }
    var gates = source.get("gates");
    gates
        .map("filled", Function.identity())
        .forEach((field, share) -> check.refer(named(share, field), "column", columns.keySet()));
    for (var key : new String[] {"same_period", "earlier_period"}) {
      if (gates.has(key) && !source.has("covers")) {
        check.fault(
            gates.get(key),
            "\"" + key + "\" needs \"covers\", which says where a delivery names its period");
      }
    }
    var sums = new HashSet<String>();
    for (var total : gates.items("totals")) {
      of.once(total);
      if (!sums.add(total.has("sums") ? total.text("sums") : "")) {
        check.fault(total, "this total is declared twice; keep one of them");
      }
      if (total.has("sums")) {
        sum(total.get("sums"), columns);
      }
    }
  }

  private void sum(Value field, Map<String, Value> columns) {
    check.refer(field, "column", columns.keySet());
    var column = columns.get(field.text());
    if (column == null) {
      return;
    }
    if (!List.of("integer", "decimal").contains(column.text("type")) || column.has("personal")) {
      check.fault(field, "\"" + field.text() + "\" is no number that can be summed");
    } else if (source.has("unpivot")
        && column.texts("label").stream().noneMatch(label -> label.contains("{"))) {
      check.fault(
          field,
          "\""
              + field.text()
              + "\" would be summed once for each column that repeats; sum one of"
              + " those");
    }
  }

  /** The value, as if its key were its text. */
  private static Value named(Value value, String key) {
    return new Value(
        value.document(), value.at(), tools.jackson.databind.node.StringNode.valueOf(key));
  }

  private void sheets() {
    if (source.has("sheets") && source.get("format").has("sheet")) {
      check.fault(
          source.get("sheets"), "\"sheets\" does not go with \"sheet\" of \"format\"; keep one");
    }
    if (source.has("sheets") && source.get("format").text("kind").equals("csv")) {
      check.fault(source.get("sheets"), "a csv has no sheets; remove \"sheets\"");
    }
  }

  private void unpivot(Map<String, Value> columns) {
    source
        .map("unpivot", Function.identity())
        .forEach(
            (field, expression) -> {
              check.refer(named(expression, field), "column", columns.keySet());
              try {
                Pattern.compile(expression.text());
              } catch (PatternSyntaxException e) {
                check.fault(
                    expression, "\"unpivot\" is not a regular expression: " + e.getDescription());
              }
              if (columns.values().stream()
                  .flatMap(c -> c.texts("label").stream())
                  .noneMatch(label -> label.contains("{" + field + "}"))) {
                check.fault(
                    expression,
                    "no label holds the placeholder {"
                        + field
                        + "}; write it where the heading changes");
              }
            });
  }

  private void numbers() {
    if (source.has("numbers")) {
      var numbers = source.get("numbers");
      var decimal = numbers.has("decimal") ? numbers.text("decimal") : ".";
      var grouping = numbers.has("grouping") ? numbers.texts("grouping") : List.of(",");
      if (grouping.contains(decimal)) {
        check.fault(
            numbers,
            "\""
                + decimal
                + "\" cannot both begin decimals and separate groups; write grouping: ["
                + (decimal.equals(",") ? "\".\"" : "")
                + "]");
      }
    }
  }

  private boolean encoding() {
    var format = source.get("format");
    if (!format.has("encoding")) {
      return true;
    }
    var encoding = format.get("encoding");
    try {
      if (Charset.isSupported(encoding.text())) {
        return true;
      }
    } catch (IllegalCharsetNameException e) {
      // Named like none: the same fault as one that is not known.
    }
    check.fault(
        encoding, "the encoding \"" + encoding.text() + "\" is not known; UTF-8 and GB18030 are");
    return false;
  }

  private void glob(Value pattern, String fileId, Map<String, String> patterns) {
    var text = pattern.text();
    if (text.contains("/")) {
      check.fault(pattern, "\"" + text + "\" must match the name of a file, without folders");
      return;
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + text);
    } catch (PatternSyntaxException e) {
      check.fault(
          pattern, "\"" + text + "\" is not a pattern of file names: " + e.getDescription());
    }
    var other = patterns.putIfAbsent(text, fileId);
    if (other != null) {
      check.fault(pattern, "source " + other + " takes files named \"" + text + "\" already");
    }
  }
}

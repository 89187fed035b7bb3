package org.keyroll.definition;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.file.FileSystems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks one source. */
record SourceCheck(Check check, Value source) {
  private static final List<LocalDate> DAYS =
      List.of(
          LocalDate.of(2023, 2, 5),
          LocalDate.of(2024, 2, 5),
          LocalDate.of(2023, 3, 5),
          LocalDate.of(2023, 2, 6));

  /** Whether it can be read into a record. */
  boolean readable() {
    return encoding();
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
    columns.values().forEach(this::column);
    var labels = new LinkedHashMap<String, Value>();
    columns.forEach((name, column) -> labels.put("column " + name, column.get("label")));
    if (source.has("ignore")) {
      labels.put("the ignored columns", source.get("ignore"));
    }
    check.unambiguous(labels, "label");
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

  private void column(Value column) {
    var min = column.decimalOrNull("min");
    var max = column.decimalOrNull("max");
    if (min != null && max != null && min.compareTo(max) > 0) {
      check.fault(column.get("min"), "\"min\" must not be above \"max\"");
    }
    if (column.has("pattern")) {
      var pattern = column.get("pattern");
      try {
        Pattern.compile(pattern.text());
      } catch (PatternSyntaxException e) {
        check.fault(pattern, "\"pattern\" is not a regular expression: " + e.getDescription());
      }
    }
    column.items("formats").forEach(this::format);
    check.unambiguous(column.map("choices", Function.identity()), "word");
    check.unambiguous(column.map("words", Function.identity()), "word");
  }

  private void format(Value format) {
    try {
      var formatter = DateTimeFormatter.ofPattern(format.text(), Locale.ROOT);
      if (!hasDay(formatter)) {
        check.fault(
            format, "\"" + format.text() + "\" must hold year, month and day: yyyy, M and d");
      }
    } catch (IllegalArgumentException e) {
      check.fault(format, "\"" + format.text() + "\" is not a date pattern such as yyyy-MM-dd");
    }
  }

  /** A pattern is of use when two days never look the same in it. */
  private static boolean hasDay(DateTimeFormatter formatter) {
    try {
      var seen = new HashMap<String, LocalDate>();
      for (var day : DAYS) {
        if (seen.put(formatter.format(day), day) != null) {
          return false;
        }
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

package org.keyroll.definition;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.keyroll.unit.Spelling;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Choices that are too many for a source: files of the folder {@code lookups}. A csv has the
 * headings {@code value} and any others, below them our value and the words for it, the first one
 * ours.
 */
final class Lookups {
  private static final int LONGEST = 64;

  private Lookups() {}

  /** A csv as a document: value to words, each with its line. Empty where there are new faults. */
  static Optional<Document> csv(String file, String text, List<Fault> faults) {
    int before = faults.size();
    var values = JsonNodeFactory.instance.objectNode();
    var lines = new HashMap<JsonPointer, Integer>();
    lines.put(JsonPointer.empty(), 1);
    try (var reader =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      int width = 0;
      for (var row : reader) {
        int line = (int) row.getStartingLineNumber();
        if (width == 0) {
          width = row.getFieldCount();
          if (!Spelling.comparable(row.getField(0)).equals("value")) {
            faults.add(
                new Fault(
                    file,
                    line,
                    "the first heading must be value; found \"" + row.getField(0) + "\""));
          }
          continue;
        }
        if (row.getFieldCount() > width) {
          faults.add(
              new Fault(
                  file, line, "more values than headings; put a value with commas in quotes"));
          continue;
        }
        var value = Spelling.strip(row.getField(0));
        var at = JsonPointer.empty().appendProperty(value);
        if (value.isEmpty() || value.length() > LONGEST) {
          faults.add(new Fault(file, line, "a value has 1 to " + LONGEST + " characters"));
        } else if (values.has(value)) {
          var first = lines.getOrDefault(at, 0);
          faults.add(
              new Fault(
                  file, line, "the value \"" + value + "\" stands twice; first on line " + first));
        } else {
          lines.put(at, line);
          var words = values.putArray(value);
          words(row, value).forEach(words::add);
        }
      }
    } catch (CsvParseException e) {
      faults.add(new Fault(file, 0, "not valid csv: " + e.getMessage()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (values.isEmpty() && faults.size() == before) {
      faults.add(new Fault(file, 0, "there is no value in this file"));
    }
    return faults.size() == before
        ? Optional.of(new Document(file, values, lines))
        : Optional.empty();
  }

  private static List<String> words(CsvRecord row, String value) {
    var words = new ArrayList<String>();
    for (var field : row.getFields().subList(1, row.getFieldCount())) {
      var word = Spelling.strip(field);
      if (!word.isEmpty() && !words.contains(word)) {
        words.add(word);
      }
    }
    return words.isEmpty() ? List.of(value) : words;
  }

  /** Value to words. */
  static Map<String, List<String>> choices(Document document) {
    var choices = new LinkedHashMap<String, List<String>>();
    for (var value : document.json().propertyNames()) {
      var words = new ArrayList<String>();
      document.json().get(value).forEach(word -> words.add(word.stringValue()));
      choices.put(value, List.copyOf(words));
    }
    return Collections.unmodifiableMap(choices);
  }
}

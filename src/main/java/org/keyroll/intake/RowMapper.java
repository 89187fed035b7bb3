package org.keyroll.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.intake.Headings.Place;
import org.keyroll.intake.ParsedRow.CellFault;
import org.keyroll.table.Row;

/** Turns the data rows of one sheet into records or faults. */
final class RowMapper {
  private static final int LONGEST_KEY = 191;

  private final Source source;
  private final List<MappedColumn> columns = new ArrayList<>();
  private final MatchKeys.Maker matchKeys;
  private final List<String> skip;
  private final Phrases phrases;

  private record MappedColumn(
      String field, Source.Column column, @Nullable Place place, Values values) {}

  RowMapper(
      Source source,
      Map<String, Place> places,
      MatchKeys.Maker matchKeys,
      LocalDate asOf,
      Phrases phrases) {
    this.phrases = phrases;
    this.source = source;
    this.matchKeys = matchKeys;
    this.skip = source.skipRowsStarting().stream().map(Values::comparable).toList();
    source
        .columns()
        .forEach(
            (field, column) ->
                columns.add(
                    new MappedColumn(
                        field, column, places.get(field), new Values(column, asOf, phrases))));
  }

  /** Notes, totals and headings repeated further down are not data. */
  boolean isNote(Row row) {
    for (var cell : row.cells()) {
      var text = Values.comparable(cell.text());
      if (!text.isEmpty()) {
        return skip.stream().anyMatch(text::startsWith) || repeatsHeadings(row);
      }
    }
    return true;
  }

  private boolean repeatsHeadings(Row row) {
    int same = 0;
    for (var mapped : columns) {
      if (mapped.place() != null) {
        var text = Values.comparable(row.cell(mapped.place().column()).text());
        var heading = Values.comparable(mapped.place().heading());
        if (text.isEmpty() || !heading.endsWith(text)) {
          return false;
        }
        same++;
      }
    }
    return same > 0;
  }

  ParsedRow map(Row row) {
    var values = new LinkedHashMap<String, String>();
    var raw = new LinkedHashMap<String, String>();
    var faults = new ArrayList<CellFault>(0);
    for (var mapped : columns) {
      var place = mapped.place();
      if (place == null) {
        continue;
      }
      var cell = row.cell(place.column());
      var value = mapped.values().read(cell);
      if (value.fault() != null) {
        faults.add(
            new CellFault(
                place.column(), mapped.field(), place.heading(), cell.text(), value.fault()));
      } else if (value.canonical() != null) {
        values.put(mapped.field(), value.canonical());
        if (!value.canonical().equals(cell.text())) {
          raw.put(mapped.field(), cell.text());
        }
      }
    }
    if (faults.isEmpty()
        && !source.requiredAny().isEmpty()
        && source.requiredAny().stream().noneMatch(values::containsKey)) {
      var headings = String.join(", ", source.requiredAny().stream().map(this::heading).toList());
      faults.add(rowFault("required_any", phrases.say("required_any", headings)));
    }
    var key = key(values);
    if (faults.isEmpty() && key.isEmpty()) {
      faults.add(rowFault("required", phrases.say("required.key")));
    }
    return new ParsedRow(
        row.number(),
        key,
        Payload.object(values),
        raw.isEmpty() ? null : Payload.object(raw),
        faults.isEmpty() ? matchKeys.of(source.id(), values) : MatchKeys.NONE,
        faults);
  }

  private String heading(String field) {
    return java.util.Objects.requireNonNull(source.columns().get(field)).label().get(0);
  }

  static CellFault rowFault(String rule, String message) {
    return new CellFault(null, null, null, null, new Fault(rule, message));
  }

  private String key(Map<String, String> values) {
    if (source.key().stream().noneMatch(values::containsKey)) {
      return "";
    }
    var key = String.join("|", source.key().stream().map(f -> values.getOrDefault(f, "")).toList());
    // Beyond the width of the column the key is cut and told apart by its hash.
    return key.length() <= LONGEST_KEY
        ? key
        : key.substring(0, LONGEST_KEY - 17) + "#" + String.format("%016x", Hash.of(key));
  }
}

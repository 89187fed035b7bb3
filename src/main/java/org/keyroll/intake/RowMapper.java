package org.keyroll.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.RowRule;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Protect;
import org.keyroll.intake.Headings.Found;
import org.keyroll.intake.Headings.Located;
import org.keyroll.intake.Headings.Place;
import org.keyroll.intake.ParsedRow.CellFault;
import org.keyroll.table.Cell;
import org.keyroll.table.Row;
import org.keyroll.table.TableReader;
import org.keyroll.unit.PersonalData;
import org.keyroll.unit.Spelling;

/** Turns the data rows of one sheet into records or faults. */
final class RowMapper {
  /** Before the heading of a column that is kept although it is not known. */
  static final String KEPT = "kept:";

  private static final int LONGEST_KEY = 191;

  private final Source source;
  private final Found found;
  private final List<Group> groups = new ArrayList<>();
  private final Map<Integer, String> kept = new LinkedHashMap<>();
  private final Guard[] guards;
  private final List<String> skip;
  private final List<List<String>> headings;
  private final List<RowRule> rules = new ArrayList<>();
  private final Tally tally;
  private final MatchKeys.Maker matchKeys;
  private final LocalDate asOf;
  private final Phrases phrases;

  /** What to look for in the cells of a column. */
  private enum Guard {
    /** It has no heading. */
    UNNAMED,
    /** It may hold anything. */
    NOTHING,
    PERSONAL,
    /** Numbers, dates and codes with a check, which are a person's only where they are at fault. */
    FAULTY
  }

  /**
   * The columns that make one record.
   *
   * @param name {@code [name=value]} of the field that tells them from the others; empty: there are
   *     no others
   * @param wide those of them that repeat
   */
  private record Group(String name, List<MappedColumn> columns, List<MappedColumn> wide) {}

  /**
   * Where a field comes from.
   *
   * @param place null where it has no column
   * @param constant its value, where it is the same for all rows
   */
  private record MappedColumn(
      String field,
      Source.Column column,
      @Nullable Place place,
      @Nullable Values values,
      @Nullable String constant) {}

  /**
   * @param constants values from outside the rows, as sent, by field
   * @throws Unusable where one of them cannot be read
   */
  RowMapper(
      Source source,
      Found found,
      Map<String, Constants.Constant> constants,
      Tally tally,
      MatchKeys.Maker matchKeys,
      LocalDate asOf,
      Phrases phrases)
      throws Unusable {
    this.source = source;
    this.found = found;
    this.phrases = phrases;
    this.tally = tally;
    this.matchKeys = matchKeys;
    this.asOf = asOf;
    this.skip = source.skipRowsStarting().stream().map(Spelling::comparable).toList();
    this.headings = found.rows().stream().map(RowMapper::comparable).toList();
    var fixed = new HashMap<String, String>();
    for (var constant : constants.entrySet()) {
      fixed.put(constant.getKey(), constant(constant.getKey(), constant.getValue()));
    }
    var repeated = Headings.groups(found.fields());
    if (repeated.isEmpty()) {
      groups.add(group(null, found.fields(), fixed));
    }
    for (var group : repeated.entrySet()) {
      var own = new HashMap<>(fixed);
      for (var field : source.unpivot().keySet()) {
        var place = group.getValue().get(0).place();
        own.put(
            field,
            constant(
                field,
                new Constants.Constant(
                    group.getKey(),
                    "heading",
                    Integer.toString(found.lastRow()),
                    TableReader.columnName(place.column()))));
      }
      groups.add(group(group.getKey(), found.fields(), own));
    }
    this.guards = guards();
    for (var rule : source.rules()) {
      try {
        rules.add(RowRule.compile(rule, source.columns()));
      } catch (InvalidCondition e) {
        throw new IllegalStateException("the rule " + rule.id() + " was checked before", e);
      }
    }
  }

  private String constant(String field, Constants.Constant sent) throws Unusable {
    var column = Objects.requireNonNull(source.columns().get(field));
    return sent.read(column, source.numbers(), asOf, phrases);
  }

  private Group group(@Nullable String name, List<Located> located, Map<String, String> fixed) {
    var columns = new ArrayList<MappedColumn>();
    var wide = new ArrayList<MappedColumn>();
    source
        .columns()
        .forEach(
            (field, column) -> {
              var at =
                  located.stream()
                      .filter(l -> l.field().equals(field))
                      .filter(l -> l.group() == null || l.group().equals(name))
                      .findFirst()
                      .orElse(null);
              var mapped =
                  new MappedColumn(
                      field,
                      column,
                      at == null ? null : at.place(),
                      at == null
                          ? null
                          : new Values(column, source.numbers(), at.unit(), asOf, phrases),
                      fixed.get(field));
              columns.add(mapped);
              if (at != null && at.group() != null) {
                wide.add(mapped);
              }
            });
    var told = new StringBuilder();
    for (var field : source.unpivot().keySet()) {
      told.append('[').append(field).append('=').append(fixed.getOrDefault(field, "")).append(']');
    }
    return new Group(told.toString(), columns, wide);
  }

  private Guard[] guards() {
    int width = found.headed().stream().mapToInt(i -> i + 1).max().orElse(0);
    var all = new Guard[width];
    java.util.Arrays.fill(all, Guard.UNNAMED);
    found.headed().forEach(i -> all[i] = Guard.PERSONAL);
    for (var located : found.fields()) {
      var column = Objects.requireNonNull(source.columns().get(located.field()));
      boolean number =
          column.type() == Source.Type.INTEGER
              || column.type() == Source.Type.DECIMAL
              || column.type() == Source.Type.PERCENTAGE
              || column.type() == Source.Type.IDENTIFIER && !"code".equals(column.scheme())
              || column.type() == Source.Type.DATE
              || column.type() == Source.Type.PERIOD;
      all[located.place().column()] =
          column.personal() != null || column.resemblesPersonal()
              ? Guard.NOTHING
              : number ? Guard.FAULTY : Guard.PERSONAL;
    }
    for (var place : found.kept()) {
      var name = KEPT + place.heading();
      kept.put(
          place.column(),
          kept.containsValue(name) ? name + " " + TableReader.columnName(place.column()) : name);
    }
    return all;
  }

  /**
   * Field to place; a field whose column repeats is there once a group, as {@code
   * field[name=value]}.
   */
  Map<String, Place> columns() {
    var places = new LinkedHashMap<String, Place>();
    for (var group : groups) {
      for (var mapped : group.columns()) {
        if (mapped.place() != null) {
          places.put(
              group.wide().contains(mapped) ? mapped.field() + group.name() : mapped.field(),
              mapped.place());
        }
      }
    }
    found.kept().forEach(place -> places.put(nameOf(place), place));
    return places;
  }

  private String nameOf(Place place) {
    return Objects.requireNonNull(kept.get(place.column()));
  }

  /** Notes, totals and headings repeated further down are not data. */
  boolean isNote(Row row) {
    for (int i = 0; i < row.cells().size(); i++) {
      var text = Spelling.comparable(row.cells().get(i).text());
      if (!text.isEmpty()) {
        for (var start : skip) {
          if (text.startsWith(start)) {
            return true;
          }
        }
        return repeatsHeadings(row, i, text);
      }
    }
    return true;
  }

  private boolean repeatsHeadings(Row row, int first, String text) {
    for (var heading : headings) {
      if (first < heading.size()
          && heading.get(first).equals(text)
          && heading.equals(comparable(row))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> comparable(Row row) {
    return row.cells().stream().map(c -> Spelling.comparable(c.text())).toList();
  }

  /** One record or rejection, or several where columns repeat. */
  List<ParsedRow> map(Row row) {
    var general = general(row);
    if (groups.size() == 1 && groups.get(0).wide().isEmpty()) {
      return List.of(map(row, groups.get(0), general));
    }
    var rows = new ArrayList<ParsedRow>(groups.size());
    for (var group : groups) {
      boolean says =
          group.wide().stream()
              .anyMatch(
                  m ->
                      m.column().required()
                          || !Objects.requireNonNull(m.values())
                              .isEmpty(row.cell(Objects.requireNonNull(m.place()).column())));
      if (says) {
        rows.add(map(row, group, general));
      }
    }
    if (rows.isEmpty()) {
      var faults = new ArrayList<>(general);
      faults.add(rowFault("nothing_reported", phrases.say("nothing_reported")));
      rows.add(new ParsedRow(row.number(), "", "{}", null, MatchKeys.NONE, faults));
    }
    return rows;
  }

  /** Faults of cells that belong to no column, and of those that hold persons' data. */
  private List<CellFault> general(Row row) {
    List<CellFault> faults = List.of();
    var cells = row.cells();
    for (int i = 0; i < cells.size(); i++) {
      var guard = i < guards.length ? guards[i] : Guard.UNNAMED;
      if (guard == Guard.NOTHING || guard == Guard.FAULTY) {
        continue;
      }
      var cell = cells.get(i);
      var person = PersonalData.in(cell.text());
      CellFault fault = null;
      if (person != null) {
        fault = new CellFault(i, fieldAt(i), headingAt(i), null, personal(person));
      } else if (guard == Guard.UNNAMED && !Spelling.strip(cell.text()).isEmpty()) {
        fault =
            new CellFault(
                i, null, null, cell.text(), new Fault("no_heading", phrases.say("no_heading")));
      }
      if (fault != null) {
        faults = faults.isEmpty() ? new ArrayList<>() : faults;
        faults.add(fault);
      }
    }
    return faults;
  }

  private Fault personal(PersonalData.Kind kind) {
    return new Fault(
        "personal_data",
        phrases.say("personal_data." + kind.name().toLowerCase(java.util.Locale.ROOT)));
  }

  private @Nullable String fieldAt(int column) {
    return found.fields().stream()
        .filter(f -> f.place().column() == column)
        .map(Located::field)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String headingAt(int column) {
    return found.fields().stream()
        .filter(f -> f.place().column() == column)
        .map(f -> f.place().heading())
        .findFirst()
        .orElse(null);
  }

  private ParsedRow map(Row row, Group group, List<CellFault> general) {
    var values = new LinkedHashMap<String, String>();
    var raw = new LinkedHashMap<String, String>();
    var faults = new ArrayList<CellFault>(general);
    for (var mapped : group.columns()) {
      var place = mapped.place();
      var cell = place == null ? Cell.BLANK : row.cell(place.column());
      if (mapped.values() != null && place != null) {
        var country = other(row, group, mapped.column().country());
        // Where the country is at fault itself, nothing can be said of the number.
        if (country.fault() == null) {
          read(mapped, mapped.values(), place, cell, country.canonical(), values, raw, faults);
        }
      } else if (mapped.constant() != null && !mapped.constant().isEmpty()) {
        values.put(mapped.field(), mapped.constant());
      }
      var otherwise = mapped.column().otherwise();
      if (otherwise != null
          && !values.containsKey(mapped.field())
          && (mapped.values() == null || mapped.values().isEmpty(cell))) {
        values.put(mapped.field(), otherwise);
        raw.put(mapped.field(), cell.text());
      }
    }
    kept.forEach(
        (column, name) -> {
          var text = Spelling.strip(row.cell(column).shown());
          if (!text.isEmpty() && PersonalData.in(text) == null) {
            values.put(name, text);
          }
        });
    if (faults.isEmpty()
        && !source.requiredAny().isEmpty()
        && source.requiredAny().stream().noneMatch(values::containsKey)) {
      var headings = String.join(", ", source.requiredAny().stream().map(this::heading).toList());
      faults.add(rowFault("required_any", phrases.say("required_any", headings)));
    }
    if (faults.isEmpty()) {
      keepRules(row, group, values, faults);
    }
    var key = key(values);
    if (faults.isEmpty() && key.isEmpty()) {
      faults.add(rowFault("required", phrases.say("required.key")));
    }
    tally.row(values, faults.isEmpty());
    return new ParsedRow(
        row.number(),
        key,
        Payload.object(values),
        raw.isEmpty() ? null : Payload.object(raw),
        faults.isEmpty() ? matchKeys.of(source.recordsOf(), values) : MatchKeys.NONE,
        faults);
  }

  /** What another field of the row holds; nothing where none is asked for. */
  private static Values.Value other(Row row, Group group, @Nullable String field) {
    for (var mapped : group.columns()) {
      if (mapped.field().equals(field)) {
        return mapped.values() != null && mapped.place() != null
            ? mapped.values().read(row.cell(mapped.place().column()))
            : new Values.Value(mapped.constant(), null);
      }
    }
    return Values.Value.NONE;
  }

  private void read(
      MappedColumn mapped,
      Values reader,
      Place place,
      Cell cell,
      @Nullable String country,
      Map<String, String> values,
      Map<String, String> raw,
      List<CellFault> faults) {
    var personal = mapped.column().personal();
    if (personal == Protect.DROP) {
      return;
    }
    var value = reader.read(cell, country);
    if (value.fault() != null) {
      var person = guards[place.column()] == Guard.FAULTY ? PersonalData.in(cell.text()) : null;
      boolean held =
          personal != null || guards[place.column()] == Guard.PERSONAL && holdsPerson(cell, faults);
      if (!held || personal != null) {
        faults.add(
            new CellFault(
                place.column(),
                mapped.field(),
                place.heading(),
                personal != null || person != null ? null : cell.text(),
                person != null
                    ? personal(person)
                    : personal != null ? hidden(value.fault()) : value.fault()));
      }
    } else if (value.canonical() != null && personal == Protect.HASH) {
      values.put(mapped.field(), "sha256:" + hash(mapped.field(), value.canonical()));
    } else if (value.canonical() != null) {
      values.put(mapped.field(), value.canonical());
      if (!value.canonical().equals(cell.shown())) {
        raw.put(mapped.field(), cell.shown());
      }
    }
  }

  /**
   * Whether the cell has been rejected for what it holds of a person: nothing else is said of it.
   */
  private static boolean holdsPerson(Cell cell, List<CellFault> faults) {
    return !faults.isEmpty() && PersonalData.in(cell.text()) != null;
  }

  /** A fault whose message must not repeat the value. */
  private Fault hidden(Fault fault) {
    return fault.rule().equals("required")
        ? fault
        : new Fault(fault.rule(), phrases.say("personal_value"));
  }

  private String hash(String field, String value) {
    return org.apache.commons.codec.digest.DigestUtils.sha256Hex(
        source.id() + "\n" + field + "\n" + value);
  }

  private void keepRules(Row row, Group group, Map<String, String> values, List<CellFault> faults) {
    for (var rule : rules) {
      if (rule.keeps(values, source.columns(), asOf)) {
        continue;
      }
      var fault = new Fault("rule:" + rule.id(), rule.message());
      int before = faults.size();
      for (var mapped : group.columns()) {
        var place = mapped.place();
        if (place != null && rule.fields().contains(mapped.field())) {
          faults.add(
              new CellFault(
                  place.column(),
                  mapped.field(),
                  place.heading(),
                  mapped.column().personal() == null ? row.cell(place.column()).text() : null,
                  fault));
        }
      }
      if (faults.size() == before) {
        faults.add(new CellFault(null, null, null, null, fault));
      }
    }
  }

  private String heading(String field) {
    var label = Objects.requireNonNull(source.columns().get(field)).label();
    return label.isEmpty() ? field : label.get(0);
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

package org.keyroll.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.intake.Headings.Place;
import org.keyroll.table.Area;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.Row;
import org.keyroll.table.RowSink;

/** Goes through the sheets of one delivery: finds their headings and maps the rows below. */
final class SheetMapping implements RowSink {
  private static final int TOP = 200;

  private final Source source;
  private final Headings headings;
  private final Constants constants;
  private final SheetNames sheetNames;
  private final Set<String> ours;
  private final MatchKeys.Maker matchKeys;
  private final LocalDate asOf;
  private final Phrases phrases;
  private final Consumer<ParsedRow> to;
  private final Tally tally;
  private final Map<String, Map<String, Place>> columns = new LinkedHashMap<>();
  private final List<String> sheets = new ArrayList<>();
  private final List<Row> top = new ArrayList<>();
  private @Nullable RowMapper mapper;
  private final List<Area> areas = new ArrayList<>();
  private @Nullable MergedCells merged;
  private @Nullable String hiddenSheet;
  private boolean hidden;
  private boolean skipping;
  private @Nullable Unusable unusable;

  /** Says faults in the language of the programme. */
  SheetMapping(
      Definitions definitions,
      Source source,
      String fileName,
      Marked marked,
      LocalDate asOf,
      Consumer<ParsedRow> to) {
    this(definitions, source, fileName, marked, asOf, Fault.phrases(definitions.programme()), to);
  }

  /**
   * @param fileName as its sender calls it
   * @param marked with the sheets that we put in ourselves; they hold no rows
   * @param phrases in which faults are said, of {@code org.keyroll.intake.faults}
   * @param to takes the data rows, each as a record or a rejection
   */
  SheetMapping(
      Definitions definitions,
      Source source,
      String fileName,
      Marked marked,
      LocalDate asOf,
      Phrases phrases,
      Consumer<ParsedRow> to) {
    this.source = source;
    this.headings = new Headings(source);
    this.constants = new Constants(source, fileName);
    this.sheetNames = new SheetNames(source);
    this.ours = marked.sheets();
    this.matchKeys = new MatchKeys.Maker(definitions.matching());
    this.asOf = asOf;
    this.phrases = phrases;
    this.to = to;
    this.tally = new Tally(source);
  }

  /** How the file is to be read. */
  ReadOptions options() {
    return Reading.declared(source);
  }

  /** Hidden sheets that the source names alone are read all the same. */
  @Override
  public boolean hiddenSheet(String name) {
    var choice = source.format().hiddenSheets();
    boolean named = sheetNames.isTheOne(name) || constants.isCover(name);
    if (choice == Source.Hidden.REFUSE && !named) {
      hiddenSheet = name;
    }
    return choice != Source.Hidden.SKIP || named;
  }

  @Override
  public void merged(Area area) {
    if (merged != null) {
      merged.add(area);
    } else if (!skipping) {
      areas.add(area);
    }
  }

  @Override
  public void sheet(String name) {
    endOfSheet();
    sheets.add(name);
    mapper = null;
    merged = null;
    areas.clear();
    skipping = false;
    hidden = name.equals(hiddenSheet);
    hiddenSheet = null;
    top.clear();
    try {
      skipping = ours.contains(name) || !sheetNames.holdsRows(name) && !constants.isCover(name);
    } catch (Unusable e) {
      if (!hidden) {
        refuse(e);
      }
      skipping = true;
    }
  }

  @Override
  public boolean row(Row row) {
    if (mapper != null) {
      data(row, mapper);
      return true;
    }
    if (skipping) {
      return false;
    }
    top.add(row);
    if (top.size() == TOP) {
      return startOfData();
    }
    return true;
  }

  /** Call once after the last row. */
  void finish() throws Unusable {
    endOfSheet();
    if (unusable != null) {
      throw unusable;
    }
    if (columns.isEmpty()) {
      throw new Unusable(
          Refusal.of(
              "no_headings",
              TOP,
              source.title(),
              String.join(
                  ", ",
                  source.columns().values().stream()
                      .filter(c -> !c.label().isEmpty())
                      .map(c -> c.label().get(0))
                      .toList())));
    }
  }

  private void endOfSheet() {
    if (mapper == null && !top.isEmpty()) {
      startOfData();
    }
    var area = merged == null ? null : merged.refused();
    if (area != null) {
      refuse(new Unusable(Refusal.of("merged_cells", area, area.firstRow()).at(area.firstRow())));
    }
  }

  /** Finds the headings among the first rows and takes what follows them; false to stop. */
  private boolean startOfData() {
    var sheet = sheets.get(sheets.size() - 1);
    if (constants.isCover(sheet)) {
      constants.cover(sheet, top);
      top.clear();
      skipping = true;
      return false;
    }
    try {
      var found = headings.find(top);
      if (found == null) {
        if (!hidden) {
          sheetNames.lacksHeadings(sheet);
        }
        // A sheet of instructions; another one holds the data.
        top.clear();
        skipping = true;
        return false;
      }
      if (hidden) {
        throw new Unusable(Refusal.of("hidden_sheet"));
      }
      var above = top.stream().filter(row -> row.number() < found.firstRow()).toList();
      var once = new LinkedHashMap<>(constants.of(sheet, above));
      for (var value : source.once().entrySet()) {
        var sent = once.remove(value.getKey());
        if (sent != null) {
          var canonical = sent.read(value.getValue(), source.numbers(), asOf, phrases);
          if (!canonical.isEmpty()) {
            tally.once(value.getKey(), canonical, sent.where());
          }
        }
      }
      mapper = new RowMapper(source, found, once, tally, matchKeys, asOf, phrases);
      columns.put(sheet, mapper.columns());
      merged =
          new MergedCells(
              source.format().merged(),
              found.lastRow(),
              found.fields().stream().map(f -> f.place().column()).collect(Collectors.toSet()));
      areas.forEach(merged::add);
      for (var row : top) {
        if (row.number() > found.lastRow()) {
          data(row, mapper);
        }
      }
      return true;
    } catch (Unusable e) {
      refuse(hidden ? new Unusable(Refusal.of("hidden_sheet")) : e);
      top.clear();
      skipping = true;
      return false;
    }
  }

  private void refuse(Unusable e) {
    if (unusable == null) {
      unusable = new Unusable(e.refusal().on(sheets.get(sheets.size() - 1)));
    }
  }

  private void data(Row sent, RowMapper mapping) {
    var row = merged == null ? sent : merged.fill(sent);
    if (!mapping.isNote(row)) {
      tally.sheetRow();
      if (merged != null) {
        merged.isData(row);
      }
      mapping.map(row).forEach(to);
    }
  }

  /** What the delivery holds, and says of itself. */
  Tally tally() {
    return tally;
  }

  /** The sheets so far, in order. */
  List<String> sheets() {
    return sheets;
  }

  /** Sheet to field to place, for the sheets that held data. */
  Map<String, Map<String, Place>> columns() {
    return columns;
  }
}

package org.keyroll.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source;
import org.keyroll.intake.Labels.Meaning;
import org.keyroll.table.Row;
import org.keyroll.table.TableReader;
import org.keyroll.unit.PersonalData;
import org.keyroll.unit.Spelling;

/** Finds the rows of headings by their labels, wherever they stand. */
final class Headings {
  private final Source source;
  private final Labels labels;

  /**
   * Where each field stands.
   *
   * @param rows the rows of headings
   * @param fields the columns that are mapped
   * @param kept columns that are not known and kept all the same
   * @param headed the columns that have a heading
   */
  record Found(List<Row> rows, List<Located> fields, List<Place> kept, Set<Integer> headed) {

    int firstRow() {
      return rows.get(0).number();
    }

    int lastRow() {
      return rows.get(rows.size() - 1).number();
    }
  }

  /**
   * A mapped column.
   *
   * @param group which of the columns that repeat; null where it does not
   * @param unit the unit that its heading names
   */
  record Located(String field, @Nullable String group, @Nullable String unit, Place place) {}

  /** A column, 0 is A, and its heading as sent. */
  record Place(int column, String heading) {}

  Headings(Source source) {
    this.source = source;
    this.labels = new Labels(source);
  }

  /**
   * Looks at the rows from the top of a sheet.
   *
   * @return null when no row looks like headings
   * @throws Unusable when one does, but lacks a column or has one that is not known
   */
  @Nullable Found find(List<Row> top) throws Unusable {
    List<Heading> best = List.of();
    List<Row> bestRows = List.of();
    int bestScore = 0;
    for (int i = 0; i < top.size(); i++) {
      for (int depth = Math.min(source.header().rows(), top.size() - i); depth >= 1; depth--) {
        var rows = top.subList(i, i + depth);
        if (depth > 1 && rows.get(depth - 1).number() - rows.get(0).number() != depth - 1) {
          continue;
        }
        var headings = headings(rows);
        int score = (int) headings.stream().filter(h -> meaning(h) != null).count();
        if (score > bestScore) {
          best = headings;
          bestScore = score;
          bestRows = List.copyOf(rows);
        }
      }
    }
    long labelled = source.columns().values().stream().filter(c -> !c.label().isEmpty()).count();
    if (bestScore < Math.min(2, labelled)) {
      return null;
    }
    return places(best, bestRows);
  }

  /**
   * A heading.
   *
   * @param path its own words last, before them those of the headings above it
   */
  private record Heading(int column, List<String> path) {
    String text() {
      return path.get(path.size() - 1);
    }

    /** The last {@code n} parts. */
    String last(int n) {
      return String.join("/", path.subList(path.size() - n, path.size()));
    }
  }

  /**
   * Headings merged sideways hold for the columns to the right that are empty in their row and have
   * a heading below; those merged downwards end with their row.
   */
  private static List<Heading> headings(List<Row> rows) {
    int width = rows.stream().mapToInt(r -> r.cells().size()).max().orElse(0);
    var headings = new ArrayList<Heading>();
    var spread = new String[rows.size()];
    for (int c = 0; c < width; c++) {
      var parts = new String[rows.size()];
      int lowest = -1;
      for (int r = 0; r < rows.size(); r++) {
        var own = Spelling.strip(rows.get(r).cell(c).text());
        if (!own.isEmpty()) {
          parts[r] = own;
          lowest = r;
        } else if (lowest < 0) {
          parts[r] = spread[r];
        }
      }
      spread = new String[rows.size()];
      if (lowest >= 0) {
        System.arraycopy(parts, 0, spread, 0, lowest);
        headings.add(
            new Heading(c, Arrays.stream(parts, 0, lowest + 1).filter(Objects::nonNull).toList()));
      }
    }
    return headings;
  }

  private record Known(Meaning meaning, String heading) {}

  /** The longest part of its path that is a label: a title may stand above a heading by chance. */
  private @Nullable Known meaning(Heading heading) {
    for (int n = heading.path().size(); n >= 1; n--) {
      var meaning = labels.of(heading.last(n));
      if (meaning != null) {
        return new Known(meaning, heading.last(n));
      }
    }
    return null;
  }

  private boolean isIgnored(Heading heading) {
    for (int n = heading.path().size(); n >= 1; n--) {
      if (labels.isIgnored(heading.last(n))) {
        return true;
      }
    }
    return false;
  }

  private Found places(List<Heading> headings, List<Row> rows) throws Unusable {
    int row = rows.get(rows.size() - 1).number();
    var fields = new ArrayList<Located>();
    var kept = new ArrayList<Place>();
    var headed = new TreeSet<Integer>();
    var earlier = new HashMap<String, Integer>();
    for (var heading : headings) {
      headed.add(heading.column());
      var known = meaning(heading);
      if (known == null) {
        unknown(heading, row, kept);
        continue;
      }
      var meaning = known.meaning();
      var place = new Place(heading.column(), known.heading());
      var first = earlier.put(meaning.field() + "\n" + meaning.group(), heading.column());
      if (first != null) {
        throw new Unusable(
            Refusal.of(
                    "repeated_column",
                    TableReader.columnName(first),
                    TableReader.columnName(heading.column()),
                    place.heading())
                .at(row, heading.column()));
      }
      fields.add(new Located(meaning.field(), meaning.group(), meaning.unit(), place));
    }
    for (var column : source.columns().entrySet()) {
      if (column.getValue().mustAppear()
          && !column.getValue().label().isEmpty()
          && fields.stream().noneMatch(f -> f.field().equals(column.getKey()))) {
        throw new Unusable(Refusal.of("missing_column", column.getValue().label().get(0)).at(row));
      }
    }
    return new Found(rows, fields, kept, headed);
  }

  private void unknown(Heading heading, int row, List<Place> kept) throws Unusable {
    if (PersonalData.heading(heading.text()).isPresent()) {
      throw new Unusable(Refusal.of("personal_column", heading.text()).at(row, heading.column()));
    }
    if (isIgnored(heading)) {
      return;
    }
    switch (source.unknownColumns()) {
      case IGNORE -> {}
      case KEEP -> kept.add(new Place(heading.column(), heading.last(heading.path().size())));
      case REFUSE ->
          throw new Unusable(
              Refusal.of("unknown_column", heading.text(), source.id()).at(row, heading.column()));
    }
  }

  /** The groups of columns that repeat, in the order of the sheet, each with its fields. */
  static Map<String, List<Located>> groups(List<Located> fields) {
    var first = new TreeMap<Integer, String>();
    var groups = new HashMap<String, List<Located>>();
    for (var field : fields) {
      if (field.group() != null) {
        groups
            .computeIfAbsent(
                field.group(),
                g -> {
                  first.put(field.place().column(), g);
                  return new ArrayList<>();
                })
            .add(field);
      }
    }
    var ordered = new java.util.LinkedHashMap<String, List<Located>>();
    first.values().forEach(g -> ordered.put(g, Objects.requireNonNull(groups.get(g))));
    return ordered;
  }
}

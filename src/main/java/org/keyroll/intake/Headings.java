package org.keyroll.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.UnknownColumns;
import org.keyroll.table.Row;
import org.keyroll.table.TableReader;

/** Finds the row or rows of headings by their labels, wherever they stand. */
final class Headings {
  private final Source source;
  private final Map<String, String> fieldOf = new HashMap<>();
  private final Set<String> ignored = new HashSet<>();

  /**
   * Where each field stands.
   *
   * @param lastRow row number of the last row of headings
   * @param columns field to column
   */
  record Found(int lastRow, Map<String, Place> columns) {}

  /** A column, 0 is A, and its heading as sent. */
  record Place(int column, String heading) {}

  /** Some headings were found, but the sheet cannot be read with them. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  Headings(Source source) {
    this.source = source;
    source
        .columns()
        .forEach(
            (field, column) ->
                column.label().forEach(label -> fieldOf.put(Values.comparable(label), field)));
    source.ignore().forEach(label -> ignored.add(Values.comparable(label)));
  }

  /**
   * Looks at the rows from the top of a sheet.
   *
   * @return null when no row looks like headings
   * @throws Unusable when one does, but lacks a column or has one that is not known
   */
  @Nullable Found find(List<Row> top) throws Unusable {
    List<Label> best = List.of();
    int bestLast = 0;
    int bestScore = 0;
    for (int i = 0; i < top.size(); i++) {
      for (int depth = source.header().rows(); depth >= 1; depth--) {
        if (i + depth > top.size()) {
          continue;
        }
        var labels = labels(top.subList(i, i + depth));
        int score = (int) labels.stream().filter(l -> field(l) != null).count();
        if (score > bestScore) {
          best = labels;
          bestScore = score;
          bestLast = top.get(i + depth - 1).number();
        }
      }
    }
    if (bestScore < Math.min(2, source.columns().size())) {
      return null;
    }
    return new Found(bestLast, places(best, bestLast));
  }

  /** A heading: its own words and, before a slash, those of the heading above it. */
  private record Label(int column, String text, @Nullable String above) {
    String shown() {
      return above == null ? text : above + "/" + text;
    }
  }

  private static List<Label> labels(List<Row> rows) {
    var lower = rows.get(rows.size() - 1);
    int width = rows.stream().mapToInt(r -> r.cells().size()).max().orElse(0);
    var labels = new ArrayList<Label>();
    String above = null;
    for (int c = 0; c < width; c++) {
      var own = Values.strip(lower.cell(c).text());
      var upper = rows.size() < 2 ? "" : Values.strip(rows.get(0).cell(c).text());
      if (!upper.isEmpty()) {
        above = upper;
      }
      if (!own.isEmpty()) {
        labels.add(new Label(c, own, rows.size() < 2 ? null : above));
      } else {
        // A heading merged downwards stands in the upper row; one merged sideways ends here.
        if (!upper.isEmpty()) {
          labels.add(new Label(c, upper, null));
        }
        above = null;
      }
    }
    return labels;
  }

  private @Nullable String field(Label label) {
    var whole = fieldOf.get(Values.comparable(label.shown()));
    return whole != null ? whole : fieldOf.get(Values.comparable(label.text()));
  }

  /** The heading without a title above it that happens to stand in the same column. */
  private String heading(Label label) {
    return fieldOf.containsKey(Values.comparable(label.shown())) ? label.shown() : label.text();
  }

  private boolean isIgnored(Label label) {
    return ignored.contains(Values.comparable(label.shown()))
        || ignored.contains(Values.comparable(label.text()));
  }

  private Map<String, Place> places(List<Label> labels, int row) throws Unusable {
    var places = new LinkedHashMap<String, Place>();
    for (var label : labels) {
      var field = field(label);
      if (field != null) {
        var earlier = places.put(field, new Place(label.column(), heading(label)));
        if (earlier != null) {
          throw new Unusable(
              "row %d: columns %s and %s both are \"%s\"; keep one of them"
                  .formatted(
                      row,
                      TableReader.columnName(earlier.column()),
                      TableReader.columnName(label.column()),
                      heading(label)));
        }
      } else if (!isIgnored(label) && source.unknownColumns() == UnknownColumns.REFUSE) {
        throw new Unusable(
            "row %d, column %s: the heading \"%s\" is not known; use one of those in sources/%s.yml,"
                    .formatted(
                        row, TableReader.columnName(label.column()), label.text(), source.id())
                + " or name it there under ignore");
      }
    }
    for (var column : source.columns().entrySet()) {
      if (column.getValue().required() && !places.containsKey(column.getKey())) {
        throw new Unusable(
            "row %d: no column is headed \"%s\"; every row needs it"
                .formatted(row, column.getValue().label().get(0)));
      }
    }
    return places;
  }
}

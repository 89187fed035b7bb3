package org.keyroll.intake;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Gates.Total;
import org.keyroll.definition.Source;

/** What a delivery holds and what it says of itself, counted while its rows go by. */
final class Tally {
  private final Source source;
  private final Map<String, int[]> filled = new LinkedHashMap<>();
  private final Map<String, BigDecimal> sums = new HashMap<>();
  private final Map<String, BigDecimal> declared = new HashMap<>();
  private final Map<String, String> where = new HashMap<>();
  private long sheetRows;
  private long sound;
  private @Nullable Span covers;

  Tally(Source source) {
    this.source = source;
    source.columns().keySet().forEach(field -> filled.put(field, new int[1]));
    for (var total : source.gates().totals()) {
      if (total.sums() != null) {
        sums.put(total.sums(), BigDecimal.ZERO);
      }
    }
  }

  /** One more data row of a sheet, which may make several records. */
  void sheetRow() {
    sheetRows++;
  }

  /**
   * One more record or rejection.
   *
   * @param values what could be read of it
   * @param sound whether no cell of it is at fault
   */
  void row(Map<String, String> values, boolean sound) {
    if (sound) {
      this.sound++;
      for (var field : values.keySet()) {
        var count = filled.get(field);
        if (count != null) {
          count[0]++;
        }
      }
    }
    for (var sum : sums.entrySet()) {
      var value = values.get(sum.getKey());
      if (value != null) {
        sum.setValue(sum.getValue().add(new BigDecimal(value)));
      }
    }
  }

  /**
   * What a sheet says of the delivery.
   *
   * @param what a key of {@link Source#once}
   * @param value canonical
   */
  void once(String what, String value, String at) throws Unusable {
    if (what.equals(Source.PERIOD_COVERED)) {
      var span = Span.of(value);
      covers = covers == null ? span : covers.and(span);
      return;
    }
    var before = declared.get(what);
    var number = new BigDecimal(value);
    // A number on a cover sheet or in a name is of all sheets, one above the headings of its own.
    var origin = Objects.requireNonNull(Objects.requireNonNull(source.once().get(what)).origin());
    boolean ofAll = origin.sheet() != null || origin.fileName() != null;
    declared.put(what, before == null || ofAll ? number : before.add(number));
    where.merge(what, at, (a, b) -> a.equals(b) ? a : a + ", " + b);
  }

  /** The day or period that the delivery is of; null where it does not say. */
  @Nullable Span covers() {
    return covers;
  }

  /** Rows without a fault. */
  long sound() {
    return sound;
  }

  /** Field to the sound rows in which it is filled. */
  Map<String, Integer> filled() {
    var counts = new LinkedHashMap<String, Integer>();
    filled.forEach((field, count) -> counts.put(field, count[0]));
    return counts;
  }

  /** A number that is declared beside the one that is counted. */
  record Compared(BigDecimal declared, BigDecimal counted, String where) {
    boolean differs() {
      return declared.compareTo(counted) != 0;
    }
  }

  Compared compared(Total total) {
    var counted =
        total.sums() == null
            ? BigDecimal.valueOf(sheetRows)
            : Objects.requireNonNull(sums.get(total.sums()));
    return new Compared(
        Objects.requireNonNull(declared.get(total.title())),
        counted,
        Objects.requireNonNull(where.get(total.title())));
  }

  /** The fields of a source that rows fill. */
  static List<String> reported(Source source) {
    return source.columns().entrySet().stream()
        .filter(c -> !c.getValue().label().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }
}

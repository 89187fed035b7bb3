package org.keyroll.definition;

import static org.keyroll.definition.Measure.CORE;
import static org.keyroll.definition.Measure.DAYS;
import static org.keyroll.definition.Measure.DAY_MONTH;
import static org.keyroll.definition.Measure.EDITS;
import static org.keyroll.definition.Measure.EXACT;
import static org.keyroll.definition.Measure.JARO_WINKLER;
import static org.keyroll.definition.Measure.OVERLAP;
import static org.keyroll.definition.Measure.PREFIX;
import static org.keyroll.definition.Measure.RATIO;
import static org.keyroll.definition.Measure.REARRANGED;
import static org.keyroll.definition.Measure.SHORT_FORM;
import static org.keyroll.definition.Measure.WORDS;

import java.util.List;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.definition.Similarity.Level;

/** The levels that fields of a kind have unless the definition says otherwise. */
public final class DefaultLevels {
  private DefaultLevels() {}

  public static List<Level> of(Kind kind) {
    return switch (kind) {
      case NAME ->
          List.of(
              at(EXACT),
              at(REARRANGED),
              at(EDITS, 1),
              at(JARO_WINKLER, 0.92),
              at(PREFIX),
              at(JARO_WINKLER, 0.8));
      case ORGANISATION ->
          List.of(
              at(EXACT),
              at(REARRANGED),
              at(SHORT_FORM),
              at(JARO_WINKLER, 0.95),
              at(CORE),
              at(WORDS, 0.7),
              at(JARO_WINKLER, 0.85),
              at(WORDS, 0.4));
      case TEXT ->
          List.of(
              at(EXACT),
              at(REARRANGED),
              at(EDITS, 2),
              at(WORDS, 0.8),
              at(JARO_WINKLER, 0.9),
              at(WORDS, 0.5),
              at(WORDS, 0.2));
      case CODE -> List.of(at(EXACT), at(EDITS, 1), at(EDITS, 2));
      case DATE ->
          List.of(
              at(EXACT), at(DAY_MONTH), at(EDITS, 1), at(EDITS, 2), at(DAYS, 31), at(DAYS, 366));
      case NUMBER -> List.of(at(EXACT), at(RATIO, 0.01), at(RATIO, 0.05), at(RATIO, 0.2));
      case CATEGORY -> List.of(at(EXACT));
      case LIST -> List.of(at(EXACT), at(OVERLAP, 2), at(OVERLAP, 1));
    };
  }

  private static Level at(Measure measure) {
    return new Level(measure, 0);
  }

  private static Level at(Measure measure, double bound) {
    return new Level(measure, bound);
  }
}

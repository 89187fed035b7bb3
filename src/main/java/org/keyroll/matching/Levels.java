package org.keyroll.matching;

import java.util.List;
import org.keyroll.definition.Similarity.Level;

/** Says levels in words. */
final class Levels {
  private Levels() {}

  /** In words, for people. */
  static String words(List<Level> levels, int level) {
    if (level == Scorer.SILENT) {
      return "says nothing";
    }
    if (level == levels.size()) {
      return "differs";
    }
    var of = levels.get(level);
    var bound =
        of.bound() == Math.rint(of.bound())
            ? Long.toString((long) of.bound())
            : Double.toString(of.bound());
    return switch (of.measure()) {
      case EXACT -> "the same";
      case REARRANGED -> "the same but for spaces or the order of words";
      case SWAPPED -> "found in each other's field";
      case PREFIX -> "one begins with the other";
      case SHORT_FORM -> "one is a short form of the other";
      case CORE -> "the same core of the name";
      case SOUND -> "sounds the same";
      case EDITS -> of.bound() == 1 ? "one edit apart" : "at most " + bound + " edits apart";
      case JARO_WINKLER -> "similar (Jaro-Winkler at least " + bound + ")";
      case WORDS -> "words in common (weight at least " + bound + ")";
      case OVERLAP -> "at least " + bound + " in common";
      case DAY_MONTH -> "day and month in each other's place";
      case DAYS -> "at most " + bound + " days apart";
      case MONTHS -> "at most " + bound + " months apart";
      case DIFFERENCE -> "differ by at most " + bound;
      case RATIO -> "differ by at most a share of " + bound;
    };
  }
}

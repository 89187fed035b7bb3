package org.keyroll.definition;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Proposes what may have been meant. */
final class Words {
  private static final int SHOWN = 12;

  private Words() {}

  /** The end of a sentence about a word that is not among those known. */
  static String instead(String word, Collection<String> known) {
    var near = nearest(word, known);
    if (near != null) {
      return "; did you mean \"" + near + "\"?";
    }
    if (known.isEmpty()) {
      return "";
    }
    var shown = String.join(", ", known.stream().limit(SHOWN).toList());
    return "; there "
        + (known.size() == 1 ? "is " : "are ")
        + shown
        + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "");
  }

  static @Nullable String nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(
            candidate -> distance(word, candidate) <= Math.max(1, Math.min(word.length(), 9) / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .orElse(null);
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}

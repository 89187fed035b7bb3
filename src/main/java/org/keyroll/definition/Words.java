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

  /** Letters added, dropped, changed or swapped with their neighbour. */
  private static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        var change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}

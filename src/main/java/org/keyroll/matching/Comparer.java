package org.keyroll.matching;

import java.util.List;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.definition.Similarity.Level;
import org.keyroll.unit.Names;

/** Finds the level at which two values of a field agree; one instance a thread. */
final class Comparer {
  private static final int SHORTEST_FUZZY_WORD = 4;

  /** Names with less in common have no core in common, and taking them apart is slow. */
  private static final double LEAST_OF_CORE = 0.1;

  private final Values values;
  private final List<Level> levels;
  private final Names names;
  private final Strings strings = new Strings();
  private int[] partner = new int[32];

  Comparer(Values values, List<Level> levels, Names names) {
    this.values = values;
    this.levels = levels;
    this.names = names;
  }

  /**
   * The level that two values reach.
   *
   * @return 0 for the strongest; the number of levels when they differ
   */
  int level(int a, int b) {
    double jaroWinkler = -1;
    double words = -1;
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      boolean reached =
          switch (level.measure()) {
            case EXACT -> a == b;
            case REARRANGED -> a == b || rearranged(a, b);
            case SWAPPED -> false;
            case PREFIX -> prefix(a, b);
            case SHORT_FORM -> a == b || mayShorten(a, b) && names.isShortOf(text(a), text(b));
            case CORE -> {
              words = words < 0 ? words(a, b) : words;
              yield a == b || words >= LEAST_OF_CORE && names.sameCore(text(a), text(b));
            }
            case SOUND -> a == b || Sounds.of(text(a)).equals(Sounds.of(text(b)));
            case EDITS -> edits(a, b, (int) level.bound()) <= level.bound();
            case JARO_WINKLER -> {
              jaroWinkler = jaroWinkler < 0 ? jaroWinkler(a, b) : jaroWinkler;
              yield jaroWinkler >= level.bound();
            }
            case WORDS -> {
              words = words < 0 ? words(a, b) : words;
              yield words >= level.bound();
            }
            case OVERLAP -> overlap(a, b) >= level.bound();
            case DAY_MONTH -> dayMonth(a, b);
            case DAYS -> distance(a, b) <= level.bound();
            case MONTHS -> distance(a, b) <= level.bound() * 31;
            case DIFFERENCE -> distance(a, b) <= level.bound();
            case RATIO -> ratio(a, b) <= level.bound();
          };
      if (reached) {
        return i;
      }
    }
    return levels.size();
  }

  /**
   * A look at the first characters, for taking names apart is slow: a short form begins like the
   * whole name, or its second character comes from there too.
   */
  private boolean mayShorten(int a, int b) {
    var texts = values.texts();
    return texts.chars()[texts.start(a)] == texts.chars()[texts.start(b)]
        || hasSecondOf(a, b)
        || hasSecondOf(b, a);
  }

  private boolean hasSecondOf(int brief, int whole) {
    var texts = values.texts();
    var chars = texts.chars();
    int second = texts.start(brief) + 1;
    int end = texts.start(brief) + texts.length(brief);
    while (second < end && chars[second] == ' ') {
      second++;
    }
    for (int i = texts.start(whole);
        second < end && i < texts.start(whole) + texts.length(whole);
        i++) {
      if (chars[i] == chars[second]) {
        return true;
      }
    }
    return false;
  }

  private String text(int id) {
    return values.texts().text(id);
  }

  double jaroWinkler(int a, int b) {
    var texts = values.texts();
    return strings.jaroWinkler(
        texts.chars(),
        texts.start(a),
        texts.length(a),
        texts.chars(),
        texts.start(b),
        texts.length(b));
  }

  private int edits(int a, int b, int most) {
    var texts = values.texts();
    int shorter = Math.min(texts.length(a), texts.length(b));
    // An edit in three characters makes another value, not the same one with a slip.
    if (shorter < 3 * most && values.kind() != Kind.DATE) {
      return most + 1;
    }
    return strings.edits(
        texts.chars(),
        texts.start(a),
        texts.length(a),
        texts.chars(),
        texts.start(b),
        texts.length(b),
        most);
  }

  private boolean prefix(int a, int b) {
    var texts = values.texts();
    int n = Math.min(texts.length(a), texts.length(b));
    for (int i = 0; i < n; i++) {
      if (texts.chars()[texts.start(a) + i] != texts.chars()[texts.start(b) + i]) {
        return false;
      }
    }
    return n > 0;
  }

  private boolean rearranged(int a, int b) {
    if (values.sum(a) != values.sum(b)) {
      return false;
    }
    if (text(a).replace(" ", "").equals(text(b).replace(" ", ""))) {
      return true;
    }
    int n = values.wordTo(a) - values.wordFrom(a);
    if (n != values.wordTo(b) - values.wordFrom(b)) {
      return false;
    }
    return java.util.Arrays.equals(sortedWords(a), sortedWords(b));
  }

  private int[] sortedWords(int id) {
    var sorted = new int[values.wordTo(id) - values.wordFrom(id)];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.word(values.wordFrom(id) + i);
    }
    java.util.Arrays.sort(sorted);
    return sorted;
  }

  /** Twice the rarity of the words in common, by that of all words. */
  private double words(int a, int b) {
    int from = values.wordFrom(b);
    int n = values.wordTo(b) - from;
    if (partner.length < n) {
      partner = new int[n];
    }
    java.util.Arrays.fill(partner, 0, n, -1);
    double all = 0;
    double common = 0;
    for (int j = 0; j < n; j++) {
      all += values.rarity(values.word(from + j));
    }
    for (int i = values.wordFrom(a); i < values.wordTo(a); i++) {
      int word = values.word(i);
      all += values.rarity(word);
      int match = -1;
      for (int j = 0; j < n && match < 0; j++) {
        match = partner[j] < 0 && values.word(from + j) == word ? j : -1;
      }
      for (int j = 0; j < n && match < 0; j++) {
        match = partner[j] < 0 && near(word, values.word(from + j)) ? j : -1;
      }
      if (match >= 0) {
        partner[match] = i;
        common += values.rarity(word) + values.rarity(values.word(from + match));
      }
    }
    return all == 0 ? 0 : common / all;
  }

  private boolean near(int a, int b) {
    var words = values.words();
    int shorter = Math.min(words.length(a), words.length(b));
    return shorter >= SHORTEST_FUZZY_WORD
        && values.mayBeNear(a, b, shorter < 8 ? 1 : 2)
        && strings.edits(
                words.chars(),
                words.start(a),
                words.length(a),
                words.chars(),
                words.start(b),
                words.length(b),
                shorter < 8 ? 1 : 2)
            <= (shorter < 8 ? 1 : 2);
  }

  private int overlap(int a, int b) {
    int common = 0;
    for (int i = values.wordFrom(a); i < values.wordTo(a); i++) {
      for (int j = values.wordFrom(b); j < values.wordTo(b); j++) {
        common += values.word(i) == values.word(j) ? 1 : 0;
      }
    }
    return common;
  }

  private boolean dayMonth(int a, int b) {
    var texts = values.texts();
    if (texts.length(a) != 8 || texts.length(b) != 8) {
      return false;
    }
    var x = text(a);
    var y = text(b);
    return x.startsWith(y.substring(0, 4))
        && x.substring(4, 6).equals(y.substring(6))
        && x.substring(6).equals(y.substring(4, 6));
  }

  /** Infinite, and so beyond any bound, where one of the two is no number or no day. */
  private double distance(int a, int b) {
    double distance = Math.abs(values.number(a) - values.number(b));
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  private double ratio(int a, int b) {
    double greater = Math.max(Math.abs(values.number(a)), Math.abs(values.number(b)));
    return greater == 0 ? 0 : distance(a, b) / greater;
  }
}

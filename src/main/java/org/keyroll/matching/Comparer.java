package org.keyroll.matching;

import java.util.List;
import java.util.stream.DoubleStream;
import org.keyroll.definition.Measure;
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
  private final int mostEdits;
  private final double leastJaroWinkler;
  private int[] partner = new int[32];

  Comparer(Values values, List<Level> levels, Names names) {
    this.values = values;
    this.levels = levels;
    this.names = names;
    this.mostEdits = (int) bounds(Measure.EDITS).max().orElse(0);
    this.leastJaroWinkler = bounds(Measure.JARO_WINKLER).min().orElse(0);
  }

  private DoubleStream bounds(Measure measure) {
    return levels.stream().filter(l -> l.measure() == measure).mapToDouble(Level::bound);
  }

  /**
   * The level that two values reach.
   *
   * @return 0 for the strongest; the number of levels when they differ
   */
  int level(int a, int b) {
    double jaroWinkler = -1;
    double words = -1;
    int edits = -1;
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
              words = a != b && mayShareCore(a, b) && words < 0 ? words(a, b) : words;
              yield a == b
                  || mayShareCore(a, b)
                      && words >= LEAST_OF_CORE
                      && names.sameCore(text(a), text(b));
            }
            case SOUND -> a == b || Sounds.of(text(a)).equals(Sounds.of(text(b)));
            case EDITS -> {
              edits = edits < 0 ? edits(a, b) : edits;
              yield edits <= level.bound() && mayHaveEdits(a, b, (int) level.bound());
            }
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
   * A look at single characters, for taking names apart is slow: a short form begins like the whole
   * name, or its second character comes from there too; and it holds the mark of the whole.
   */
  private boolean mayShorten(int a, int b) {
    var texts = values.texts();
    return (texts.chars()[texts.start(a)] == texts.chars()[texts.start(b)]
            || hasSecondOf(a, b)
            || hasSecondOf(b, a))
        && (values.kind() != Kind.ORGANISATION || holdsMark(a, b));
  }

  private boolean holdsMark(int a, int b) {
    int x = values.core(a, names);
    int y = values.core(b, names);
    if (Values.isChinese(x) != Values.isChinese(y)) {
      return true;
    }
    if (!Values.isChinese(x)) {
      // Without their legal forms the same; or one begins like the other, as an acronym does.
      var texts = values.texts();
      return x == y || texts.chars()[texts.start(a)] == texts.chars()[texts.start(b)];
    }
    return letters(a) <= letters(b) ? holds(a, values.mark(b)) : holds(b, values.mark(a));
  }

  /** Length without spaces. */
  private int letters(int id) {
    var texts = values.texts();
    var chars = texts.chars();
    int start = texts.start(id);
    int letters = 0;
    for (int i = start; i < start + texts.length(id); i++) {
      letters += chars[i] == ' ' ? 0 : 1;
    }
    return letters;
  }

  /** Whether the two characters of a mark stand next to each other, spaces aside. */
  private boolean holds(int id, int mark) {
    var texts = values.texts();
    var chars = texts.chars();
    int start = texts.start(id);
    int two = 0;
    for (int i = start; i < start + texts.length(id); i++) {
      if (chars[i] != ' ') {
        two = two << 16 | chars[i];
        if (two == mark) {
          return true;
        }
      }
    }
    return mark == 0;
  }

  private boolean mayShareCore(int a, int b) {
    if (values.kind() != Kind.ORGANISATION) {
      return true;
    }
    int x = values.core(a, names);
    int y = values.core(b, names);
    return x == y || Values.isChinese(x) != Values.isChinese(y);
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

  /** No level is reached below the least that one asks for, so there it need not be exact. */
  private double jaroWinkler(int a, int b) {
    var texts = values.texts();
    var chars = texts.chars();
    int x = texts.start(a);
    int y = texts.start(b);
    double most = strings.mostJaroWinkler(chars, x, texts.length(a), y, texts.length(b));
    return most < leastJaroWinkler
        ? most
        : strings.jaroWinkler(chars, x, texts.length(a), chars, y, texts.length(b));
  }

  /** At most one more than any level allows. */
  private int edits(int a, int b) {
    var texts = values.texts();
    if (!mayHaveEdits(a, b, 1)) {
      return mostEdits + 1;
    }
    return strings.edits(
        texts.chars(),
        texts.start(a),
        texts.length(a),
        texts.chars(),
        texts.start(b),
        texts.length(b),
        mostEdits);
  }

  /** An edit in three characters makes another value, not the same one with a slip. */
  private boolean mayHaveEdits(int a, int b, int edits) {
    var texts = values.texts();
    return Math.min(texts.length(a), texts.length(b)) >= 3 * edits || values.kind() == Kind.DATE;
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
      boolean fuzzy = match < 0 && values.words().length(word) >= SHORTEST_FUZZY_WORD;
      for (int j = 0; fuzzy && j < n && match < 0; j++) {
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

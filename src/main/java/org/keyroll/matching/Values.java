package org.keyroll.matching;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** The distinct values of a field with what comparing them needs, worked out once a value. */
final class Values {
  private static final double NONE = Double.NaN;
  private static final int FREQUENT = 20_000;
  private static final int CHINESE = 2;

  private final Kind kind;
  private final Texts texts = new Texts();
  private final Texts words = new Texts();
  private int[] wordStart = {0};
  // Numbers of words end to end; narrow ones as long as there are few words.
  private char[] narrowWords = {};
  private int[] wideWords = {};
  private double[] numbers = {};
  private double[] rarity = {};
  // Of each value its characters added up, without spaces; of each word which characters it has.
  private int[] sums = {};
  private long[] letters = {};
  // Of names of organisations, found when first asked for: 0 until then.
  private int[] cores = {};
  private int[] marks = {};

  Values(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  Texts texts() {
    return texts;
  }

  Texts words() {
    return words;
  }

  /** The number of a value in the form of {@link Forms}. */
  int add(String form) {
    return texts.add(form);
  }

  /** Works out words and numbers when all values are in. */
  void complete() {
    int n = texts.size();
    if (kind == Kind.DATE || kind == Kind.NUMBER) {
      numbers = new double[n];
      for (int id = 0; id < n; id++) {
        numbers[id] = number(texts.text(id));
      }
    }
    if (wordy()) {
      findWords();
      countCharacters();
    }
    if (kind == Kind.ORGANISATION) {
      cores = new int[n];
      marks = new int[n];
    }
    texts.complete();
    words.complete();
  }

  private void findWords() {
    int n = texts.size();
    wordStart = new int[n + 1];
    narrowWords = new char[Math.max(16, n * 2)];
    for (int id = 0; id < n; id++) {
      wordStart[id + 1] = findWords(id, wordStart[id]);
    }
    int used = wordStart[n];
    if (wideWords.length > 0) {
      wideWords = Arrays.copyOf(wideWords, used);
    } else {
      narrowWords = Arrays.copyOf(narrowWords, used);
    }
  }

  /** Words as they stand; of scripts that put no spaces between words, pairs of characters. */
  private int findWords(int id, int from) {
    var chars = texts.chars();
    int end = texts.start(id) + texts.length(id);
    int used = from;
    for (int start = texts.start(id); start < end; ) {
      int to = start;
      while (to < end && chars[to] != (kind == Kind.LIST ? '\n' : ' ')) {
        to++;
      }
      if (kind != Kind.LIST
          && to - start > 2
          && Character.isIdeographic(Character.codePointAt(chars, start, to))) {
        for (int i = start; i + 1 < to; i++) {
          used = put(words.add(chars, i, 2), used);
        }
      } else if (to > start) {
        used = put(words.add(chars, start, to - start), used);
      }
      start = to + 1;
    }
    return used;
  }

  private int put(int word, int place) {
    if (word > Character.MAX_VALUE && wideWords.length == 0) {
      wideWords = new int[longer(Math.max(16, place))];
      for (int i = 0; i < place; i++) {
        wideWords[i] = narrowWords[i];
      }
      narrowWords = new char[0];
    }
    if (wideWords.length > 0) {
      wideWords = place < wideWords.length ? wideWords : Arrays.copyOf(wideWords, longer(place));
      wideWords[place] = word;
    } else {
      narrowWords =
          place < narrowWords.length ? narrowWords : Arrays.copyOf(narrowWords, longer(place));
      narrowWords[place] = (char) word;
    }
    return place + 1;
  }

  private static int longer(int used) {
    return used + (used >> 1);
  }

  private void countCharacters() {
    sums = new int[texts.size()];
    for (int id = 0; id < sums.length; id++) {
      for (int i = texts.start(id); i < texts.start(id) + texts.length(id); i++) {
        sums[id] += texts.chars()[i] == ' ' ? 0 : texts.chars()[i];
      }
    }
    letters = new long[words.size()];
    for (int w = 0; w < letters.length; w++) {
      for (int i = words.start(w); i < words.start(w) + words.length(w); i++) {
        letters[w] |= 1L << (words.chars()[i] & 63);
      }
    }
  }

  /** Values with different sums are not the same in any order. */
  int sum(int id) {
    return sums[id];
  }

  /** What values share where {@link Names#sameCore} holds; others may, too. */
  int core(int id, Names names) {
    int known = cores[id];
    if (known == 0) {
      var text = texts.text(id);
      marks[id] = Names.mark(text);
      known = names.coreHash(text) << 2 | (Names.isChinese(text) ? CHINESE : 0) | 1;
      cores[id] = known;
    }
    return known;
  }

  /** Whether a name, of which {@link #core} is known, is Chinese. */
  static boolean isChinese(int core) {
    return (core & CHINESE) != 0;
  }

  /** {@link Names#mark} of a value whose {@link #core} was asked for. */
  int mark(int id) {
    return marks[id];
  }

  /** Whether two words may be so many edits apart; an edit takes away a letter and brings one. */
  boolean mayBeNear(int a, int b, int edits) {
    return Long.bitCount(letters[a] ^ letters[b]) <= 2 * edits;
  }

  /** Shares of values that hold a word, of the words met most often; any other word is rare. */
  Map<String, Double> frequentWords(int records) {
    var shares = new TreeMap<String, Double>();
    for (int w : words.mostFrequent(FREQUENT)) {
      shares.put(words.text(w), (double) words.count(w) / records);
    }
    return shares;
  }

  /** Sets what a word in common counts for, from the shares in a model of so many records. */
  void rarity(Map<String, Double> shares, int records) {
    rarity = new double[words.size()];
    for (int w = 0; w < rarity.length; w++) {
      rarity[w] = Math.log(1 + 1 / shares.getOrDefault(words.text(w), 1.0 / records));
    }
  }

  private boolean wordy() {
    return kind == Kind.TEXT || kind == Kind.ORGANISATION || kind == Kind.NAME || kind == Kind.LIST;
  }

  private double number(String text) {
    try {
      if (kind == Kind.NUMBER) {
        return Double.parseDouble(text);
      }
      if (text.length() == 8) {
        int date = Integer.parseInt(text);
        return LocalDate.of(date / 10000, date / 100 % 100, date % 100).toEpochDay();
      }
    } catch (NumberFormatException | DateTimeException e) {
      // Not a day of the calendar: its digits are compared and its distance is not.
      return NONE;
    }
    return NONE;
  }

  double number(int id) {
    return numbers[id];
  }

  int wordFrom(int id) {
    return wordStart[id];
  }

  int wordTo(int id) {
    return wordStart[id + 1];
  }

  int word(int place) {
    return wideWords.length > 0 ? wideWords[place] : narrowWords[place];
  }

  double rarity(int word) {
    return rarity[word];
  }
}

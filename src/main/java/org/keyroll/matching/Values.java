package org.keyroll.matching;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Kind;

/** The distinct values of a field with what comparing them needs, worked out once a value. */
final class Values {
  private static final double NONE = Double.NaN;
  private static final int FREQUENT = 20_000;

  private final Kind kind;
  private final Texts texts = new Texts();
  private final Texts words = new Texts();
  private int[] wordStart = {0};
  private int[] wordIds = {};
  private double[] numbers = {};
  private double[] rarity = {};
  // Of each value its characters added up, without spaces; of each word which characters it has.
  private int[] sums = {};
  private long[] letters = {};

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
      wordStart = new int[n + 1];
      var ids = new int[Math.max(16, n * 2)];
      int used = 0;
      for (int id = 0; id < n; id++) {
        for (var word : wordsOf(texts.text(id))) {
          if (used == ids.length) {
            ids = java.util.Arrays.copyOf(ids, used + (used >> 1));
          }
          ids[used++] = words.add(word);
        }
        wordStart[id + 1] = used;
      }
      wordIds = ids;
      countCharacters();
    }
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

  /** Whether two words may be so many edits apart; an edit takes away a letter and brings one. */
  boolean mayBeNear(int a, int b, int edits) {
    return Long.bitCount(letters[a] ^ letters[b]) <= 2 * edits;
  }

  /** Shares of values that hold a word, of the words met most often; any other word is rare. */
  Map<String, Double> frequentWords(int records) {
    var shares = new TreeMap<String, Double>();
    IntStream.range(0, words.size())
        .filter(w -> words.count(w) > 1)
        .boxed()
        .sorted(
            (a, b) ->
                words.count(a) != words.count(b)
                    ? Integer.compare(words.count(b), words.count(a))
                    : words.text(a).compareTo(words.text(b)))
        .limit(FREQUENT)
        .forEach(w -> shares.put(words.text(w), (double) words.count(w) / records));
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

  /** Words as they stand; of scripts that put no spaces between words, pairs of characters. */
  private List<String> wordsOf(String text) {
    var found = new ArrayList<String>();
    for (var word : text.split(kind == Kind.LIST ? "\n" : " ", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      if (kind != Kind.LIST && word.length() > 2 && Character.isIdeographic(word.codePointAt(0))) {
        for (int i = 0; i + 1 < word.length(); i++) {
          found.add(word.substring(i, i + 2));
        }
      } else {
        found.add(word);
      }
    }
    return found;
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
    return wordIds[place];
  }

  double rarity(int word) {
    return rarity[word];
  }
}

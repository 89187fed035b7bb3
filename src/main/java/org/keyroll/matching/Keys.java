package org.keyroll.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.definition.Similarity.Function;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** Blocking keys: records that share one are compared; for one thread. */
public final class Keys {
  /** Combinations of parts that one record may have under one rule. */
  private static final int MOST = 64;

  /** What is made of a value is kept where a value stands in so many records on average. */
  private static final int REPEATED = 4;

  private static final int STRETCH = 1 << 14;

  private final Population population;
  private final Names names;
  private final int repeated;
  private final Map<Part, KeyHashes> kept;
  private @Nullable Blocking rule;
  // The parts of the rule, each of a field or of any of several.
  private Known[][] parts = {};
  private long[] hashes = new long[256];
  private int found;
  private final long[] some = new long[MOST];
  private final long[] others = new long[MOST];

  public Keys(Population population, Names names) {
    this(population, names, REPEATED, new HashMap<>());
  }

  private Keys(Population population, Names names, int repeated, Map<Part, KeyHashes> kept) {
    this.population = population;
    this.names = names;
    this.repeated = repeated;
    this.kept = kept;
  }

  /** Keeps what is made of every value, for many rules of the same parts. */
  static Keys ofFew(Population population, Names names) {
    return new Keys(population, names, 1, new HashMap<>());
  }

  /**
   * Finds once what rules make of values that repeat; and what several of them make of the same
   * value, where that is slow: it takes names apart or looks up how they are read. To be called
   * before keys are made on several threads.
   */
  void share(List<Blocking> rules) {
    var parts = new LinkedHashMap<Part, Integer>();
    for (var of : rules) {
      prepare(of);
      for (var any : this.parts) {
        for (var known : any) {
          parts.merge(known.part(), 1, Integer::sum);
        }
      }
    }
    rule = null;
    parts.forEach(
        (part, times) -> {
          int values = population.values(part.field()).texts().size();
          boolean slow = part.function() == Function.CORE || part.function() == Function.PINYIN;
          if ((values <= population.size() / repeated || times > 1 && slow)
              && !kept.containsKey(part)) {
            kept.put(part, ofAll(part));
          }
        });
  }

  /** What a part makes of every value. */
  private KeyHashes ofAll(Part part) {
    var values = population.values(part.field());
    int n = values.texts().size();
    return KeyHashes.joined(
        n,
        IntStream.range(0, (n + STRETCH - 1) / STRETCH)
            .parallel()
            .mapToObj(
                stretch -> {
                  var own = another();
                  var of = new KeyHashes(STRETCH);
                  int to = Math.min(n, (stretch + 1) * STRETCH);
                  for (int value = stretch * STRETCH; value < to; value++) {
                    own.make(part, values, value);
                    for (int i = 0; i < own.found; i++) {
                      of.add(own.hashes[i]);
                    }
                    of.end();
                  }
                  return of;
                })
            .toList());
  }

  /** The same for another thread. */
  Keys another() {
    return new Keys(population, names, repeated, kept);
  }

  /** The keys of a record under a rule, sorted, as hashes; none where a part has no value. */
  @SuppressWarnings("ReferenceEquality") // asked for every record
  public long[] of(Blocking rule, int record) {
    if (this.rule != rule) {
      prepare(rule);
    }
    long[] keys = some;
    long[] longer = others;
    keys[0] = 0;
    int used = 1;
    for (int p = 0; p < parts.length && used > 0; p++) {
      int n = 0;
      for (int f = 0; f < parts[p].length; f++) {
        int id = population.value(parts[p][f].part().field(), record);
        if (id == Population.MISSING) {
          continue;
        }
        hash(parts[p][f], id);
        for (int i = 0; i < found; i++) {
          for (int k = 0; k < used && n < MOST; k++) {
            longer[n++] = scramble(keys[k] * 0x9E3779B97F4A7C15L + hashes[i]);
          }
        }
      }
      var spare = keys;
      keys = longer;
      longer = spare;
      used = n;
    }
    return sorted(keys, used);
  }

  private void prepare(Blocking rule) {
    this.rule = rule;
    parts = new Known[rule.on().size()][];
    for (int p = 0; p < parts.length; p++) {
      var part = rule.on().get(p);
      parts[p] =
          part.fields().stream()
              .map(name -> new Part(part.function(), part.length(), population.indexOf(name)))
              .map(of -> new Known(of, kept.get(of)))
              .toArray(Known[]::new);
    }
  }

  private static long[] sorted(long[] keys, int used) {
    Arrays.sort(keys, 0, used);
    return Arrays.copyOf(keys, unique(keys, used));
  }

  private static int unique(long[] sorted, int used) {
    int distinct = 0;
    for (int i = 0; i < used; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return distinct;
  }

  private record Part(Function function, int length, int field) {}

  /**
   * A part of a rule.
   *
   * @param hashes what it makes of each value, where that is kept
   */
  private record Known(Part part, @Nullable KeyHashes hashes) {}

  private void hash(Known known, int id) {
    var all = known.hashes();
    if (all == null) {
      make(known.part(), population.values(known.part().field()), id);
      return;
    }
    found = 0;
    for (int i = all.from(id); i < all.to(id); i++) {
      add(all.at(i));
    }
  }

  private void make(Part part, Values values, int id) {
    found = 0;
    of(part.function(), part.length(), values.kind(), values.texts().text(id));
    Arrays.sort(hashes, 0, found);
    found = unique(hashes, found);
  }

  private void add(String text) {
    if (!text.isEmpty()) {
      add(scramble(mix(1, text, 0, text.length())));
    }
  }

  private void add(long hash) {
    if (found == hashes.length) {
      hashes = Arrays.copyOf(hashes, found * 2);
    }
    hashes[found++] = hash;
  }

  private void of(Function function, int length, Kind kind, String text) {
    switch (function) {
      case EXACT -> add(text.replace(" ", ""));
      case PREFIX -> add(text.substring(0, Math.min(length, text.length())));
      case SUFFIX -> add(text.substring(Math.max(0, text.length() - length)));
      case TOKENS -> {
        // Taking apart is slow, and most Chinese texts are one word.
        if (text.indexOf(' ') < 0 && text.indexOf('\n') < 0) {
          add(text);
        } else {
          var words = text.split("[ \n]", -1);
          Arrays.sort(words);
          add(String.join(" ", words));
        }
      }
      case TOKEN -> {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          if (c == '\n' || c == ' ' && kind != Kind.LIST) {
            add(text.substring(from, i));
            from = i + 1;
          }
        }
        add(text.substring(from));
      }
      case NGRAMS -> {
        var joined = text.replace(" ", "");
        for (int i = 0; i + length <= joined.length(); i++) {
          add(joined.substring(i, i + length));
        }
      }
      case SOUND -> add(Sounds.of(text));
      case PINYIN -> add(Names.reading(text).replace(" ", ""));
      case CORE -> names.cores(text).forEach(this::add);
      case YEAR -> add(date(text, 0, 4));
      case MONTH -> add(date(text, 0, 6));
      case DAY -> add(date(text, 4, 8));
      case DELETIONS -> {
        // Two values an edit or a swap of neighbours apart share what one deletion leaves of each.
        var joined = text.replace(" ", "");
        add(joined);
        for (int i = 0; joined.length() > 1 && i < joined.length() && i < MOST; i++) {
          add(scramble(mix(mix(1, joined, 0, i), joined, i + 1, joined.length())));
        }
      }
    }
  }

  private static String date(String text, int from, int to) {
    return text.length() == 8 ? text.substring(from, to) : "";
  }

  private static long mix(long start, String value, int from, int to) {
    long hash = start;
    for (int i = from; i < to; i++) {
      hash = (hash ^ value.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** What the key of a block that is too large is replaced by: one key for each value. */
  public long[] finer(long key, int record) {
    return finer(population, key, record);
  }

  static long[] finer(Population population, long key, int record) {
    return IntStream.range(0, population.fields())
        .filter(f -> population.value(f, record) != Population.MISSING)
        .mapToLong(f -> finer(key, f, population.shown(f, record)))
        .toArray();
  }

  /** The key of a part of a block: of those that agree in a field as well. */
  static long finer(long key, int field, @Nullable String value) {
    return value == null
        ? key
        : scramble(mix((key + field + 1) * 0x9E3779B97F4A7C15L + 1, value, 0, value.length()));
  }

  static long scramble(long value) {
    long x = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}

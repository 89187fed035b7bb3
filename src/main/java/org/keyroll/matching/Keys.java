package org.keyroll.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.definition.Similarity.Function;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** Blocking keys: records that share one are compared; for one thread. */
public final class Keys {
  /** Combinations of parts that one record may have under one rule. */
  private static final int MOST = 64;

  private final Population population;
  private final Names names;
  private final Map<Part, KeyHashes> hashes = new HashMap<>();

  public Keys(Population population, Names names) {
    this.population = population;
    this.names = names;
  }

  /** The keys of a record under a rule, sorted, as hashes; none where a part has no value. */
  public long[] of(Blocking rule, int record) {
    long[] keys = {0};
    int used = 1;
    for (var part : rule.on()) {
      long[] longer = new long[MOST];
      int n = 0;
      for (var name : part.fields()) {
        int field = population.indexOf(name);
        int id = population.value(field, record);
        if (id != Population.MISSING) {
          var hashes = hashes(part, field);
          for (int i = hashes.from(id); i < hashes.to(id); i++) {
            for (int k = 0; k < used && n < MOST; k++) {
              longer[n++] = scramble(keys[k] * 0x9E3779B97F4A7C15L + hashes.at(i));
            }
          }
        }
      }
      keys = longer;
      used = n;
    }
    return sorted(keys, used);
  }

  private static long[] sorted(long[] keys, int used) {
    Arrays.sort(keys, 0, used);
    int kept = 0;
    for (int i = 0; i < used; i++) {
      if (i == 0 || keys[i] != keys[i - 1]) {
        keys[kept++] = keys[i];
      }
    }
    return Arrays.copyOf(keys, kept);
  }

  /** What a part makes of each value of a field, worked out once a value. */
  private KeyHashes hashes(Similarity.Key part, int field) {
    return hashes.computeIfAbsent(
        new Part(part.function(), part.length(), field),
        p -> {
          var values = population.values(field);
          var all = new KeyHashes(values.texts().size());
          for (int id = 0; id < values.texts().size(); id++) {
            var parts = new TreeSet<String>();
            of(p.function(), p.length(), values.kind(), values.texts().text(id), parts);
            parts.remove("");
            for (var text : parts) {
              all.add(mix(0, text));
            }
            all.end();
          }
          return all;
        });
  }

  private record Part(Function function, int length, int field) {}

  private void of(Function function, int length, Kind kind, String text, Set<String> parts) {
    switch (function) {
      case EXACT -> parts.add(text.replace(" ", ""));
      case PREFIX -> parts.add(text.substring(0, Math.min(length, text.length())));
      case SUFFIX -> parts.add(text.substring(Math.max(0, text.length() - length)));
      case TOKENS -> parts.add(String.join(" ", new TreeSet<>(List.of(text.split("[ \n]")))));
      case TOKEN -> parts.addAll(List.of(text.split(kind == Kind.LIST ? "\n" : "[ \n]")));
      case NGRAMS -> {
        var joined = text.replace(" ", "");
        for (int i = 0; i + length <= joined.length(); i++) {
          parts.add(joined.substring(i, i + length));
        }
      }
      case SOUND -> parts.add(Sounds.of(text));
      case PINYIN -> parts.add(Names.reading(text).replace(" ", ""));
      case CORE -> parts.addAll(names.cores(text));
      case YEAR -> parts.add(date(text, 0, 4));
      case MONTH -> parts.add(date(text, 0, 6));
      case DAY -> parts.add(date(text, 4, 8));
      case DELETIONS -> {
        // Two values an edit or a swap of neighbours apart share what one deletion leaves of each.
        var joined = text.replace(" ", "");
        parts.add(joined);
        for (int i = 0; i < joined.length() && i < MOST; i++) {
          parts.add(joined.substring(0, i) + joined.substring(i + 1));
        }
      }
    }
  }

  private static String date(String text, int from, int to) {
    return text.length() == 8 ? text.substring(from, to) : "";
  }

  private static long mix(long key, String value) {
    long hash = key * 0x9E3779B97F4A7C15L + 1;
    for (int i = 0; i < value.length(); i++) {
      hash = (hash ^ value.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return scramble(hash);
  }

  /** What the key of a block that is too large is replaced by: one key for each value. */
  public long[] finer(long key, int record) {
    return IntStream.range(0, population.fields())
        .filter(f -> population.value(f, record) != Population.MISSING)
        .mapToLong(f -> finer(key, f, population.shown(f, record)))
        .toArray();
  }

  /** The key of a part of a block: of those that agree in a field as well. */
  static long finer(long key, int field, @Nullable String value) {
    return value == null ? key : mix(key + field + 1, value);
  }

  static long scramble(long value) {
    long x = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}

package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.definition.Similarity.Function;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/**
 * Chooses blocking rules from the data: whole values, and pairs of coarse parts of two fields. The
 * sharpest come first, until the pairs they propose fill the budget; of many records, so do the
 * keys, which have to be kept. A rule that proposes too many is tried with smaller blocks: a model
 * number among common words is found so.
 */
final class BlockingChoice {
  private static final int SAMPLE = 20_000;
  private static final int[] LIMITS = {500, 100, 20};
  private static final int MANY_RECORDS = 200_000;
  private static final int MOST_RULES = 40;
  private static final double MOST_KEYS_OF_MANY = 12;
  private static final double MOST_KEYS_OF_ONE_RULE = 4;

  private static final List<Rated> NONE = List.of();
  private static final Set<Function> COVER_EXACT =
      EnumSet.of(Function.TOKENS, Function.TOKEN, Function.PINYIN, Function.DELETIONS);

  private final Population population;
  private final int sampled;
  private final double scale;
  private final Keys keys;

  /**
   * @param keys of a record
   */
  private record Rated(Blocking rule, double pairs, double keys) {}

  BlockingChoice(Population population, Names names) {
    this.population = population;
    // Spread evenly over the records.
    var sample = population.everyNth(Math.max(1, population.size() / SAMPLE));
    this.sampled = sample.size();
    this.scale = (double) population.size() / sampled;
    this.keys = Keys.ofFew(sample, names);
  }

  /**
   * @param budget pairs a record
   */
  List<Blocking> choose(int budget) {
    var chosen = new ArrayList<Rated>();
    double pairs = (double) budget * population.size();
    boolean many = population.size() > MANY_RECORDS;
    double keys = many ? MOST_KEYS_OF_MANY : Double.MAX_VALUE;
    double most = many ? MOST_KEYS_OF_ONE_RULE : Double.MAX_VALUE;
    for (var rule : rated()) {
      // What a wider rule finds as well need not be looked for twice.
      var covered = many ? chosen.stream().filter(c -> covers(rule, c)).toList() : NONE;
      if (chosen.stream().anyMatch(c -> c.rule().id().equals(rule.rule().id()))) {
        continue;
      }
      double freed = covered.stream().mapToDouble(Rated::keys).sum();
      if (chosen.isEmpty()
          || rule.pairs() <= pairs
              && rule.keys() <= Math.min(keys + freed, most)
              && chosen.size() < MOST_RULES) {
        chosen.removeAll(covered);
        chosen.add(rule);
        pairs -= rule.pairs();
        keys += freed - rule.keys();
      }
    }
    return chosen.stream().map(Rated::rule).toList();
  }

  /** All possible rules, those with larger blocks first; sharp ones before others. */
  private List<Rated> rated() {
    var possible = possible();
    keys.share(possible);
    return possible.parallelStream()
        .flatMap(rule -> rate(rule).stream())
        .sorted(
            Comparator.comparingInt((Rated r) -> -r.rule().limit())
                .thenComparingDouble(Rated::pairs)
                .thenComparing(r -> r.rule().id()))
        .toList();
  }

  /** Whether records that share a key of one rule share one of a wider rule as well. */
  private static boolean covers(Rated wide, Rated narrow) {
    return wide.rule().limit() >= narrow.rule().limit()
        && wide.rule().on().stream()
            .allMatch(w -> narrow.rule().on().stream().anyMatch(n -> covers(w, n)));
  }

  private static boolean covers(Similarity.Key wide, Similarity.Key narrow) {
    if (!wide.fields().equals(narrow.fields())) {
      return false;
    }
    return wide.function() == narrow.function()
        || switch (narrow.function()) {
          case EXACT -> COVER_EXACT.contains(wide.function());
          case TOKENS -> wide.function() == Function.TOKEN;
          default -> false;
        };
  }

  private List<Blocking> possible() {
    var rules = new ArrayList<Blocking>();
    var coarse = new ArrayList<Similarity.Key>();
    for (int f = 0; f < population.fields(); f++) {
      var name = population.names().get(f);
      var kind = population.field(f).as();
      for (var function : whole(kind)) {
        rules.add(rule(List.of(key(function, name))));
      }
      for (var function : coarse(kind)) {
        coarse.add(key(function, name));
      }
    }
    for (int i = 0; i < coarse.size(); i++) {
      // Alone, a coarse part only fits the budget of a small population.
      rules.add(rule(List.of(coarse.get(i))));
      for (int j = i + 1; j < coarse.size(); j++) {
        if (!coarse.get(i).fields().equals(coarse.get(j).fields())) {
          rules.add(rule(List.of(coarse.get(i), coarse.get(j))));
        }
      }
    }
    return rules;
  }

  private static List<Function> whole(Kind kind) {
    return switch (kind) {
      // Deletions are many keys; of many records, too many.
      case CODE -> List.of(Function.EXACT, Function.DELETIONS);
      case ORGANISATION -> List.of(Function.CORE, Function.PINYIN);
      case NAME, TEXT -> List.of(Function.TOKENS);
      case DATE, NUMBER -> List.of(Function.EXACT);
      case LIST -> List.of(Function.TOKEN);
      case CATEGORY -> List.of();
    };
  }

  private static List<Function> coarse(Kind kind) {
    return switch (kind) {
      case NAME -> List.of(Function.SOUND);
      case ORGANISATION -> List.of(Function.TOKEN, Function.CORE);
      case TEXT, LIST -> List.of(Function.TOKEN);
      case DATE -> List.of(Function.MONTH, Function.DAY);
      case CODE, NUMBER, CATEGORY -> List.of(Function.EXACT);
    };
  }

  private static Similarity.Key key(Function function, String field) {
    return new Similarity.Key(function, List.of(field), 0);
  }

  private static Blocking rule(List<Similarity.Key> on) {
    var id = new StringBuilder();
    for (var key : on) {
      id.append(id.length() == 0 ? "" : "+")
          .append(key.function().name().toLowerCase(java.util.Locale.ROOT))
          .append('(')
          .append(key.fields().get(0))
          .append(')');
    }
    return new Blocking(id.toString(), on, LIMITS[0]);
  }

  /** Pairs that a rule proposes with blocks of each size, from the sample. */
  private List<Rated> rate(Blocking rule) {
    var found = new long[1024];
    int used = 0;
    var own = keys.another();
    for (int record = 0; record < sampled; record++) {
      for (long key : own.of(rule, record)) {
        if (used == found.length) {
          found = Arrays.copyOf(found, used * 2);
        }
        found[used++] = key;
      }
    }
    Arrays.sort(found, 0, used);
    var pairs = new double[LIMITS.length];
    for (int from = 0; from < used; ) {
      int to = from;
      while (to < used && found[to] == found[from]) {
        to++;
      }
      double size = to - from;
      // What goes beyond the limit is cut up and comes to a fraction of it.
      for (int i = 0; i < LIMITS.length; i++) {
        pairs[i] += Math.min(size * (size - 1) / 2 * scale * scale, size * scale * LIMITS[i] / 2);
      }
      from = to;
    }
    double keysOfOne = (double) used / sampled;
    return java.util.stream.IntStream.range(0, LIMITS.length)
        .mapToObj(
            i -> new Rated(new Blocking(rule.id(), rule.on(), LIMITS[i]), pairs[i], keysOfOne))
        .toList();
  }
}

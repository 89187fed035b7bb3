package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.definition.Similarity.Function;
import org.keyroll.definition.Similarity.Kind;

/**
 * Chooses blocking rules from the data: whole values, and pairs of coarse parts of two fields. The
 * sharpest come first, until the pairs they propose fill the budget.
 */
final class BlockingChoice {
  private static final int SAMPLE = 20_000;
  private static final int LIMIT = 500;
  private static final int MANY_RECORDS = 200_000;
  private static final int MOST_RULES = 40;
  private static final int MOST_RULES_OF_MANY = 8;

  private final Population population;
  private final Keys keys;

  private record Rated(Blocking rule, double pairs) {}

  BlockingChoice(Population population, Keys keys) {
    this.population = population;
    this.keys = keys;
  }

  /**
   * @param budget pairs a record
   */
  List<Blocking> choose(int budget) {
    var rated = new ArrayList<Rated>();
    for (var rule : possible()) {
      rated.add(new Rated(rule, pairs(rule)));
    }
    rated.sort(Comparator.comparingDouble(Rated::pairs).thenComparing(r -> r.rule().id()));
    var chosen = new ArrayList<Blocking>();
    double left = (double) budget * population.size();
    int most = population.size() > MANY_RECORDS ? MOST_RULES_OF_MANY : MOST_RULES;
    for (var rule : rated) {
      if (chosen.isEmpty() || rule.pairs() <= left && chosen.size() < most) {
        chosen.add(rule.rule());
        left -= rule.pairs();
      }
    }
    return List.copyOf(chosen);
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
      case CODE -> List.of(Function.DELETIONS);
      case ORGANISATION -> List.of(Function.EXACT, Function.CORE, Function.PINYIN);
      case NAME, TEXT -> List.of(Function.EXACT, Function.TOKENS);
      case DATE, NUMBER -> List.of(Function.EXACT);
      case LIST -> List.of(Function.TOKEN);
      case CATEGORY -> List.of();
    };
  }

  private static List<Function> coarse(Kind kind) {
    return switch (kind) {
      case NAME -> List.of(Function.SOUND);
      case ORGANISATION -> List.of(Function.TOKEN);
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
    return new Blocking(id.toString(), on, LIMIT);
  }

  /** Pairs that a rule proposes, from a sample spread evenly over the records. */
  private double pairs(Blocking rule) {
    int n = population.size();
    int step = Math.max(1, n / SAMPLE);
    var found = new long[1024];
    int used = 0;
    int sampled = 0;
    for (int record = 0; record < n; record += step) {
      sampled++;
      for (long key : keys.of(rule, record)) {
        if (used == found.length) {
          found = Arrays.copyOf(found, used * 2);
        }
        found[used++] = key;
      }
    }
    Arrays.sort(found, 0, used);
    double pairs = 0;
    for (int from = 0; from < used; ) {
      int to = from;
      while (to < used && found[to] == found[from]) {
        to++;
      }
      double size = to - from;
      // What goes beyond the limit is cut up and comes to a fraction of it.
      pairs += Math.min(size * (size - 1) / 2, size * LIMIT / 2.0);
      from = to;
    }
    double scale = (double) n / sampled;
    return pairs * scale * scale;
  }
}

package org.keyroll.matching;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** What the model makes of two records; one instance a thread. */
final class Weights {
  /** Sums of the same numbers in another order differ by less. */
  private static final double ROUNDING = 1e-6;

  private final Population population;
  private final Swaps swaps;
  private final Names names;
  private final Scorer scorer;
  private final double prior;
  private final double[][] weight;
  private final double[][] rarity;
  // What a field adds at most where the values are not equal.
  private final double[] unequal;
  // Fields that are quickly compared first, then those that can decide most.
  private final int[] order;
  // What each field adds at most to the pair in hand.
  private final double[] most;

  Weights(Population population, Swaps swaps, Names names, Model model) {
    this.population = population;
    this.swaps = swaps;
    this.names = names;
    this.scorer = new Scorer(population, swaps, names);
    this.prior = model.priorWeight();
    this.rarity = rarity(population, model);
    int fields = population.fields();
    weight = new double[fields][];
    unequal = new double[fields];
    for (int f = 0; f < fields; f++) {
      var field = model.fields().get(f);
      weight[f] = IntStream.range(0, field.m().size()).mapToDouble(field::weight).toArray();
      unequal[f] = Math.max(0, Arrays.stream(weight[f]).skip(1).max().orElse(0));
    }
    order =
        IntStream.range(0, fields)
            .boxed()
            .sorted(
                (f, g) ->
                    slow(f) != slow(g)
                        ? Boolean.compare(slow(f), slow(g))
                        : Double.compare(spread(g), spread(f)))
            .mapToInt(f -> f)
            .toArray();
    most = new double[fields];
  }

  private Weights(Weights of) {
    this.population = of.population;
    this.swaps = of.swaps;
    this.names = of.names;
    this.scorer = new Scorer(of.population, of.swaps, of.names);
    this.prior = of.prior;
    this.weight = of.weight;
    this.rarity = of.rarity;
    this.unequal = of.unequal;
    this.order = of.order;
    this.most = new double[of.most.length];
  }

  /** The same for another thread. */
  Weights another() {
    return new Weights(this);
  }

  /**
   * What agreeing on each value adds to the weight of its field, because it is rarer or more common
   * than usual. Records of the same unit that have it do not make it common.
   */
  private static double[][] rarity(Population population, Model model) {
    var all = new double[population.fields()][0];
    for (int f = 0; f < all.length; f++) {
      var field = model.fields().get(f);
      if (field.rarityCounts()) {
        var texts = population.values(f).texts();
        all[f] = new double[texts.size()];
        double usual = field.u().get(0);
        // A value that was not counted was seen once at most.
        double rare = Math.min(1.0 / model.records(), usual);
        double mates = model.prior() * (model.records() - 1) * field.m().get(0);
        double own = (1 + mates) / model.records();
        var of = all[f];
        Arrays.fill(of, Math.log(usual / Math.max(0.0 - own, rare)) / Math.log(2));
        field
            .frequencies()
            .forEach(
                (text, share) -> {
                  int id = texts.find(text);
                  if (id >= 0) {
                    of[id] = Math.log(usual / Math.max(share - own, rare)) / Math.log(2);
                  }
                });
        texts.dropIndex();
      }
    }
    return all;
  }

  private boolean slow(int f) {
    var kind = population.field(f).as();
    return kind == Kind.ORGANISATION || kind == Kind.TEXT || kind == Kind.LIST;
  }

  private double spread(int f) {
    return Arrays.stream(weight[f]).max().orElse(0) - Arrays.stream(weight[f]).min().orElse(0);
  }

  /** Log-odds in bits; something below {@code least} when they do not come up to it. */
  double of(int a, int b, double least) {
    double rest = 0;
    for (int f = 0; f < most.length; f++) {
      most[f] = most(f, a, b);
      rest += most[f];
    }
    double sum = prior;
    for (int f : order) {
      if (sum + rest < least - ROUNDING) {
        return sum + rest;
      }
      sum += of(f, a, b);
      rest -= most[f];
    }
    return sum;
  }

  /** What a field adds at most, from whether the values are equal. */
  private double most(int f, int a, int b) {
    int x = population.value(f, a);
    int y = population.value(f, b);
    if (x != y) {
      return unequal[f];
    }
    return x == Population.MISSING ? 0 : equal(f, x);
  }

  private double equal(int f, int value) {
    return weight[f][0] + (rarity[f].length > 0 ? rarity[f][value] : 0);
  }

  double of(int f, int a, int b) {
    int level = scorer.level(f, a, b);
    if (level == Scorer.SILENT) {
      return 0;
    }
    return level == 0 ? equal(f, population.value(f, a)) : weight[f][level];
  }

  int level(int f, int a, int b) {
    return scorer.level(f, a, b);
  }
}

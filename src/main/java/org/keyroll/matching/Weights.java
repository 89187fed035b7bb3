package org.keyroll.matching;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** What the model makes of two records; one instance a thread. */
final class Weights {
  private final Population population;
  private final Scorer scorer;
  private final double prior;
  private final double[][] weight;
  private final double[][] rarity;
  // Fields that are quickly compared first, then those that can decide most; and what the fields
  // from each on can add at most.
  private final int[] order;
  private final double[] most;

  Weights(Population population, Swaps swaps, Names names, Model model, double[][] rarity) {
    this.population = population;
    this.scorer = new Scorer(population, swaps, names);
    this.prior = model.priorWeight();
    this.rarity = rarity;
    int fields = population.fields();
    weight = new double[fields][];
    var best = new double[fields];
    for (int f = 0; f < fields; f++) {
      var field = model.fields().get(f);
      weight[f] = IntStream.range(0, field.m().size()).mapToDouble(field::weight).toArray();
      best[f] = Arrays.stream(weight[f]).max().orElse(0);
      for (double extra : rarity[f]) {
        best[f] = Math.max(best[f], weight[f][0] + extra);
      }
      best[f] = Math.max(best[f], 0);
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
    most = new double[fields + 1];
    for (int i = fields - 1; i >= 0; i--) {
      most[i] = most[i + 1] + best[order[i]];
    }
  }

  /**
   * What agreeing on each value adds to the weight of its field, because it is rarer or more common
   * than usual. Records of the same unit that have it do not make it common.
   */
  static double[][] rarity(Population population, Model model) {
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
        for (int id = 0; id < all[f].length; id++) {
          double others =
              field.frequencies().getOrDefault(texts.text(id), 0.0) - (1 + mates) / model.records();
          all[f][id] = Math.log(usual / Math.max(others, rare)) / Math.log(2);
        }
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
    double sum = prior;
    for (int i = 0; i < order.length; i++) {
      if (sum + most[i] < least) {
        return sum + most[i];
      }
      sum += of(order[i], a, b);
    }
    return sum;
  }

  double of(int f, int a, int b) {
    int level = scorer.level(f, a, b);
    if (level == Scorer.SILENT) {
      return 0;
    }
    return weight[f][level]
        + (level == 0 && rarity[f].length > 0 ? rarity[f][population.value(f, a)] : 0);
  }

  int level(int f, int a, int b) {
    return scorer.level(f, a, b);
  }
}

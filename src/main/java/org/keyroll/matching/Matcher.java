package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.unit.Names;

/**
 * Compares the records of a population. The same records, definition and model give the same pairs,
 * on any number of processors.
 */
public final class Matcher {
  private static final int STRETCH = 1 << 13;

  private final Population population;
  private final Names names;
  private final Swaps swaps;
  private final Model model;
  private final Weights shared;
  private final int[] never;

  /** Pairs worth keeping, how many were compared, and how many each rule had to leave out. */
  public record Outcome(List<Pair> pairs, long compared, List<Long> leftOut) {}

  private Matcher(Similarity similarity, Population population, Names names, Model model) {
    this.population = population;
    this.names = names;
    this.swaps = new Swaps(population, similarity);
    this.model = model;
    this.shared = new Weights(population, swaps, names, model);
    this.never = similarity.never().stream().mapToInt(population::indexOf).toArray();
  }

  /** With the parameters of a model, which a later population may know more values than. */
  public static Matcher with(
      Similarity similarity, Population population, Names names, Model model) {
    for (int f = 0; f < population.fields(); f++) {
      population.values(f).rarity(model.fields().get(f).words(), model.records());
    }
    return new Matcher(similarity, population, names, model);
  }

  /** A model and the pairs it finds, from a whole population. */
  public record Trained(Matcher matcher, Outcome outcome) {}

  /**
   * Estimates a model from a population and compares it.
   *
   * @param taker gets the blocking keys of all records
   */
  public static Trained train(
      Similarity similarity, Population population, Names names, SortedKeys.Taker taker)
      throws Exception {
    var choosing = Stage.of("choose blocking");
    var keys = new Keys(population, names);
    List<Blocking> blocking =
        similarity.blocking().isEmpty()
            ? new BlockingChoice(population, names).choose(similarity.training().budget())
            : similarity.blocking();
    choosing.done();
    var words = new ArrayList<java.util.Map<String, Double>>();
    for (int f = 0; f < population.fields(); f++) {
      words.add(population.values(f).frequentWords(population.size()));
      population.values(f).rarity(words.get(f), population.size());
    }
    var making = Stage.of("block");
    var proposals = new Proposals(population, keys, blocking, taker);
    making.done();
    var training = Stage.of("train");
    var model =
        new Training(similarity, population, new Swaps(population, similarity), names, proposals)
            .model(blocking, words);
    training.done();
    var matcher = new Matcher(similarity, population, names, model);
    return new Trained(matcher, matcher.outcome(proposals, similarity.ask()));
  }

  /**
   * Compares all that the model's blocking rules propose.
   *
   * @param taker gets the blocking keys of all records
   */
  public Outcome compareAll(double ask, SortedKeys.Taker taker) throws Exception {
    var keys = new Keys(population, names);
    return outcome(new Proposals(population, keys, model.blocking(), taker), ask);
  }

  /** Compares the pairs of a list. */
  public Outcome compare(PairList list, double ask) {
    var comparing = Stage.of("compare");
    double least = Model.bits(ask);
    var pairs = new ArrayList<Pair>();
    IntStream.range(0, (list.size() + STRETCH - 1) / STRETCH)
        .parallel()
        .mapToObj(
            stretch -> {
              var finding = new Finding(least);
              int to = Math.min(list.size(), (stretch + 1) * STRETCH);
              for (int i = stretch * STRETCH; i < to; i++) {
                finding.pair(list.a(i), list.b(i));
              }
              return finding.found;
            })
        .toList()
        .forEach(pairs::addAll);
    comparing.done();
    return new Outcome(pairs, list.size(), List.of());
  }

  public Model model() {
    return model;
  }

  private final class Finding implements Proposals.Visitor {
    private final Weights weights = weights();
    private final List<Pair> found = new ArrayList<>();
    private final double least;
    private long seen;

    Finding(double least) {
      this.least = least;
    }

    @Override
    public void pair(int a, int b) {
      seen++;
      if (!ruledOut(a, b)) {
        double weight = weights.of(a, b, least);
        if (weight >= least) {
          found.add(new Pair(a, b, weight));
        }
      }
    }
  }

  private Weights weights() {
    return shared.another();
  }

  private Outcome outcome(Proposals proposals, double ask) {
    var comparing = Stage.of("compare");
    double least = Model.bits(ask);
    var pairs = new ArrayList<Pair>();
    long compared = 0;
    for (var finding : proposals.visit(() -> new Finding(least))) {
      pairs.addAll(finding.found);
      compared += finding.seen;
    }
    var sorted = pairs.toArray(Pair[]::new);
    Arrays.parallelSort(sorted, Comparator.comparingInt(Pair::a).thenComparingInt(Pair::b));
    comparing.done();
    return new Outcome(Arrays.asList(sorted), compared, proposals.leftOut());
  }

  /** Whether a rule says that two records are never the same unit, whatever else agrees. */
  public boolean ruledOut(int a, int b) {
    int source = population.source(a);
    if (source == population.source(b) && population.isDistinct(source)) {
      return true;
    }
    for (int f : never) {
      int x = population.value(f, a);
      int y = population.value(f, b);
      if (x != y && x != Population.MISSING && y != Population.MISSING) {
        return true;
      }
    }
    return false;
  }

  /** Log-odds of two records in bits, from every field; for one thread. */
  public Clusters.Weight weight() {
    var weights = weights();
    return (a, b) -> weights.of(a, b, Double.NEGATIVE_INFINITY);
  }

  /** What each field says of two records. */
  public Evidence evidence(int a, int b) {
    var weights = weights();
    var parts = new ArrayList<Evidence.Part>();
    for (int f = 0; f < population.fields(); f++) {
      int level = weights.level(f, a, b);
      parts.add(
          new Evidence.Part(
              population.names().get(f),
              population.shown(f, a),
              population.shown(f, b),
              Levels.words(swaps.levels(f), level),
              weights.of(f, a, b)));
    }
    return new Evidence(model.priorWeight(), parts);
  }
}

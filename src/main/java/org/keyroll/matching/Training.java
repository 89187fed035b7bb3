package org.keyroll.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.unit.Names;

/** Estimates a model from a population. */
final class Training {
  private static final long PAIRS = 1_000_000;
  private static final int FREQUENT = 20_000;

  private final Similarity similarity;
  private final Population population;
  private final Swaps swaps;
  private final Names names;
  private final Proposals proposals;

  Training(
      Similarity similarity, Population population, Swaps swaps, Names names, Proposals proposals) {
    this.similarity = similarity;
    this.population = population;
    this.swaps = swaps;
    this.names = names;
    this.proposals = proposals;
  }

  Model model(List<Blocking> blocking, List<Map<String, Double>> frequentWords) {
    int fields = population.fields();
    var levels = new int[fields];
    var equal = new double[fields];
    var present = new double[fields];
    for (int f = 0; f < fields; f++) {
      levels[f] = swaps.levels(f).size() + 1;
      countEqual(f, equal, present);
    }
    int n = population.size();
    double all = (double) n * (n - 1) / 2;
    double share = Math.min(1, (double) PAIRS / Math.max(1, proposals.pairs()));
    var candidates = candidates(share);
    var estimation =
        new Estimation(
            levels,
            all,
            candidates,
            1 / share,
            random(),
            equal,
            present,
            similarity.training().prior());
    for (int f = 0; f < fields; f++) {
      var field = population.field(f);
      if (field.m() != null && field.u() != null) {
        estimation.fix(f, field.m(), field.u());
      }
    }
    estimation.run();
    var of = new ArrayList<Model.Field>();
    for (int f = 0; f < fields; f++) {
      var words = new ArrayList<String>();
      for (int l = 0; l < levels[f]; l++) {
        words.add(Levels.words(swaps.levels(f), l));
      }
      of.add(
          new Model.Field(
              population.names().get(f),
              words,
              estimation.same(f),
              estimation.different(f),
              frequencies(f),
              population.field(f).frequencies(),
              frequentWords.get(f)));
    }
    return new Model(estimation.prior(), n, of, blocking);
  }

  private void countEqual(int f, double[] equal, double[] present) {
    var texts = population.values(f).texts();
    double records = 0;
    for (int id = 0; id < texts.size(); id++) {
      double count = texts.count(id);
      equal[f] += count * (count - 1) / 2;
      records += count;
    }
    present[f] = records * (records - 1) / 2;
  }

  private final class Counting implements Proposals.Visitor {
    private final Scorer scorer = new Scorer(population, swaps, names);
    private final Patterns patterns = new Patterns();
    private final double share;

    Counting(double share) {
      this.share = share;
    }

    @Override
    public boolean wants(int a, int b) {
      return share >= 1 || (Keys.scramble((long) a << 32 | b) >>> 11) * 0x1p-53 < share;
    }

    @Override
    public void pair(int a, int b) {
      patterns.add(Scorer.pack(scorer.levels(a, b)));
    }
  }

  private Patterns candidates(double share) {
    var all = new Patterns();
    proposals.visit(() -> new Counting(share)).forEach(c -> all.addAll(c.patterns));
    return all;
  }

  private Patterns random() {
    int n = population.size();
    var patterns = new Patterns();
    var scorer = new Scorer(population, swaps, names);
    long all = (long) n * (n - 1) / 2;
    long wanted = similarity.training().pairs();
    if (all <= wanted) {
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          patterns.add(Scorer.pack(scorer.levels(a, b)));
        }
      }
      return patterns;
    }
    long seed = similarity.training().seed();
    int parts = (int) Math.min(64, wanted);
    IntStream.range(0, parts)
        .parallel()
        .mapToObj(part -> random(seed, wanted * part / parts, wanted * (part + 1) / parts))
        .toList()
        .forEach(patterns::addAll);
    return patterns;
  }

  private Patterns random(long seed, long from, long to) {
    int n = population.size();
    var patterns = new Patterns();
    var scorer = new Scorer(population, swaps, names);
    for (long i = from; i < to; i++) {
      long bits = Keys.scramble(seed + (i + 1) * 0x9E3779B97F4A7C15L);
      int a = (int) ((bits >>> 32) * n >>> 32);
      int b = (int) ((bits & 0xFFFFFFFFL) * n >>> 32);
      if (a != b) {
        patterns.add(Scorer.pack(scorer.levels(Math.min(a, b), Math.max(a, b))));
      }
    }
    return patterns;
  }

  /** Shares of the values that are met most often; a value that is not among them is rare. */
  private Map<String, Double> frequencies(int f) {
    if (!population.field(f).frequencies()) {
      return Map.of();
    }
    var texts = population.values(f).texts();
    double records = 0;
    for (int id = 0; id < texts.size(); id++) {
      records += texts.count(id);
    }
    var shares = new TreeMap<String, Double>();
    for (int id : texts.mostFrequent(FREQUENT)) {
      shares.put(texts.text(id), texts.count(id) / records);
    }
    return shares;
  }
}

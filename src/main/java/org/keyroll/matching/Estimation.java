package org.keyroll.matching;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expectation maximisation over all pairs there are: candidate pairs are looked at one pattern at a
 * time, all other pairs are taken for different units. Chance agreement (u) comes from random
 * pairs, less the share of them that are the same unit after all, and for equal values from their
 * exact frequencies.
 */
final class Estimation {
  private static final int ROUNDS = 200;
  private static final double STILL = 1e-7;
  private static final double CERTAIN = 1 - 1e-9;

  /** Records that differ in most fields are not the same unit, whatever else they share. */
  private static final double MOSTLY = 0.5;

  private final int fields;
  private final int[] levels;
  private final double allPairs;
  private final long[] candidates;
  private final double[] candidateCounts;
  private final long[] random;
  private final double[] randomCounts;
  private final double[] equalPairs;
  private final double[] presentPairs;
  private final double[][] m;
  private final double[][] u;
  private final boolean[] fixed;
  private final @Nullable Double givenPrior;
  // By field and level; a silent field adds nothing.
  private final double[][] weights;
  private double priorOdds;
  private double prior;
  private boolean guessed;

  /**
   * @param levels how many each field has, that of different values included
   * @param candidates patterns of the pairs that blocking proposes, {@code scale} pairs each
   * @param equalPairs pairs with equal values in a field, among all pairs
   * @param presentPairs pairs with a value in both records
   */
  Estimation(
      int[] levels,
      double allPairs,
      Patterns candidates,
      double scale,
      Patterns random,
      double[] equalPairs,
      double[] presentPairs,
      @Nullable Double prior) {
    this.fields = levels.length;
    this.levels = levels;
    this.allPairs = allPairs;
    this.candidates = candidates.patterns();
    this.candidateCounts =
        Arrays.stream(this.candidates).mapToDouble(p -> candidates.count(p) * scale).toArray();
    this.random = random.patterns();
    this.randomCounts = Arrays.stream(this.random).mapToDouble(random::count).toArray();
    this.equalPairs = equalPairs;
    this.presentPairs = presentPairs;
    this.givenPrior = prior;
    this.m = new double[fields][];
    this.u = new double[fields][];
    this.fixed = new boolean[fields];
    this.weights = new double[fields][Scorer.SILENT + 1];
    for (int f = 0; f < fields; f++) {
      m[f] = firstGuess(levels[f]);
      u[f] = new double[levels[f]];
    }
    this.prior = firstPrior();
  }

  /** Most of the same units agree; the rest spread over the levels below. */
  private static double[] firstGuess(int levels) {
    var guess = new double[levels];
    double left = 1;
    for (int l = 0; l < levels - 1; l++) {
      guess[l] = l == 0 ? 0.75 : left / 2;
      left -= guess[l];
    }
    guess[levels - 1] = left;
    return guess;
  }

  /** Takes the shares of a field as given. */
  void fix(int field, List<Double> same, List<Double> different) {
    for (int l = 0; l < levels[field]; l++) {
      m[field][l] = same.get(l);
      u[field][l] = different.get(l);
    }
    fixed[field] = true;
  }

  void run() {
    converge();
    if (differing() > MOSTLY) {
      // Not one unit but one town, one trade: what records have in common that share little else.
      // There are too few pairs of the same unit to learn from; they are taken to mostly agree.
      guessed = true;
      for (int f = 0; f < fields; f++) {
        m[f] = fixed[f] ? m[f] : firstGuess(levels[f]);
      }
      prior = firstPrior();
      converge();
    }
  }

  /** The mean share, over the fields, of pairs of the same unit whose values differ. */
  private double differing() {
    double sum = 0;
    for (int f = 0; f < fields; f++) {
      sum += m[f][levels[f] - 1];
    }
    return sum / fields;
  }

  private double firstPrior() {
    return givenPrior != null ? givenPrior : Math.min(0.5, 1 / Math.sqrt(allPairs + 1));
  }

  private void converge() {
    chance(false);
    for (int round = 0; round < ROUNDS; round++) {
      weigh();
      double moved = maximise();
      weigh();
      chance(true);
      if (moved < STILL) {
        break;
      }
    }
  }

  /** u of every level; without a model yet, random pairs are all taken for different units. */
  private void chance(boolean corrected) {
    double[][] next = new double[fields][];
    double[] present = new double[fields];
    for (int f = 0; f < fields; f++) {
      next[f] = new double[levels[f]];
    }
    for (int i = 0; i < random.length; i++) {
      double different = randomCounts[i] * (corrected ? 1 - posterior(random[i]) : 1);
      for (int f = 0; f < fields; f++) {
        int level = Scorer.unpack(random[i], f);
        if (level != Scorer.SILENT) {
          next[f][level] += different;
          present[f] += different;
        }
      }
    }
    var sameAndEqual = new double[fields];
    if (corrected) {
      for (int i = 0; i < candidates.length; i++) {
        double same = candidateCounts[i] * posterior(candidates[i]);
        for (int f = 0; f < fields; f++) {
          sameAndEqual[f] += Scorer.unpack(candidates[i], f) == 0 ? same : 0;
        }
      }
    }
    for (int f = 0; f < fields; f++) {
      if (!fixed[f]) {
        double equal =
            Math.max(0.5, equalPairs[f] - sameAndEqual[f]) / Math.max(1, presentPairs[f]);
        share(next[f], present[f], Math.min(equal, 0.999), u[f]);
      }
    }
  }

  private static void share(double[] counts, double present, double equal, double[] into) {
    double rest = Math.max(present - counts[0], 0);
    into[0] = equal;
    for (int l = 1; l < counts.length; l++) {
      into[l] = (1 - equal) * (counts[l] + 0.5) / (rest + 0.5 * (counts.length - 1));
    }
  }

  /** One round; returns how far the shares have moved. */
  private double maximise() {
    double[][] next = new double[fields][];
    double[] present = new double[fields];
    for (int f = 0; f < fields; f++) {
      next[f] = new double[levels[f]];
    }
    double same = 0;
    for (int i = 0; i < candidates.length; i++) {
      double share = candidateCounts[i] * posterior(candidates[i]);
      same += share;
      for (int f = 0; f < fields; f++) {
        int level = Scorer.unpack(candidates[i], f);
        if (level != Scorer.SILENT) {
          next[f][level] += share;
          present[f] += share;
        }
      }
    }
    double moved = 0;
    for (int f = 0; f < fields; f++) {
      for (int l = 0; l < levels[f] && !fixed[f] && !guessed; l++) {
        double share = (next[f][l] + 0.1) / (present[f] + 0.1 * levels[f]);
        moved = Math.max(moved, Math.abs(share - m[f][l]));
        m[f][l] = share;
      }
    }
    if (givenPrior == null) {
      double before = prior;
      prior = Math.min(0.5, Math.max(1e-12, same / allPairs));
      moved = guessed ? Math.abs(prior - before) / prior : moved;
    }
    return moved;
  }

  /** Probability that a pair is the same unit, by the shares as {@link #weigh} found them. */
  private double posterior(long pattern) {
    double odds = priorOdds;
    for (int f = 0; f < fields; f++) {
      odds += weights[f][Scorer.unpack(pattern, f)];
    }
    return Math.min(CERTAIN, 1 / (1 + Math.exp(-odds)));
  }

  private void weigh() {
    priorOdds = Math.log(prior / (1 - prior));
    for (int f = 0; f < fields; f++) {
      for (int l = 0; l < levels[f]; l++) {
        weights[f][l] = Math.log(m[f][l] / u[f][l]);
      }
    }
  }

  double prior() {
    return prior;
  }

  List<Double> same(int field) {
    return Arrays.stream(m[field]).boxed().toList();
  }

  List<Double> different(int field) {
    return Arrays.stream(u[field]).boxed().toList();
  }
}

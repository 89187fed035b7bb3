package org.keyroll.scoring;

import java.util.Arrays;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.Ties;

/**
 * The scores of a population in the order in which they are ranked.
 *
 * @param sorted scores with the sign that makes the first the lowest
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Standings(Policy.Ranking ranking, double[] sorted) {

  /**
   * Ranks scores.
   *
   * @param scores of the population, none of them NaN
   */
  static Standings of(Policy.Ranking ranking, double[] scores) {
    var signed = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      signed[i] = sign(ranking) * scores[i];
    }
    return new Standings(ranking, Ranks.sorted(signed, ranking.ties()));
  }

  private static double sign(Policy.Ranking ranking) {
    return ranking.ascending() ? 1 : -1;
  }

  /**
   * The same, had one of the scores been another.
   *
   * @param own NaN where it is not among them
   * @param other NaN where it is not to be
   */
  Standings instead(double own, double other) {
    if (ranking.ties() == Ties.DENSE) {
      return this; // each score stands once, and others may share it
    }
    double out = Ranks.comparable(sign(ranking) * own);
    int at = Arrays.binarySearch(sorted, out);
    int rest = sorted.length - (at >= 0 ? 1 : 0);
    var values = new double[rest + (Double.isNaN(other) ? 0 : 1)];
    System.arraycopy(sorted, 0, values, 0, at >= 0 ? at : rest);
    if (at >= 0) {
      System.arraycopy(sorted, at + 1, values, at, rest - at);
    }
    if (values.length > rest) {
      double in = Ranks.comparable(sign(ranking) * other);
      int place = Ranks.below(Arrays.copyOf(values, rest), in);
      System.arraycopy(values, place, values, place + 1, rest - place);
      values[place] = in;
    }
    return new Standings(ranking, values);
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  /** 1 for the first; a score that is not among them ranks where it would stand. */
  double rank(double score) {
    return Ranks.rank(sorted, sign(ranking) * score, ranking.ties());
  }

  /** 1 for the first, 0 for the last. */
  double percentile(double score) {
    double n = sorted.length;
    double below = n - Ranks.rank(sorted, sign(ranking) * score, Ties.MIN);
    return n == 1 ? 1 : Math.max(0, below / (n - 1));
  }

  /** Share of the population, from the first on, that ends with this score. */
  double share(double score) {
    return Math.min(1, rank(score) / sorted.length);
  }
}

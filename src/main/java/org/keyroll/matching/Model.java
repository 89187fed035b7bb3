package org.keyroll.matching;

import java.util.List;
import java.util.Map;
import org.keyroll.definition.Similarity.Blocking;

/**
 * What agreement and disagreement are worth: the parameters of a Fellegi–Sunter model.
 *
 * @param prior probability that two records picked at random are the same unit
 * @param records how many records it was estimated from
 * @param blocking the rules that say which pairs are compared
 */
public record Model(double prior, int records, List<Field> fields, List<Blocking> blocking) {

  /**
   * One comparison.
   *
   * @param levels in words, strongest first, the last one for values that differ
   * @param m share of pairs of the same unit at each level
   * @param u share of pairs of different units at each level
   * @param frequencies share of records with a value, where it is above one in {@code records};
   *     empty where rarity does not count
   * @param words share of records with a word, for the words met most often
   */
  public record Field(
      String name,
      List<String> levels,
      List<Double> m,
      List<Double> u,
      Map<String, Double> frequencies,
      boolean rarityCounts,
      Map<String, Double> words) {

    /** What reaching a level adds to the log-odds, in bits. */
    public double weight(int level) {
      return Math.log(m.get(level) / u.get(level)) / Math.log(2);
    }
  }

  /** Log-odds before anything is compared, in bits. */
  public double priorWeight() {
    return bits(prior);
  }

  /** Log-odds of a probability, in bits. */
  public static double bits(double probability) {
    return Math.log(probability / (1 - probability)) / Math.log(2);
  }

  /** The probability that log-odds in bits stand for. */
  public static double probability(double bits) {
    return 1 / (1 + Math.pow(2, -bits));
  }
}

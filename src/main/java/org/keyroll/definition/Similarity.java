package org.keyroll.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the evidence of several fields decides whether two records speak of the same unit.
 *
 * @param fields what is compared, by field name, in the order of the definition
 * @param swaps pairs of fields that senders mix up
 * @param blocking which pairs are compared at all; empty to have them chosen from the data
 * @param distinct sources of which no two rows are the same unit
 * @param never fields of which two different values rule a pair out
 * @param link probability from which a pair is linked
 * @param ask probability from which a person is asked
 */
public record Similarity(
    Map<String, Field> fields,
    List<List<String>> swaps,
    List<Blocking> blocking,
    List<String> distinct,
    List<String> never,
    double link,
    double ask,
    Training training) {

  /**
   * One comparison.
   *
   * @param levels strongest first; what reaches none of them differs
   * @param frequencies whether agreeing on a rare value counts for more
   * @param m share of same units at each level and, last, that differ; null to estimate it
   * @param u the same of different units
   */
  public record Field(
      Kind as,
      List<Level> levels,
      boolean frequencies,
      @Nullable List<Double> m,
      @Nullable List<Double> u) {}

  /** What kind of value a field holds, as far as comparing goes. */
  public enum Kind {
    NAME,
    ORGANISATION,
    TEXT,
    CODE,
    DATE,
    NUMBER,
    CATEGORY,
    LIST
  }

  /** A degree of agreement: what is measured, and the value that it must reach. */
  public record Level(Measure measure, double bound) {}

  /** A key that records must share to be compared; a block beyond the limit is cut up. */
  public record Blocking(String id, List<Key> on, int limit) {}

  /**
   * A part of a blocking key.
   *
   * @param fields any of them gives a value
   * @param length characters, for the functions that take a number; else 0
   */
  public record Key(Function function, List<String> fields, int length) {}

  /** How a value becomes part of a key. */
  public enum Function {
    EXACT,
    PREFIX,
    SUFFIX,
    TOKENS,
    TOKEN,
    NGRAMS,
    SOUND,
    PINYIN,
    CORE,
    YEAR,
    MONTH,
    DAY,
    DELETIONS
  }

  /**
   * How the model is estimated.
   *
   * @param seed of the random pairs
   * @param pairs how many random pairs tell what chance agreement is like
   * @param budget pairs to compare a record, when blocking is chosen from the data
   * @param prior probability that two records picked at random are the same unit; null to estimate
   */
  public record Training(long seed, int pairs, int budget, @Nullable Double prior) {}
}

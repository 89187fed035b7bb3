package org.keyroll.matching;

/**
 * Two records whose evidence is worth keeping.
 *
 * @param a the smaller number
 * @param weight log-odds in bits, the prior included
 */
public record Pair(int a, int b, double weight) {
  public double probability() {
    return Model.probability(weight);
  }
}

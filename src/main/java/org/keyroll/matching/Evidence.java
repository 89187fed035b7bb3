package org.keyroll.matching;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why two records are taken for the same unit or not; all weights are in bits and add up.
 *
 * @param prior log-odds before anything is compared
 */
public record Evidence(double prior, List<Part> parts) {

  /**
   * What one field says.
   *
   * @param a the value of one record as it was compared; null where there is none
   * @param agreement in words
   */
  public record Part(
      String field, @Nullable String a, @Nullable String b, String agreement, double weight) {}

  public double weight() {
    return prior + parts.stream().mapToDouble(Part::weight).sum();
  }

  public double probability() {
    return Model.probability(weight());
  }
}

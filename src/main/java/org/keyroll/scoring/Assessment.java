package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit under a policy on a date, with the reasons.
 *
 * @param score 0 to 1, the sum of all contributions; null when no criterion has any data
 * @param enters rank of the highest tier that the score or a trigger lets the unit enter; the
 *     number of tiers when none
 * @param stays rank of the highest tier that the unit may stay in once it is there
 * @param contributions one a leaf of the tree, in the order of the policy
 * @param triggers ids of the triggers that fired
 * @param recheckOn the next date on which time alone changes a fact
 */
public record Assessment(
    @Nullable Double score,
    int enters,
    int stays,
    List<Contribution> contributions,
    List<String> triggers,
    Map<String, FactValue> facts,
    @Nullable LocalDate recheckOn) {

  /**
   * What one criterion adds to the score.
   *
   * @param path ids from the top, such as {@code foreign/overseas_sites}
   * @param raw the fact as text; empty when missing
   * @param normalised 0 to 1
   * @param weight share in the whole, after the weights of missing criteria were handed on
   * @param contribution {@code weight × normalised}
   */
  public record Contribution(
      String path,
      String title,
      String fact,
      String raw,
      double normalised,
      double weight,
      double contribution) {}
}

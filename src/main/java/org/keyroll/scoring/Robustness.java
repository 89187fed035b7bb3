package org.keyroll.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How firmly units stand when choices of a policy vary.
 *
 * @param units in order
 * @param effects of leaving out each criterion, in the order of the policy
 * @param pairs of criteria whose values go together, the closest first
 * @param shift mean absolute change of rank against the policy as it is, over all draws
 * @param byNormalisation the same over the draws with each normalisation: as given, percentile
 *     rank, z-score; NaN where no draw has it
 * @param byGaps the same by treatment of gaps: as given, left out, mean, median
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Robustness(
    List<Unit> units,
    List<Effect> effects,
    List<Pair> pairs,
    double shift,
    double[] byNormalisation,
    double[] byGaps) {

  /**
   * A unit.
   *
   * @param on whether it is on the list now
   * @param listed whether the policy as it is lists it
   * @param score NaN for none
   * @param rank as the policy is; NaN for none
   * @param probability share of the draws in which it is listed
   * @param scored share of the draws in which it has a score
   * @param low 5th percentile of its ranks; NaN for none
   * @param middle median of its ranks
   * @param high 95th percentile of its ranks
   * @param decides the criterion without which it would be listed or not otherwise, or else that
   *     moves it most when it is left out; null for none
   * @param shift by how many ranks that moves it, down being positive
   */
  public record Unit(
      long unit,
      boolean on,
      boolean listed,
      double score,
      double rank,
      double probability,
      double scored,
      double low,
      double middle,
      double high,
      @Nullable String decides,
      double shift) {

    /** Where it stands, certain being from this share of the draws on. */
    public Band band(double certain) {
      return probability >= certain
          ? Band.CERTAIN_IN
          : probability <= 1 - certain ? Band.CERTAIN_OUT : Band.CONTESTED;
    }
  }

  /** Bands of units. */
  public enum Band {
    CERTAIN_IN,
    CONTESTED,
    CERTAIN_OUT;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What leaving a criterion out does.
   *
   * @param shift mean absolute change of rank
   * @param changed units that are listed with it and not without, or the other way round
   */
  public record Effect(String path, String title, double shift, int changed) {}

  /**
   * Two criteria whose values go together.
   *
   * @param r Pearson's correlation of their values after all steps
   * @param units of which both are known
   */
  public record Pair(String one, String other, double r, int units) {}
}

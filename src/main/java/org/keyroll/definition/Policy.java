package org.keyroll.definition;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scoring rules.
 *
 * @param facts by name, in the order of the definition
 * @param thresholds by tier
 */
public record Policy(
    String id,
    String title,
    String legalBasis,
    Map<String, Fact> facts,
    List<Criterion> criteria,
    List<Trigger> triggers,
    Map<String, Threshold> thresholds) {

  /**
   * A named value of a unit.
   *
   * @param from {@code source.field}, the first that has a value gives it
   * @param count instead: how many records of a source fall into a window
   */
  public record Fact(FactType type, String title, List<String> from, @Nullable Count count) {}

  /** Types of facts. */
  public enum FactType {
    TEXT,
    NUMBER
  }

  /**
   * Counts records.
   *
   * @param on field with the date of the record
   * @param within look-back; a record counts while {@code date + within > as-of}
   * @param where field to accepted canonical values
   */
  public record Count(
      String source, String on, @Nullable Period within, Map<String, List<String>> where) {}

  /**
   * A node of the tree: a fact brought to 0..1, or the weighted mean of further criteria.
   *
   * @param weight share among its siblings, 0 to 1
   */
  public record Criterion(
      String id,
      String title,
      double weight,
      @Nullable String fact,
      Map<String, Double> lookup,
      @Nullable Range range,
      List<Band> bands,
      List<Criterion> criteria,
      Missing missing) {}

  /** Linear between the two, 0 at or below {@code from}, 1 at or above {@code to}. */
  public record Range(double from, double to) {}

  /** {@code score} for values at or above {@code from}, up to the next band. */
  public record Band(double from, double score) {}

  /** What a missing fact does: counts as nothing, or leaves its weight to its siblings. */
  public enum Missing {
    ZERO,
    REWEIGHT
  }

  /** Lists a unit in a tier whatever its score. {@code when} is CEL over the facts. */
  public record Trigger(String id, String title, String when, String tier, String legalBasis) {}

  /** Scores at or above which a unit enters and, once in, stays. */
  public record Threshold(double enter, double leave) {}
}

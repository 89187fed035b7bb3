package org.keyroll.definition;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scoring rules.
 *
 * @param facts by name, in the order of the definition
 * @param population CEL condition: the units that statistics and ranks are taken over; null for all
 * @param root the whole score: the node above the top criteria, its id is {@code score}
 * @param triggers conditions that list a unit whatever its score
 * @param exemptions conditions that keep a unit off the list
 * @param judgements conditions under which a person decides
 * @param thresholds by tier
 */
public record Policy(
    String id,
    String title,
    String legalBasis,
    Map<String, Fact> facts,
    @Nullable String population,
    Criterion root,
    Ranking ranking,
    List<Trigger> triggers,
    List<Exemption> exemptions,
    List<Trigger> judgements,
    Map<String, Threshold> thresholds) {

  /** The criteria at the top of the tree. */
  public List<Criterion> criteria() {
    return root.criteria();
  }

  /**
   * A named value of a unit; exactly one of the nullable ways to come by it is there, or {@code
   * from} is not empty.
   *
   * @param from {@code source.field}, the first that has a value gives it
   * @param missing texts that stand for no value, such as {@code -999}
   */
  public record Fact(
      FactType type,
      String title,
      List<String> from,
      @Nullable Freshness freshness,
      List<String> missing,
      @Nullable Events events,
      @Nullable Listed listed,
      @Nullable Expression expression,
      @Nullable Limits table,
      @Nullable Derived derived,
      @Nullable String constant) {}

  /** Types of facts. */
  public enum FactType {
    TEXT,
    NUMBER
  }

  /**
   * How long a value is good.
   *
   * @param dated field of the record with the date of the value; null: the date of the delivery
   *     that last confirmed it
   * @param longest how long a unit is suspended at most; null: until there is a fresh value
   * @param legalBasis that a suspension rests on; null: that of the policy
   */
  public record Freshness(
      Period within,
      @Nullable String dated,
      Stale stale,
      @Nullable Period longest,
      @Nullable String legalBasis) {}

  /** What a stale value does. */
  public enum Stale {
    /** It counts as missing. */
    MISSING,
    /** It stays, visibly stale. */
    KEPT,
    /** It counts as missing, and a unit on the list is suspended for it. */
    SUSPENDS
  }

  /**
   * What is made of the records of a source in a window.
   *
   * @param field what is summed or taken; null for counts, and for {@code latest} and {@code
   *     earliest} where the days since then are meant
   * @param on field with the date of the record
   * @param within look-back; a record counts while {@code date + within > as-of}
   * @param where field to accepted canonical values
   */
  public record Events(
      Take take,
      String source,
      @Nullable String field,
      String on,
      @Nullable Period within,
      Map<String, List<String>> where,
      @Nullable Decay decay) {}

  /** What is taken of the records. */
  public enum Take {
    COUNT,
    SUM,
    MEAN,
    MAX,
    MIN,
    LATEST,
    EARLIEST
  }

  /** How a record weighs less with age: by half each {@code halfLife}, or linearly to 0. */
  public record Decay(@Nullable Period halfLife) {}

  /** What another programme's list in force says of the unit with the same identifier. */
  public record Listed(String programme, ListedValue take) {}

  /** What is taken from another list. */
  public enum ListedValue {
    LISTED,
    TIER,
    SCORE
  }

  /**
   * CEL over other facts.
   *
   * @param undefined the answer where there is none, as in a division by zero; null: missing
   */
  public record Expression(String cel, @Nullable Double undefined) {}

  /**
   * A table of values by facts; the first row that fits gives the value.
   *
   * @param by text facts
   * @param otherwise where no row fits; null: missing
   */
  public record Limits(List<String> by, List<LimitRow> rows, @Nullable String otherwise) {}

  /** Fits where each of the facts is the text given, or begins with what stands before a star. */
  public record LimitRow(Map<String, String> when, String value) {}

  /** A number fact after some steps: its standing in the population, for use in conditions. */
  public record Derived(String fact, List<Step> steps) {}

  /**
   * A node of the tree: a fact, or an aggregate of further criteria, taken through steps.
   *
   * @param weight within the node above
   * @param fact of a leaf
   * @param missing what the node above does when this one has no value
   */
  public record Criterion(
      String id,
      String title,
      double weight,
      @Nullable String fact,
      List<Criterion> criteria,
      Aggregate aggregate,
      List<Step> steps,
      Missing missing) {}

  /**
   * How a node is made of its criteria.
   *
   * @param exponent of the power mean
   * @param coverage least share of the criteria that must be known, 0 to 1
   * @param byWeight whether coverage is a share of the weights and not of the number
   */
  public record Aggregate(
      Mean mean, double exponent, Weights weights, double coverage, boolean byWeight) {}

  /** Ways to aggregate. */
  public enum Mean {
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    POWER,
    SUM,
    PRODUCT,
    MAX,
    MIN
  }

  /** What weights are given as. */
  public enum Weights {
    SHARES,
    RELATIVE,
    EQUAL
  }

  /** A criterion without a value: fails the node, leaves its weight to the others, or is this. */
  public record Missing(Kind kind, double value) {
    /** Kinds of answers. */
    public enum Kind {
      FAIL,
      REWEIGHT,
      CONSTANT
    }
  }

  /** {@code score} for values at or above {@code from}, up to the next band. */
  public record Band(double from, double score) {}

  /** How units are ranked by score. */
  public record Ranking(boolean ascending, Ties ties) {}

  /** The rank that equals share. */
  public enum Ties {
    MIN,
    MAX,
    MEAN,
    DENSE
  }

  /** Lists a unit in a tier whatever its score. {@code when} is CEL over the facts. */
  public record Trigger(String id, String title, String when, String tier, String legalBasis) {}

  /**
   * Keeps a unit off the list whatever its score.
   *
   * @param absolute whether it also beats triggers
   */
  public record Exemption(
      String id, String title, String when, boolean absolute, String legalBasis) {}

  /**
   * Where a unit enters a tier and, once in, stays.
   *
   * @param by what is compared: a score or percentile from below, a rank or share from above
   * @param judge where a person may list it; null where nobody is asked
   * @param tenure how long a unit that has come in stays at least
   * @param buffer how long it may stay without reaching {@code enter}
   */
  public record Threshold(
      By by,
      double enter,
      double leave,
      @Nullable Double judge,
      @Nullable Period tenure,
      @Nullable Period buffer) {}

  /** Whether what follows for a unit depends on how long it has been in its tier. */
  public boolean hasClocks() {
    return thresholds.values().stream().anyMatch(t -> t.tenure() != null || t.buffer() != null);
  }

  /** What thresholds compare. */
  public enum By {
    SCORE,
    RANK,
    SHARE,
    PERCENTILE;

    /** Whether a low value is the good one: a rank, or a share of the units from the first on. */
    public boolean fromAbove() {
      return this == RANK || this == SHARE;
    }
  }
}

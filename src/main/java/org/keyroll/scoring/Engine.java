package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Condition;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Programme;
import org.keyroll.definition.Source;

/**
 * Applies a policy to many units at once; pure and deterministic: the same units, policy and basis
 * give the same bits in whatever order and on however many threads.
 */
final class Engine {
  private final Facts facts;
  private final Tree tree;
  private final Rules rules;
  private final Policy.Ranking ranking;
  private final @Nullable Condition population;
  private final Map<Integer, List<Stage>> derived;

  private Engine(Engine same, Facts facts) {
    this.facts = facts;
    this.tree = same.tree;
    this.rules = same.rules;
    this.ranking = same.ranking;
    this.population = same.population;
    this.derived = same.derived;
  }

  Engine(Policy policy, Programme programme, Map<String, Source> sources, Basis basis) {
    this.derived = new HashMap<>();
    this.facts = new Facts(policy, sources, basis);
    this.tree = new Tree(Node.root(policy.root(), facts));
    this.rules = new Rules(policy, programme, facts);
    this.ranking = policy.ranking();
    this.population = policy.population() == null ? null : compile(policy.population());
    for (var recipe : facts.late()) {
      var rule = recipe.fact().derived();
      if (rule != null) {
        derived.put(recipe.number(), Node.stages(rule.steps(), "facts/" + recipe.name(), facts));
      }
    }
  }

  private Condition compile(String when) {
    try {
      return Condition.compile(when, facts.typeOf());
    } catch (InvalidCondition e) {
      throw new IllegalStateException("the definitions were checked: population", e);
    }
  }

  /** The same policy on another date. */
  Engine on(LocalDate date) {
    return new Engine(this, facts.on(date));
  }

  Facts facts() {
    return facts;
  }

  Tree tree() {
    return tree;
  }

  Policy.Ranking ranking() {
    return ranking;
  }

  Rules rules() {
    return rules;
  }

  /** Whether a unit's assessment depends on other units. */
  boolean needsPopulation() {
    return tree.root().needsPopulation()
        || rules.needRanks()
        || derived.values().stream()
            .anyMatch(stages -> stages.stream().anyMatch(s -> s.treatment().needsPopulation()));
  }

  Matrix matrix() {
    return new Matrix(facts.types());
  }

  /**
   * Adds a unit with its facts.
   *
   * @return the day, counted from 1970, on which time alone changes a fact; the greatest long for
   *     never
   */
  long add(Matrix matrix, UnitInput unit, Reading reading) {
    return put(matrix, matrix.add(unit.unit()), unit, reading);
  }

  /** Puts the facts of a unit into its row, as {@link #add}. */
  long put(Matrix matrix, int row, UnitInput unit, Reading reading) {
    long changesOn = facts.put(matrix, row, unit, reading);
    matrix.counted().set(row, unit.active() && counts(matrix, row));
    return changesOn;
  }

  /**
   * Adds a unit whose facts are given.
   *
   * @param given fact to a String or a Double; what is made of other facts is worked out
   */
  void add(Matrix matrix, long unit, Map<String, Object> given, boolean inPopulation) {
    int row = matrix.add(unit);
    facts.put(matrix, row, given);
    if (inPopulation && counts(matrix, row)) {
      matrix.counted().set(row);
    }
  }

  private boolean counts(Matrix matrix, int row) {
    if (population == null) {
      return true;
    }
    var known = new HashMap<String, Object>();
    for (var fact : population.facts()) {
      var value = matrix.value(row, facts.number(fact));
      if (value != null) {
        known.put(fact, value);
      }
    }
    return population.holds(known);
  }

  /**
   * The scores of all units, NaN where facts are insufficient; late facts are put into the matrix.
   *
   * @param fit whether statistics are worked out over this matrix, or taken as they are
   */
  double[] scores(Matrix matrix, Statistics statistics, boolean fit, Tree.@Nullable Trace trace) {
    for (var recipe : facts.late()) {
      late(recipe, matrix, statistics, fit);
    }
    var scores = tree.scores(matrix, statistics, fit, trace);
    if (fit && rules.needRanks()) {
      var counted =
          matrix.counted().stream()
              .mapToDouble(i -> scores[i])
              .filter(s -> !Double.isNaN(s))
              .toArray();
      statistics.put(Rules.SCORES, "", Standings.of(ranking, counted).sorted());
    }
    return scores;
  }

  private void late(Recipe recipe, Matrix matrix, Statistics statistics, boolean fit) {
    var stages = derived.get(recipe.number());
    if (stages == null) {
      for (int row = 0; row < matrix.size(); row++) {
        matrix.putValue(row, recipe.number(), facts.other(recipe, matrix, row));
      }
      return;
    }
    var rule = java.util.Objects.requireNonNull(recipe.fact().derived());
    var column = java.util.Arrays.copyOf(matrix.numbers(facts.number(rule.fact())), matrix.size());
    for (var stage : stages) {
      stage.run(column, matrix, statistics, fit);
    }
    System.arraycopy(column, 0, matrix.numbers(recipe.number()), 0, column.length);
  }

  /** What follows for the unit of a row. */
  Rules.Verdict judge(Matrix matrix, int row, double score, Statistics statistics) {
    return rules.judge(matrix, row, score, standings(statistics));
  }

  /** What would follow for it, had the unit's own score been another. */
  Rules.Verdict judge(Matrix matrix, int row, double score, Standings standings) {
    return rules.judge(matrix, row, score, standings);
  }

  Standings standings(Statistics statistics) {
    var sorted = statistics.of(Rules.SCORES, "");
    return new Standings(ranking, sorted == null ? Treatment.NONE : sorted);
  }

  private static @Nullable LocalDate recheckOn(Map<String, FactValue> values) {
    return values.values().stream()
        .map(FactValue::changesOn)
        .filter(java.util.Objects::nonNull)
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  /** Units with all their reasons, against statistics that are known. */
  List<Assessment> explain(List<UnitInput> units, Statistics statistics) {
    var matrix = matrix();
    matrix.reserve(units.size());
    var reading = new Reading(false);
    for (var unit : units) {
      add(matrix, unit, reading);
    }
    var trace = tree.trace();
    var scores = scores(matrix, statistics, false, trace);
    var standings = standings(statistics);
    var assessments = new ArrayList<Assessment>();
    for (int row = 0; row < units.size(); row++) {
      var values = facts.explain(matrix, row, units.get(row));
      var verdict = judge(matrix, row, scores[row], statistics);
      boolean none = Double.isNaN(scores[row]);
      assessments.add(
          new Assessment(
              none ? null : (Double) scores[row],
              none || standings.isEmpty() ? null : (Double) standings.rank(scores[row]),
              verdict.enters(),
              verdict.stays(),
              verdict.judged(),
              Decomposition.of(tree, trace, row, scores[row], values),
              verdict.triggers(),
              verdict.exemptions(),
              verdict.judgements(),
              values,
              recheckOn(values)));
    }
    return assessments;
  }
}

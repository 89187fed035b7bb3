package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Cases;
import org.keyroll.definition.Cases.Case;
import org.keyroll.definition.Cases.Wanted;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.keyroll.definition.Definitions;

/** Holds a policy to its golden cases. */
public final class GoldenCases {
  private static final String NONE = "none";

  private final Definitions definitions;
  private final Cases cases;
  private final Engine engine;
  private final Matrix matrix;
  private final Statistics statistics = new Statistics();
  private final Tree.Trace trace;
  private final Map<String, Integer> nodes = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private GoldenCases(Definitions definitions) {
    this.definitions = definitions;
    this.cases = definitions.cases();
    this.engine =
        new Engine(
            definitions.policy(),
            definitions.programme(),
            definitions.sources(),
            new Basis(LocalDate.EPOCH, Set.of(), Map.of()));
    this.matrix = engine.matrix();
    this.trace = engine.tree().trace();
    collect(engine.tree().root());
  }

  private void collect(Node node) {
    nodes.put(node.path(), node.number());
    node.children().forEach(this::collect);
  }

  /** What is not as the cases say, each with its line; empty where all is. */
  public static List<Fault> failing(Definitions definitions) {
    return definitions.cases().cases().isEmpty()
        ? List.of()
        : new GoldenCases(definitions).failing();
  }

  private List<Fault> failing() {
    if (engine.needsPopulation() && cases.population().isEmpty()) {
      return List.of(
          new Fault(
              String.valueOf(cases.file()),
              1,
              "the policy compares units with each other; give the facts of some under \"population\""));
    }
    cases.population().forEach(facts -> engine.add(matrix, 0, facts, true));
    cases.cases().forEach(one -> engine.add(matrix, 0, one.facts(), false));
    var scores = engine.scores(matrix, statistics, true, trace);
    int row = cases.population().size();
    for (var one : cases.cases()) {
      hold(one, row, scores[row]);
      row++;
    }
    return faults;
  }

  private void hold(Case one, int row, double score) {
    number(one, "the score", one.score(), score);
    one.criteria()
        .forEach(
            (path, wanted) ->
                number(one, path, wanted, trace.after()[nodes.getOrDefault(path, 0)][row]));
    var verdict = engine.judge(matrix, row, score, statistics);
    var tiers = definitions.programme().tiers();
    int now = definitions.programme().rankOf(one.now());
    int tier = Assessment.tier(verdict.enters(), verdict.stays(), now, tiers.size());
    var found = tier == tiers.size() ? NONE : tiers.get(tier).id();
    if (one.tier() != null && !one.tier().equals(found)) {
      faults.add(cases.fault(one, "the tier is %s, not %s".formatted(found, one.tier())));
    }
    rules(one, "triggers", one.triggers(), verdict.triggers());
    rules(one, "exemptions", one.exemptions(), verdict.exemptions());
    rules(one, "judgements", one.judgements(), verdict.judgements());
  }

  private void number(Case one, String what, @Nullable Wanted wanted, double found) {
    if (wanted != null && !wanted.is(found)) {
      faults.add(
          cases.fault(
              one,
              "%s is %s, not %s"
                  .formatted(what, Double.isNaN(found) ? NONE : Double.toString(found), wanted)));
    }
  }

  private void rules(Case one, String what, @Nullable List<String> wanted, List<String> found) {
    if (wanted != null && !Set.copyOf(wanted).equals(Set.copyOf(found))) {
      faults.add(
          cases.fault(one, "the %s are %s, not %s".formatted(what, named(found), named(wanted))));
    }
  }

  private static String named(List<String> ids) {
    return ids.isEmpty() ? NONE : String.join(", ", ids);
  }
}

package org.keyroll.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.keyroll.definition.Policy.Criterion;
import org.keyroll.definition.Policy.FactType;

/**
 * Remarks on a policy that is in order but may not do what is meant: rules that never or always
 * hold, tiers that nobody reaches, weights that never matter, gaps, facts that nothing uses. Only
 * what follows from the definitions alone is said.
 */
final class PolicyLint {
  /** Combinations of values that are tried for the rules of a policy. */
  private static final int MOST = 200_000;

  private final Check check;
  private final Value root;
  private final Policy policy;
  private final Spans spans;
  private final Map<String, FactType> types = new LinkedHashMap<>();
  private final Map<String, List<String>> texts = new HashMap<>();
  private final List<Fault> remarks = new ArrayList<>();

  PolicyLint(Check check, Value root, Policy policy) {
    this.check = check;
    this.root = root;
    this.policy = policy;
    this.spans = new Spans(policy, check.sources());
    policy
        .facts()
        .forEach(
            (name, fact) -> {
              types.put(name, fact.type());
              var values = fact.type() == FactType.TEXT ? check.valuesOf(name) : null;
              if (values != null) {
                texts.put(name, List.copyOf(values.keySet()));
              }
            });
  }

  /** The remarks, in no order. */
  List<Fault> remarks() {
    unused();
    suspending();
    tables();
    criteria(root, policy.root());
    tiers();
    for (var rules : List.of("triggers", "exemptions", "judgements")) {
      root.items(rules).forEach(rule -> rule(rule, rules));
    }
    shadowed();
    return remarks;
  }

  private void remark(Value where, String message) {
    remarks.add(where.fault(message));
  }

  /** Facts that no criterion, rule, department, publication or other fact asks for. */
  private void unused() {
    var used = new LinkedHashSet<String>();
    collect(policy.root(), used);
    policy
        .facts()
        .values()
        .forEach(
            fact -> {
              if (fact.table() != null) {
                used.addAll(fact.table().by());
              }
              if (fact.derived() != null) {
                used.add(fact.derived().fact());
                fact.derived().steps().forEach(step -> groups(step, used));
              }
            });
    var conditions = new ArrayList<Value>();
    if (root.has("population")) {
      conditions.add(root.get("population"));
    }
    for (var rules : List.of("triggers", "exemptions", "judgements")) {
      root.items(rules).forEach(rule -> conditions.add(rule.get("when")));
    }
    var departments = check.file("departments.yml");
    if (departments != null) {
      for (var rule : departments.items("assignment")) {
        if (rule.has("when")) {
          conditions.add(rule.get("when"));
        }
        if (rule.has("by")) {
          used.add(rule.text("by"));
        }
      }
    }
    conditions.forEach(when -> used.addAll(mentioned(when.text())));
    policy
        .facts()
        .values()
        .forEach(
            fact -> {
              if (fact.expression() != null) {
                used.addAll(mentioned(fact.expression(), fact.type()));
              }
            });
    var publication = check.file("publication.yml");
    if (publication != null) {
      for (var column : publication.get("list").items("columns")) {
        if (column.has("fact")) {
          used.add(column.text("fact"));
        }
      }
    }
    root.map("facts", Function.identity())
        .forEach(
            (name, fact) -> {
              if (!used.contains(name)) {
                remark(fact, "nothing uses the fact \"" + name + "\"");
              }
            });
  }

  /** A feed that goes silent suspends all that it speaks of, unless the envelope has a limit. */
  private void suspending() {
    var programme = check.file("programme.yml");
    if (programme == null || !programme.has("approval")) {
      return; // without it every revision is held
    }
    var envelope = programme.get("approval").get("envelope");
    var suspending =
        root.map("facts", Function.identity()).values().stream()
            .filter(fact -> fact.has("freshness") && fact.get("freshness").has("stale"))
            .map(fact -> fact.get("freshness").get("stale"))
            .filter(stale -> stale.text().equals("suspends"))
            .toList();
    if (envelope.has("suspended") && suspending.isEmpty()) {
      remark(envelope.get("suspended"), "no fact suspends; this limit never holds a revision");
    }
    if (!envelope.has("suspended")) {
      suspending.forEach(
          stale ->
              remark(
                  stale,
                  "a silent feed may suspend the whole list: approval.envelope of programme.yml has"
                      + " no \"suspended\""));
    }
  }

  private static void collect(Criterion criterion, Set<String> used) {
    if (criterion.fact() != null) {
      used.add(criterion.fact());
    }
    criterion.steps().forEach(step -> groups(step, used));
    criterion.criteria().forEach(child -> collect(child, used));
  }

  private static void groups(Step step, Set<String> used) {
    if (step.within() != null) {
      used.add(step.within());
    }
    if (step instanceof Step.Normalise normalise
        && normalise.reference() != null
        && normalise.reference().fact() != null) {
      used.add(normalise.reference().fact());
    }
  }

  private Set<String> mentioned(String when) {
    try {
      return Condition.compile(when, types).facts();
    } catch (InvalidCondition e) {
      return Set.of();
    }
  }

  private Set<String> mentioned(Policy.Expression expression, FactType type) {
    try {
      return Formula.compile(expression, type, types).facts();
    } catch (InvalidCondition e) {
      return Set.of();
    }
  }

  /** Rows of tables that an earlier row takes everything from. */
  private void tables() {
    root.map("facts", Function.identity())
        .forEach(
            (name, fact) -> {
              if (!fact.has("table")) {
                return;
              }
              var rows = fact.get("table").items("rows");
              var read = Objects.requireNonNull(policy.facts().get(name)).table();
              for (int i = 0; read != null && i < rows.size(); i++) {
                for (int before = 0; before < i; before++) {
                  if (covers(read.rows().get(before).when(), read.rows().get(i).when())) {
                    remark(
                        rows.get(i),
                        "this row is never reached: row %d of the table fits wherever it does"
                            .formatted(before + 1));
                    break;
                  }
                }
              }
            });
  }

  private static boolean covers(Map<String, String> wide, Map<String, String> narrow) {
    return wide.entrySet().stream()
        .allMatch(
            e -> {
              var other = narrow.get(e.getKey());
              var star = e.getValue().endsWith("*");
              var head = star ? e.getValue().substring(0, e.getValue().length() - 1) : "";
              return other != null
                  && (other.equals(e.getValue()) || star && other.startsWith(head));
            });
  }

  private void criteria(Value parent, Criterion criterion) {
    var items = parent.items("criteria");
    for (int i = 0; i < items.size(); i++) {
      var child = criterion.criteria().get(i);
      var item = items.get(i);
      var span = spans.criterion(child, texts);
      var name = "the criterion \"" + child.id() + "\" ";
      if (span.isEmpty()) {
        remark(item, name + "never has a value");
      } else if (span.isPoint() && child.weight() > 0) {
        remark(
            item, name + "is " + span.low() + " wherever it has a value; its weight never matters");
      }
      gap(item, child, name);
      criteria(item, child);
    }
  }

  /** Values of a fact that lie below the first band. */
  private void gap(Value item, Criterion criterion, String name) {
    var steps = criterion.steps();
    if (criterion.fact() == null
        || steps.isEmpty()
        || !(steps.get(0) instanceof Step.Bands bands)) {
      return;
    }
    var fact = spans.fact(criterion.fact());
    double first = bands.bands().get(0).from();
    var where = item.has("bands") ? item.get("bands") : item.get("steps");
    if (fact.low() < first && Double.isFinite(fact.low())) {
      remark(
          where,
          "%shas no score for values of %s from %s up to %s, its first band"
              .formatted(name, criterion.fact(), fact.low(), first));
    }
    for (int i = 1; i < bands.bands().size(); i++) {
      var band = bands.bands().get(i);
      if (band.score() == bands.bands().get(i - 1).score()) {
        remark(where, name + "has the same score below and above " + band.from());
      }
      if (band.from() > fact.high()) {
        remark(
            where,
            "%snever reaches the band from %s: %s is %s at the most"
                .formatted(name, band.from(), criterion.fact(), fact.high()));
      }
    }
  }

  private void tiers() {
    var score = spans.criterion(policy.root(), texts);
    root.map("thresholds", Function.identity())
        .forEach(
            (tier, threshold) -> {
              var read = Objects.requireNonNull(policy.thresholds().get(tier));
              if (read.by() != Policy.By.SCORE) {
                return;
              }
              boolean ruled =
                  policy.triggers().stream().anyMatch(t -> t.tier().equals(tier))
                      || policy.judgements().stream().anyMatch(t -> t.tier().equals(tier));
              if (!ruled && score.high() < read.enter()) {
                remark(
                    threshold.get("enter"),
                    "no unit reaches the tier \"%s\": the score is %s at the most"
                        .formatted(tier, score.high()));
              }
              if (score.low() >= read.leave()) {
                remark(
                    threshold.get("leave"),
                    "no unit leaves the tier \"%s\" by its score, which is %s at the least"
                        .formatted(tier, score.low()));
              }
            });
  }

  private void rule(Value rule, String rules) {
    var name = "the " + rules.substring(0, rules.length() - 1) + " \"" + rule.text("id") + "\" ";
    var answers = new boolean[2];
    boolean tried =
        each(List.of(rule.get("when").text()), holds -> answers[holds[0] ? 1 : 0] = true);
    if (tried && !answers[1]) {
      remark(rule.get("when"), name + "never holds");
    } else if (tried && !answers[0]) {
      remark(rule.get("when"), name + "holds wherever its facts have values");
    }
  }

  /** A trigger decides nothing where another one always lists the unit as high or higher. */
  private void shadowed() {
    var tiers = check.ids("programme.yml", "tiers");
    var triggers = policy.triggers();
    for (int i = 0; tiers != null && i < triggers.size(); i++) {
      for (int other = 0; other < triggers.size(); other++) {
        int mine = tiers.indexOf(triggers.get(i).tier());
        int theirs = tiers.indexOf(triggers.get(other).tier());
        if (other == i || theirs > mine || theirs == mine && other > i) {
          continue;
        }
        var mineFacts = mentioned(triggers.get(i).when());
        var alone = new boolean[2];
        // Where a fact of the other one is missing, it does not hold and this one may.
        boolean tried =
            mineFacts.containsAll(mentioned(triggers.get(other).when()))
                && each(
                    List.of(triggers.get(i).when(), triggers.get(other).when()),
                    holds -> {
                      alone[0] |= holds[0] && !holds[1];
                      alone[1] |= holds[0];
                    });
        if (tried && alone[1] && !alone[0]) {
          remark(
              root.items("triggers").get(i),
              "the trigger \"%s\" decides nothing: wherever it holds, \"%s\" does"
                  .formatted(triggers.get(i).id(), triggers.get(other).id()));
          break;
        }
      }
    }
  }

  /**
   * Tries conditions on all combinations of values that make a difference.
   *
   * @return false where there are too many, or where a condition does more than compare facts with
   *     fixed values
   */
  private boolean each(List<String> conditions, Consumer<boolean[]> answers) {
    var compiled = new ArrayList<Condition>();
    var landmarks = new Landmarks();
    var facts = new LinkedHashSet<String>();
    try {
      for (var text : conditions) {
        var condition = Condition.compile(text, types);
        compiled.add(condition);
        facts.addAll(condition.facts());
        landmarks.add(Condition.tree(text, types));
      }
    } catch (InvalidCondition e) {
      return false;
    }
    if (!landmarks.decidable()) {
      return false;
    }
    var names = List.copyOf(new java.util.TreeSet<>(facts));
    var values = new ArrayList<List<Object>>();
    long combinations = 1;
    for (var name : names) {
      boolean number = Objects.requireNonNull(policy.facts().get(name)).type() == FactType.NUMBER;
      var known = texts.get(name);
      var tried =
          landmarks.of(
              name,
              number,
              number ? spans.fact(name) : Span.ANY,
              known == null ? null : Set.copyOf(known));
      values.add(tried);
      combinations *= tried.size();
      if (combinations > MOST) {
        return false;
      }
    }
    for (long n = 0; n < combinations; n++) {
      var row = new HashMap<String, Object>();
      long rest = n;
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i).get((int) (rest % values.get(i).size())));
        rest /= values.get(i).size();
      }
      var holds = new boolean[compiled.size()];
      for (int i = 0; i < holds.length; i++) {
        holds[i] = compiled.get(i).holds(row);
      }
      answers.accept(holds);
    }
    return combinations > 0;
  }
}

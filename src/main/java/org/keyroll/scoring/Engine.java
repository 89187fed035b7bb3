package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keyroll.definition.Condition;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.Criterion;
import org.keyroll.definition.Policy.Missing;
import org.keyroll.definition.Programme;
import org.keyroll.scoring.Assessment.Contribution;

/**
 * Applies a policy to one unit after another; pure and deterministic. The score is the weighted
 * arithmetic mean of the OECD/JRC Handbook on Constructing Composite Indicators (2008), step 7, and
 * by definition the sum of the contributions in the order of the policy.
 */
final class Engine {
  private final Policy policy;
  private final Programme programme;
  private final Facts facts;
  private final Map<String, Condition> conditions = new LinkedHashMap<>();
  private final List<Node> nodes;

  Engine(Policy policy, Programme programme, LocalDate asOf, Set<String> delivered) {
    this.policy = policy;
    this.programme = programme;
    this.facts = new Facts(policy, asOf, delivered);
    this.nodes = nodes(policy.criteria(), "");
    var types = new HashMap<String, Policy.FactType>();
    policy.facts().forEach((name, fact) -> types.put(name, fact.type()));
    for (var trigger : policy.triggers()) {
      try {
        conditions.put(trigger.id(), Condition.compile(trigger.when(), types));
      } catch (InvalidCondition e) {
        throw new IllegalStateException("the definitions were checked: " + trigger.id(), e);
      }
    }
  }

  /** A criterion with its ids from the top. */
  private record Node(Criterion criterion, String path, List<Node> children) {}

  private static List<Node> nodes(List<Criterion> criteria, String above) {
    return criteria.stream()
        .map(c -> new Node(c, above + c.id(), nodes(c.criteria(), above + c.id() + "/")))
        .toList();
  }

  Assessment assess(List<UnitRecord> records) {
    var values = facts.of(records);
    var contributions = new ArrayList<Contribution>();
    boolean known = add(nodes, 1, values, contributions);
    Double score = null;
    if (known) {
      double sum = 0;
      for (var contribution : contributions) {
        sum += contribution.contribution();
      }
      score = sum;
    }
    var triggers = fired(values);
    int none = programme.tiers().size();
    int enters = none;
    int stays = none;
    for (int rank = none - 1; rank >= 0 && score != null; rank--) {
      var threshold = policy.thresholds().get(programme.tiers().get(rank).id());
      if (threshold != null && score >= threshold.enter()) {
        enters = rank;
      }
      if (threshold != null && score >= threshold.leave()) {
        stays = rank;
      }
    }
    LocalDate recheckOn = null;
    for (var value : values.values()) {
      recheckOn = Facts.earlier(recheckOn, value.changesOn());
    }
    for (var trigger : policy.triggers()) {
      if (triggers.contains(trigger.id())) {
        enters = Math.min(enters, programme.rankOf(trigger.tier()));
        stays = Math.min(stays, programme.rankOf(trigger.tier()));
      }
    }
    return new Assessment(score, enters, stays, contributions, triggers, values, recheckOn);
  }

  private List<String> fired(Map<String, FactValue> values) {
    if (conditions.isEmpty()) {
      return List.of();
    }
    var fired = new ArrayList<String>(0);
    Map<String, Object> known = null;
    for (var entry : conditions.entrySet()) {
      var condition = entry.getValue();
      if (!condition.facts().stream().allMatch(f -> has(values, f))) {
        continue;
      }
      if (known == null) {
        known = known(values);
      }
      if (condition.holds(known)) {
        fired.add(entry.getKey());
      }
    }
    return fired;
  }

  private static boolean has(Map<String, FactValue> values, String fact) {
    var value = values.get(fact);
    return value != null && value.value() != null;
  }

  private static Map<String, Object> known(Map<String, FactValue> values) {
    var known = new HashMap<String, Object>();
    values.forEach(
        (name, value) -> {
          if (value.value() != null) {
            known.put(name, value.value());
          }
        });
    return known;
  }

  /**
   * Adds the contributions of siblings that share {@code weight}.
   *
   * @return whether any of them has data
   */
  private boolean add(
      List<Node> siblings,
      double weight,
      Map<String, FactValue> values,
      List<Contribution> contributions) {
    double present = 0;
    boolean any = false;
    for (var node : siblings) {
      boolean known = isKnown(node.criterion(), values);
      any |= known;
      if (known || node.criterion().missing() == Missing.ZERO) {
        present += node.criterion().weight();
      }
    }
    for (var node : siblings) {
      var criterion = node.criterion();
      boolean known = isKnown(criterion, values);
      double share =
          known || criterion.missing() == Missing.ZERO
              ? weight * (criterion.weight() / present)
              : 0;
      if (!node.children().isEmpty()) {
        add(node.children(), known ? share : 0, values, contributions);
        continue;
      }
      var fact = java.util.Objects.requireNonNull(criterion.fact());
      var value = values.getOrDefault(fact, FactValue.MISSING);
      double normalised = value.value() == null ? 0 : normalise(criterion, value.value());
      contributions.add(
          new Contribution(
              node.path(),
              criterion.title(),
              fact,
              value.text(),
              normalised,
              share,
              share * normalised));
    }
    return any;
  }

  private static boolean isKnown(Criterion criterion, Map<String, FactValue> values) {
    if (!criterion.criteria().isEmpty()) {
      for (var child : criterion.criteria()) {
        if (isKnown(child, values)) {
          return true;
        }
      }
      return false;
    }
    return has(values, java.util.Objects.requireNonNull(criterion.fact()));
  }

  private static double normalise(Criterion criterion, Object value) {
    if (value instanceof String text) {
      // The check of the definitions has seen that every choice has a value.
      return criterion.lookup().getOrDefault(text, 0.0);
    }
    double number = (Double) value;
    var range = criterion.range();
    if (range != null) {
      return Math.min(1, Math.max(0, (number - range.from()) / (range.to() - range.from())));
    }
    double score = 0;
    for (var band : criterion.bands()) {
      if (number >= band.from()) {
        score = band.score();
      }
    }
    return score;
  }
}

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

  Engine(Policy policy, Programme programme, LocalDate asOf, Set<String> delivered) {
    this.policy = policy;
    this.programme = programme;
    this.facts = new Facts(policy, asOf, delivered);
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

  Assessment assess(List<UnitRecord> records) {
    var values = facts.of(records);
    var contributions = new ArrayList<Contribution>();
    boolean known = add(policy.criteria(), 1, "", values, contributions);
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
    var known = new HashMap<String, Object>();
    values.forEach(
        (name, value) -> {
          if (value.value() != null) {
            known.put(name, value.value());
          }
        });
    var fired = new ArrayList<String>(0);
    conditions.forEach(
        (id, condition) -> {
          if (condition.holds(known)) {
            fired.add(id);
          }
        });
    return fired;
  }

  /**
   * Adds the contributions of siblings that share {@code weight}.
   *
   * @return whether any of them has data
   */
  private boolean add(
      List<Criterion> siblings,
      double weight,
      String above,
      Map<String, FactValue> values,
      List<Contribution> contributions) {
    double present = 0;
    boolean any = false;
    for (var criterion : siblings) {
      boolean known = isKnown(criterion, values);
      any |= known;
      if (known || criterion.missing() == Missing.ZERO) {
        present += criterion.weight();
      }
    }
    for (var criterion : siblings) {
      boolean known = isKnown(criterion, values);
      double share =
          known || criterion.missing() == Missing.ZERO
              ? weight * (criterion.weight() / present)
              : 0;
      var path = above + criterion.id();
      if (!criterion.criteria().isEmpty()) {
        add(criterion.criteria(), known ? share : 0, path + "/", values, contributions);
        continue;
      }
      var fact = java.util.Objects.requireNonNull(criterion.fact());
      var value = values.getOrDefault(fact, FactValue.MISSING);
      double normalised = value.value() == null ? 0 : normalise(criterion, value.value());
      contributions.add(
          new Contribution(
              path, criterion.title(), fact, value.text(), normalised, share, share * normalised));
    }
    return any;
  }

  private static boolean isKnown(Criterion criterion, Map<String, FactValue> values) {
    if (!criterion.criteria().isEmpty()) {
      return criterion.criteria().stream().anyMatch(c -> isKnown(c, values));
    }
    var value = values.get(criterion.fact());
    return value != null && value.value() != null;
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

package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keyroll.definition.Condition;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.By;
import org.keyroll.definition.Programme;

/** Thresholds, triggers, exemptions and judgements: what follows from score and facts. */
final class Rules {
  /** Names the sorted scores among the statistics. */
  static final String SCORES = "scores";

  private final Policy policy;
  private final Programme programme;
  private final Facts facts;
  private final int none;
  private final List<Policy.Threshold> thresholds = new ArrayList<>();
  private final Map<String, Condition> triggers = new LinkedHashMap<>();
  private final Map<String, Condition> exemptions = new LinkedHashMap<>();
  private final Map<String, Condition> judgements = new LinkedHashMap<>();
  private final Set<String> mentioned = new HashSet<>();

  /** What follows for a unit; tiers by rank. */
  record Verdict(
      int enters,
      int stays,
      int judged,
      List<String> triggers,
      List<String> exemptions,
      List<String> judgements) {}

  Rules(Policy policy, Programme programme, Facts facts) {
    this.policy = policy;
    this.programme = programme;
    this.facts = facts;
    this.none = programme.tiers().size();
    programme
        .tiers()
        .forEach(t -> thresholds.add(policy.thresholds().getOrDefault(t.id(), UNREACHABLE)));
    policy.triggers().forEach(t -> triggers.put(t.id(), compile(t.id(), t.when())));
    policy.exemptions().forEach(e -> exemptions.put(e.id(), compile(e.id(), e.when())));
    policy.judgements().forEach(j -> judgements.put(j.id(), compile(j.id(), j.when())));
  }

  private static final Policy.Threshold UNREACHABLE =
      new Policy.Threshold(
          By.SCORE, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, null, null, null);

  private Condition compile(String id, String when) {
    try {
      var condition = Condition.compile(when, facts.typeOf());
      mentioned.addAll(condition.facts());
      return condition;
    } catch (InvalidCondition e) {
      throw new IllegalStateException("the definitions were checked: " + id, e);
    }
  }

  /** Whether thresholds compare units with each other. */
  boolean needRanks() {
    return thresholds.stream().anyMatch(t -> t.by() != By.SCORE);
  }

  /**
   * @param score NaN for none
   * @param standings empty where ranks are not needed
   */
  Verdict judge(Matrix matrix, int row, double score, Standings standings) {
    int enters = none;
    int stays = none;
    int judged = none;
    for (int tier = none - 1; tier >= 0 && !Double.isNaN(score); tier--) {
      var threshold = thresholds.get(tier);
      enters = reaches(threshold, threshold.enter(), score, standings) ? tier : enters;
      stays = reaches(threshold, threshold.leave(), score, standings) ? tier : stays;
      var judge = threshold.judge();
      judged = judge != null && reaches(threshold, judge, score, standings) ? tier : judged;
    }
    if (mentioned.isEmpty()) {
      return verdict(enters, stays, judged, List.of(), List.of(), List.of());
    }
    var known = new HashMap<String, Object>();
    for (var fact : mentioned) {
      var value = matrix.value(row, facts.number(fact));
      if (value != null) {
        known.put(fact, value);
      }
    }
    return verdict(
        enters,
        stays,
        judged,
        holding(triggers, known),
        holding(exemptions, known),
        holding(judgements, known));
  }

  /** Whether a score, or the rank that it has, is at or beyond a line. */
  static boolean reaches(
      Policy.Threshold threshold, double line, double score, Standings standings) {
    double sign = threshold.by().fromAbove() ? -1 : 1;
    double value =
        switch (threshold.by()) {
          case SCORE -> score;
          case RANK -> standings.isEmpty() ? Double.NaN : standings.rank(score);
          case SHARE -> standings.isEmpty() ? Double.NaN : standings.share(score);
          case PERCENTILE -> standings.isEmpty() ? Double.NaN : standings.percentile(score);
        };
    return Ranks.reaches(sign * value, sign * line);
  }

  /** The number of tiers. */
  int tiers() {
    return none;
  }

  /** The thresholds of the tiers, the highest first. */
  List<Policy.Threshold> thresholds() {
    return thresholds;
  }

  private static List<String> holding(
      Map<String, Condition> conditions, Map<String, Object> known) {
    List<String> holding = List.of();
    for (var condition : conditions.entrySet()) {
      if (condition.getValue().holds(known)) {
        holding = holding.isEmpty() ? new ArrayList<>() : holding;
        holding.add(condition.getKey());
      }
    }
    return holding;
  }

  /** An absolute exemption beats triggers, triggers beat exemptions, exemptions beat scores. */
  private Verdict verdict(
      int enters,
      int stays,
      int judged,
      List<String> fired,
      List<String> exempt,
      List<String> inQuestion) {
    boolean never =
        policy.exemptions().stream().anyMatch(e -> e.absolute() && exempt.contains(e.id()));
    if (!exempt.isEmpty()) {
      enters = none;
      stays = none;
      judged = none;
    }
    for (var trigger : policy.triggers()) {
      if (!never && fired.contains(trigger.id())) {
        enters = Math.min(enters, programme.rankOf(trigger.tier()));
        stays = Math.min(stays, programme.rankOf(trigger.tier()));
      }
    }
    for (var judgement : policy.judgements()) {
      if (exempt.isEmpty() && inQuestion.contains(judgement.id())) {
        judged = Math.min(judged, programme.rankOf(judgement.tier()));
      }
    }
    return new Verdict(enters, stays, Math.min(judged, enters), fired, exempt, inQuestion);
  }
}

package org.keyroll.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.Aggregate;
import org.keyroll.definition.Policy.By;
import org.keyroll.definition.Policy.Mean;
import org.keyroll.definition.Policy.Weights;

/** Checks criteria, rules and thresholds; facts and steps have checks of their own. */
record PolicyCheck(Check check, Value policy) {
  /** Facts made of the records of a source. */
  static final List<String> TAKES =
      List.of("count", "sum", "mean", "max", "min", "latest", "earliest");

  private static final double EXACT = 1e-9;
  private static final List<String> OF_NODES =
      List.of("aggregate", "exponent", "weights", "coverage");
  private static final Set<Mean> WEIGHTLESS = Set.of(Mean.SUM, Mean.PRODUCT, Mean.MAX, Mean.MIN);

  void run() {
    check.legalBasis(policy);
    new FactCheck(check, policy).run();
    if (policy.has("population")) {
      new FactCheck(check, policy).population(policy.get("population"));
    }
    var all = new ArrayList<Value>();
    collect(policy, all);
    check.unique(all, "id");
    all.stream()
        .filter(c -> c.text("id").equals("score"))
        .forEach(
            c -> check.fault(c.get("id"), "\"score\" is the name of the whole; choose another id"));
    if (policy.has("score")) {
      node(policy.get("score"), policy);
      new StepCheck(check, policy).run(policy.get("score"), null);
    } else {
      node(policy, policy);
    }
    all.forEach(this::criterion);
    for (var rules : List.of("triggers", "exemptions", "judgements")) {
      check.unique(policy.items(rules), "id");
      policy.items(rules).forEach(this::rule);
    }
    thresholds();
  }

  static @Nullable Double numberOrNull(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void collect(Value parent, List<Value> all) {
    for (var child : parent.items("criteria")) {
      all.add(child);
      collect(child, all);
    }
  }

  private void criterion(Value criterion) {
    var name = "the criterion \"" + criterion.text("id") + "\" ";
    if (criterion.has("fact") == criterion.has("criteria")) {
      check.fault(criterion, name + "needs exactly one of the keys fact, criteria");
      return;
    }
    missing(criterion);
    if (criterion.has("fact")) {
      for (var key : OF_NODES) {
        if (criterion.has(key)) {
          check.fault(criterion.get(key), "\"" + key + "\" goes with further criteria only");
        }
      }
      check.fact(criterion.get("fact"));
      new StepCheck(check, policy).run(criterion, criterion.text("fact"));
      return;
    }
    var scales = StepCheck.FIRST.stream().filter(criterion::has).toList();
    if (!scales.isEmpty()) {
      check.fault(
          criterion,
          name
              + "has further criteria, so it takes no "
              + String.join(", ", scales)
              + " but steps");
      return;
    }
    node(criterion, criterion);
    new StepCheck(check, policy).run(criterion, null);
  }

  private void missing(Value criterion) {
    if (criterion.has("missing")) {
      var missing = criterion.get("missing");
      if (missing.json().isString()
          && !Set.of("fail", "reweight", "zero").contains(missing.text())) {
        check.fault(missing, "\"missing\" must be fail, reweight, zero or a number");
      }
    }
  }

  /**
   * Checks how siblings are aggregated.
   *
   * @param node says how
   * @param parent holds the criteria
   */
  private void node(Value node, Value parent) {
    var children = parent.items("criteria");
    Aggregate aggregate = Records.aggregate(node);
    if ((aggregate.mean() == Mean.POWER) != node.has("exponent")) {
      check.fault(
          node.get("aggregate"), "\"exponent\" goes with \"aggregate: power\", and only with it");
    } else if (node.has("exponent") && node.number("exponent") == 0) {
      check.fault(node.get("exponent"), "the power mean of exponent 0 is \"geometric\"");
    }
    boolean weightless = WEIGHTLESS.contains(aggregate.mean());
    if (weightless && node.has("weights") && aggregate.weights() != Weights.RELATIVE) {
      check.fault(
          node.get("weights"),
          "\"weights\" does not go with \""
              + node.text("aggregate")
              + "\": a weight is "
              + switch (aggregate.mean()) {
                case SUM -> "a factor there";
                case PRODUCT -> "an exponent there";
                default -> "of no account there";
              }
              + "; remove it");
      return;
    }
    for (var child : children) {
      if (!weightless && child.has("weight") == (aggregate.weights() == Weights.EQUAL)) {
        check.fault(
            child.has("weight") ? child.get("weight") : child,
            child.has("weight")
                ? "the weights of these siblings are equal; remove the weight, or \"weights: equal\""
                : "missing key \"weight\" in \""
                    + child.text("id")
                    + "\"; or write \"weights: equal\"");
        return;
      }
    }
    double sum = children.stream().mapToDouble(c -> c.has("weight") ? c.number("weight") : 1).sum();
    if (!weightless && aggregate.weights() == Weights.SHARES && Math.abs(sum - 1) > EXACT) {
      check.fault(
          parent.get("criteria"),
          "the weights of these siblings add up to "
              + Math.round(sum * 1e9) / 1e9
              + "; they must add up to 1, or be declared \"weights: relative\"");
    } else if (!weightless && sum <= 0) {
      check.fault(parent.get("criteria"), "the weights of these siblings are all 0");
    }
  }

  private void rule(Value rule) {
    check.condition(rule.get("when"));
    if (rule.has("tier")) {
      check.refer(rule.get("tier"), "tier", check.ids("programme.yml", "tiers"));
    }
    check.legalBasis(rule);
  }

  private void thresholds() {
    var thresholds = policy.map("thresholds", Function.identity());
    thresholds.values().forEach(this::threshold);
    var tiers = check.ids("programme.yml", "tiers");
    if (tiers == null) {
      return;
    }
    thresholds.forEach(
        (tier, threshold) -> {
          if (!tiers.contains(tier)) {
            check.fault(
                threshold, "there is no tier \"" + tier + "\"" + Words.instead(tier, tiers));
          }
        });
    var reached = new HashSet<>(thresholds.keySet());
    for (var rules : List.of("triggers", "judgements")) {
      policy.items(rules).forEach(rule -> reached.add(rule.text("tier")));
    }
    var missing = tiers.stream().filter(tier -> !reached.contains(tier)).toList();
    if (!missing.isEmpty()) {
      check.fault(
          policy.get("thresholds"),
          "no thresholds and no trigger lead into the tier " + Check.quoted(missing));
    }
    descend(tiers.stream().filter(thresholds::containsKey).toList());
  }

  private static boolean fromAbove(Value threshold) {
    return by(threshold).fromAbove();
  }

  private void threshold(Value threshold) {
    boolean rank = fromAbove(threshold);
    double sign = rank ? -1 : 1;
    double enter = sign * threshold.number("enter");
    if (sign * threshold.number("leave") > enter) {
      check.fault(
          threshold.get("leave"),
          rank
              ? "\"leave\" must not be before \"enter\""
              : "\"leave\" must not be above \"enter\"");
    }
    if (threshold.has("buffer") && sign * threshold.number("leave") == enter) {
      check.fault(
          threshold.get("buffer"),
          "\"leave\" is \"enter\", so nothing lies between them and nobody stays there; part them, or"
              + " leave \"buffer\" out");
    }
    if (threshold.has("judge") && sign * threshold.number("judge") >= enter) {
      check.fault(
          threshold.get("judge"),
          rank ? "\"judge\" must be after \"enter\"" : "\"judge\" must be below \"enter\"");
    }
  }

  private void descend(List<String> tiers) {
    var thresholds = policy.get("thresholds");
    for (int i = 1; i < tiers.size(); i++) {
      var higher = thresholds.get(tiers.get(i - 1));
      var lower = thresholds.get(tiers.get(i));
      if (by(higher) != by(lower)) {
        continue;
      }
      double sign = fromAbove(lower) ? -1 : 1;
      for (var key : List.of("enter", "leave")) {
        if (sign * lower.number(key) >= sign * higher.number(key)) {
          check.fault(
              lower.get(key),
              "\""
                  + key
                  + "\" of tier "
                  + tiers.get(i)
                  + (fromAbove(lower)
                      ? " must be after that of tier "
                      : " must be below that of tier ")
                  + tiers.get(i - 1));
        }
      }
    }
  }

  private static By by(Value threshold) {
    return threshold.word("by", By.SCORE);
  }
}

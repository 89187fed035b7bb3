package org.keyroll.definition;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.keyroll.definition.Policy.FactType;
import tools.jackson.databind.node.StringNode;

/** Checks facts, criteria, triggers and thresholds. */
record PolicyCheck(Check check, Value policy) {
  private static final double EXACT = 1e-9;
  private static final List<String> SCALES = List.of("lookup", "range", "bands");
  private static final Set<Source.Type> NUMBERS =
      EnumSet.of(Source.Type.INTEGER, Source.Type.DECIMAL, Source.Type.PERCENTAGE);

  /** Words that CEL keeps for itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  void run() {
    check.legalBasis(policy);
    policy.map("facts", Function.identity()).forEach(this::fact);
    siblings(policy);
    var all = new ArrayList<Value>();
    collect(policy, all);
    check.unique(all, "id");
    all.forEach(this::criterion);
    check.unique(policy.items("triggers"), "id");
    policy.items("triggers").forEach(this::trigger);
    thresholds();
  }

  private void fact(String name, Value fact) {
    if (RESERVED.contains(name)) {
      check.fault(
          fact, "\"" + name + "\" cannot name a fact: conditions keep the word for themselves");
    }
    if (fact.has("from") == fact.has("count")) {
      check.fault(fact, "the fact \"" + name + "\" needs exactly one of the keys from, count");
      return;
    }
    var type = fact.word("type", FactType.class);
    fact.items("from").forEach(from -> from(from, type));
    if (fact.has("count")) {
      var count = fact.get("count");
      if (type != FactType.NUMBER) {
        check.fault(fact.get("type"), "a count is of type number");
      }
      var source = check.source(count.get("source"));
      if (source != null) {
        check.date(count, "on", source);
        check.where(count, source);
      }
    }
  }

  private void from(Value from, FactType type) {
    var parts = from.text().split("\\.", -1);
    var reference = new Value(from.document(), from.at(), StringNode.valueOf(parts[0]));
    var source = check.source(reference);
    var column = source == null ? null : check.field(from, parts[1], source);
    if (column != null && NUMBERS.contains(column.type()) != (type == FactType.NUMBER)) {
      var found = column.type().name().toLowerCase(Locale.ROOT);
      check.fault(
          from,
          from.text()
              + " is of type "
              + found
              + " and cannot give a "
              + (type == FactType.NUMBER ? "number" : "text"));
    }
  }

  private void collect(Value parent, List<Value> all) {
    for (var child : parent.items("criteria")) {
      all.add(child);
      collect(child, all);
    }
  }

  private void siblings(Value parent) {
    var children = parent.items("criteria");
    if (children.isEmpty()) {
      return;
    }
    var sum = children.stream().mapToDouble(c -> c.number("weight")).sum();
    if (Math.abs(sum - 1) > EXACT) {
      check.fault(
          parent.get("criteria"),
          "the weights of these siblings add up to "
              + Math.round(sum * 1e9) / 1e9
              + "; they must add up to 1");
    }
    children.forEach(this::siblings);
  }

  private void criterion(Value criterion) {
    var scales = SCALES.stream().filter(criterion::has).toList();
    var name = "the criterion \"" + criterion.text("id") + "\" ";
    if (criterion.has("fact") == criterion.has("criteria")) {
      check.fault(criterion, name + "needs exactly one of the keys fact, criteria");
      return;
    }
    if (scales.size() != (criterion.has("fact") ? 1 : 0)) {
      check.fault(
          criterion,
          criterion.has("fact")
              ? name + "needs exactly one of the keys lookup, range, bands"
              : name + "has further criteria, so it takes no " + String.join(", ", scales));
      return;
    }
    if (criterion.has("fact")) {
      check.fact(criterion.get("fact"));
      scale(criterion, scales.get(0));
    }
  }

  private void scale(Value criterion, String scale) {
    var facts = policy.get("facts");
    var fact = criterion.text("fact");
    if (facts.has(fact)) {
      var type = facts.get(fact).word("type", FactType.class);
      if ((type == FactType.TEXT) != scale.equals("lookup")) {
        check.fault(
            criterion.get(scale),
            "\""
                + scale
                + "\" needs a fact of type "
                + (type == FactType.TEXT ? "number" : "text")
                + "; "
                + fact
                + " is not");
        return;
      }
    }
    switch (scale) {
      case "lookup" -> lookup(criterion.get("lookup"), fact);
      case "range" -> {
        var range = criterion.get("range");
        if (range.number("from") >= range.number("to")) {
          check.fault(range.get("from"), "\"from\" of a range must be below \"to\"");
        }
      }
      default -> bands(criterion.items("bands"));
    }
  }

  private void lookup(Value lookup, String fact) {
    var values = check.valuesOf(fact);
    if (values == null) {
      return;
    }
    var scores = lookup.json().propertyNames();
    for (var name : scores) {
      if (!values.containsKey(name)) {
        check.fault(
            lookup.get(name),
            "the fact "
                + fact
                + " is never \""
                + name
                + "\""
                + Words.instead(name, values.keySet()));
      }
    }
    var missing = values.keySet().stream().filter(v -> !scores.contains(v)).toList();
    if (!missing.isEmpty()) {
      check.fault(
          lookup,
          "\"lookup\" has no score for "
              + Check.quoted(missing)
              + ", which the fact "
              + fact
              + " can be");
    }
  }

  private void bands(List<Value> bands) {
    for (int i = 1; i < bands.size(); i++) {
      if (bands.get(i).number("from") <= bands.get(i - 1).number("from")) {
        check.fault(
            bands.get(i).get("from"), "bands must ascend: each \"from\" above the one before");
      }
    }
  }

  private void trigger(Value trigger) {
    check.condition(trigger.get("when"));
    check.refer(trigger.get("tier"), "tier", check.ids("programme.yml", "tiers"));
    check.legalBasis(trigger);
  }

  private void thresholds() {
    var thresholds = policy.map("thresholds", Function.identity());
    for (var threshold : thresholds.values()) {
      if (threshold.number("leave") > threshold.number("enter")) {
        check.fault(threshold.get("leave"), "\"leave\" must not be above \"enter\"");
      }
    }
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
    var missing = tiers.stream().filter(tier -> !thresholds.containsKey(tier)).toList();
    if (!missing.isEmpty()) {
      check.fault(policy.get("thresholds"), "no thresholds for the tier " + Check.quoted(missing));
    }
    descend(tiers.stream().filter(thresholds::containsKey).toList());
  }

  private void descend(List<String> tiers) {
    var thresholds = policy.get("thresholds");
    for (int i = 1; i < tiers.size(); i++) {
      var higher = thresholds.get(tiers.get(i - 1));
      var lower = thresholds.get(tiers.get(i));
      for (var key : List.of("enter", "leave")) {
        if (lower.number(key) >= higher.number(key)) {
          check.fault(
              lower.get(key),
              "\""
                  + key
                  + "\" of tier "
                  + tiers.get(i)
                  + " must be below that of tier "
                  + tiers.get(i - 1));
        }
      }
    }
  }
}

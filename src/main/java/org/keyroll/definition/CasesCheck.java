package org.keyroll.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.keyroll.definition.Policy.FactType;

/** Checks golden cases against the policy. */
record CasesCheck(Check check, Value file) {

  void run() {
    check.unique(file.items("cases"), "id");
    file.items("population").forEach(this::facts);
    var tiers = check.ids("programme.yml", "tiers");
    for (var one : file.items("cases")) {
      facts(one.get("facts"));
      if (one.has("now")) {
        check.refer(one.get("now"), "tier", tiers);
      }
      if (one.has("tier") && !one.text("tier").equals("none")) {
        check.refer(one.get("tier"), "tier", tiers);
      }
      for (var rules : List.of("triggers", "exemptions", "judgements")) {
        for (var id : one.items(rules)) {
          check.refer(id, rules.substring(0, rules.length() - 1), check.ids("policy.yml", rules));
        }
      }
      if (one.has("criteria")) {
        var paths = paths();
        one.map("criteria", Function.identity())
            .forEach(
                (path, value) -> {
                  if (paths != null && !paths.contains(path)) {
                    check.fault(
                        value,
                        "there is no criterion \"" + path + "\"" + Words.instead(path, paths));
                  }
                });
      }
    }
  }

  private @org.jspecify.annotations.Nullable List<String> paths() {
    var policy = check.file("policy.yml");
    if (policy == null) {
      return null;
    }
    var paths = new ArrayList<String>();
    collect(policy, "", paths);
    return paths;
  }

  private static void collect(Value parent, String above, List<String> paths) {
    for (var child : parent.items("criteria")) {
      paths.add(above + child.text("id"));
      collect(child, above + child.text("id") + "/", paths);
    }
  }

  private void facts(Value facts) {
    var policy = check.file("policy.yml");
    if (policy == null) {
      return;
    }
    var known = policy.map("facts", Function.identity());
    facts
        .members()
        .forEach(
            (name, value) -> {
              var fact = known.get(name);
              if (fact == null) {
                check.fault(
                    value,
                    "there is no fact \"" + name + "\"" + Words.instead(name, known.keySet()));
              } else {
                fact(name, fact, value);
              }
            });
  }

  private void fact(String name, Value fact, Value value) {
    if (List.of("expression", "table", "derived", "constant").stream().anyMatch(fact::has)) {
      check.fault(value, "the fact \"" + name + "\" is worked out; give the facts it is made of");
      return;
    }
    boolean number = fact.word("type", FactType.class) == FactType.NUMBER;
    if (number != value.json().isNumber()) {
      check.fault(
          value,
          "the fact \"" + name + "\" is a " + (number ? "number" : "text; put it in quotes"));
      return;
    }
    var values = number ? null : check.valuesOf(name);
    if (values != null && !values.containsKey(value.text())) {
      check.fault(
          value,
          "the fact "
              + name
              + " is never \""
              + value.text()
              + "\""
              + Words.instead(value.text(), values.keySet()));
    }
  }

  static Cases read(Value file) {
    return new Cases(
        file.document().file(),
        file.list("population", CasesCheck::values),
        file.list("cases", CasesCheck::one));
  }

  private static Cases.Case one(Value v) {
    return new Cases.Case(
        v.document().line(v.at()),
        v.text("id"),
        values(v.get("facts")),
        v.textOrNull("now"),
        v.has("score") ? wanted(v.get("score")) : null,
        v.map("criteria", CasesCheck::wanted),
        v.textOrNull("tier"),
        v.has("triggers") ? v.texts("triggers") : null,
        v.has("exemptions") ? v.texts("exemptions") : null,
        v.has("judgements") ? v.texts("judgements") : null);
  }

  private static Cases.Wanted wanted(Value v) {
    return new Cases.Wanted(v.json().isNumber() ? v.json().decimalValue() : null);
  }

  private static java.util.Map<String, Object> values(Value facts) {
    var values = new java.util.LinkedHashMap<String, Object>();
    facts
        .members()
        .forEach(
            (name, value) ->
                values.put(
                    name,
                    value.json().isNumber() ? (Object) value.json().doubleValue() : value.text()));
    return values;
  }
}

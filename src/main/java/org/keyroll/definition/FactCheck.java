package org.keyroll.definition;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.FactType;
import tools.jackson.databind.node.StringNode;

/** Checks how facts are come by. */
record FactCheck(Check check, Value policy) {
  private static final Set<Source.Type> NUMBERS =
      EnumSet.of(Source.Type.INTEGER, Source.Type.DECIMAL, Source.Type.PERCENTAGE);
  private static final List<String> WAYS = ways();

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

  private static List<String> ways() {
    var ways = new ArrayList<>(List.of("from"));
    ways.addAll(PolicyCheck.TAKES);
    ways.addAll(List.of("listed", "expression", "table", "derived", "constant"));
    return List.copyOf(ways);
  }

  void run() {
    var facts = policy.map("facts", Function.identity());
    facts.forEach(this::fact);
    circles(facts);
  }

  private void fact(String name, Value fact) {
    if (RESERVED.contains(name)) {
      check.fault(
          fact, "\"" + name + "\" cannot name a fact: conditions keep the word for themselves");
    }
    var ways = WAYS.stream().filter(fact::has).toList();
    if (ways.size() != 1) {
      check.fault(
          fact,
          "the fact \"" + name + "\" needs exactly one of the keys " + String.join(", ", WAYS));
      return;
    }
    var way = ways.get(0);
    for (var key : List.of("freshness", "missing")) {
      if (fact.has(key) && !way.equals("from")) {
        check.fault(fact.get(key), "\"" + key + "\" goes with \"from\" only; remove it");
      }
    }
    if (fact.has("undefined") && !way.equals("expression")) {
      check.fault(fact.get("undefined"), "\"undefined\" goes with \"expression\" only; remove it");
    }
    var type = fact.word("type", FactType.class);
    switch (way) {
      case "from" -> from(fact, type);
      case "listed" -> listed(fact, type);
      case "expression" -> expression(fact, type);
      case "table" -> table(fact.get("table"), type);
      case "derived" -> derived(fact, type);
      case "constant" -> scalar(fact.get("constant"), type);
      default -> events(way, fact, type);
    }
  }

  private void from(Value fact, FactType type) {
    for (var from : fact.items("from")) {
      var parts = from.text().split("\\.", -1);
      var source =
          check.source(new Value(from.document(), from.at(), StringNode.valueOf(parts[0])));
      var column = source == null ? null : check.field(from, parts[1], source);
      if (column != null) {
        type(from, from.text(), column, type);
      }
      if (source != null && fact.has("freshness")) {
        check.date(fact.get("freshness"), "dated", source);
      }
    }
    if (fact.has("freshness")) {
      suspension(fact.get("freshness"));
    }
    if (type == FactType.NUMBER) {
      fact.items("missing").forEach(m -> scalar(m, type));
    }
  }

  private void suspension(Value freshness) {
    boolean suspends = freshness.has("stale") && freshness.text("stale").equals("suspends");
    for (var key : List.of("longest", "legal_basis")) {
      if (freshness.has(key) && !suspends) {
        check.fault(
            freshness.get(key),
            "\"%s\" goes with \"stale: suspends\" only; remove it".formatted(key));
      }
    }
    if (freshness.has("legal_basis")) {
      check.legalBasis(freshness);
    }
  }

  private void type(Value where, String name, Source.Column column, FactType type) {
    boolean fits =
        type == FactType.NUMBER
            ? NUMBERS.contains(column.type()) || column.type() == Source.Type.BOOLEAN
            : !NUMBERS.contains(column.type());
    if (!fits) {
      check.fault(
          where,
          name
              + " is of type "
              + column.type().name().toLowerCase(Locale.ROOT)
              + " and cannot give a "
              + (type == FactType.NUMBER ? "number" : "text"));
    }
  }

  private void events(String take, Value fact, FactType type) {
    var events = fact.get(take);
    boolean field = events.has("field");
    if (type != FactType.NUMBER && !(field && Set.of("latest", "earliest").contains(take))) {
      check.fault(fact.get("type"), "a " + take + " is of type number");
    }
    var source = check.source(events.get("source"));
    if (source != null) {
      check.date(events, "on", source);
      check.where(events, source);
      if (field) {
        var column = check.field(events.get("field"), source);
        if (column != null) {
          type(events.get("field"), source.id() + "." + events.text("field"), column, type);
        }
      }
    }
    if (events.has("decay") && events.get("decay").has("linear") && !events.has("within")) {
      check.fault(events.get("decay"), "a linear decay ends with \"within\"; add it");
    }
  }

  private void listed(Value fact, FactType type) {
    var listed = fact.get("listed");
    boolean text = listed.has("take") && listed.text("take").equals("tier");
    if (text != (type == FactType.TEXT)) {
      check.fault(
          fact.get("type"), text ? "a tier is of type text" : "this is of type number, not text");
    }
    check.refer(listed.get("programme"), "programme", check.programmes());
  }

  private void expression(Value fact, FactType type) {
    var types = check.factTypes();
    var expression = fact.get("expression");
    if (types == null) {
      return;
    }
    try {
      var formula = Formula.compile(new Policy.Expression(expression.text(), null), type, types);
      if (formula.divides() && !fact.has("undefined")) {
        check.fault(
            expression,
            "this may divide by zero; say what the answer is then:"
                + " \"undefined: missing\", or a number");
      }
    } catch (InvalidCondition e) {
      check.fault(expression, String.valueOf(e.getMessage()));
    }
    if (fact.has("undefined")
        && fact.get("undefined").json().isString()
        && !fact.text("undefined").equals("missing")) {
      check.fault(fact.get("undefined"), "\"undefined\" must be missing or a number");
    }
  }

  private void table(Value table, FactType type) {
    var by = table.texts("by");
    table.items("by").forEach(new StepCheck(check, policy)::textFact);
    for (var row : table.items("rows")) {
      row.map("when", Function.identity())
          .forEach(
              (fact, value) -> {
                if (!by.contains(fact)) {
                  check.fault(
                      value, "\"" + fact + "\" is not among \"by\"" + Words.instead(fact, by));
                  return;
                }
                var values = check.valuesOf(fact);
                var text = value.json().asString();
                if (values != null && !text.endsWith("*") && !values.containsKey(text)) {
                  check.fault(
                      value,
                      "the fact "
                          + fact
                          + " is never \""
                          + text
                          + "\""
                          + Words.instead(text, values.keySet()));
                }
              });
      scalar(row.get("value"), type);
    }
    if (table.has("otherwise")) {
      scalar(table.get("otherwise"), type);
    }
  }

  private void derived(Value fact, FactType type) {
    var derived = fact.get("derived");
    if (type != FactType.NUMBER) {
      check.fault(fact.get("type"), "a derived fact is of type number");
    }
    check.fact(derived.get("fact"));
    new StepCheck(check, policy).run(derived, derived.text("fact"));
  }

  private void scalar(Value value, FactType type) {
    if (type == FactType.NUMBER && PolicyCheck.numberOrNull(value.json().asString()) == null) {
      check.fault(value, "\"" + value.json().asString() + "\" is no number");
    }
  }

  /** Faults facts that need themselves. */
  private void circles(Map<String, Value> facts) {
    var needs = needs(facts);
    var settled = new HashSet<String>();
    boolean more = true;
    while (more) {
      more = false;
      for (var need : needs.entrySet()) {
        if (!settled.contains(need.getKey()) && settled.containsAll(need.getValue())) {
          more = settled.add(need.getKey());
        }
      }
    }
    needs.forEach(
        (name, needed) -> {
          if (!settled.contains(name) && reaches(name, name, needs)) {
            check.fault(
                java.util.Objects.requireNonNull(facts.get(name)),
                "the fact \"" + name + "\" needs itself, through " + String.join(", ", needed));
          }
        });
  }

  private static boolean reaches(String from, String to, Map<String, Set<String>> needs) {
    var seen = new HashSet<String>();
    var open = new ArrayList<>(needs.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      var fact = open.remove(open.size() - 1);
      if (fact.equals(to)) {
        return true;
      }
      if (seen.add(fact)) {
        open.addAll(needs.getOrDefault(fact, Set.of()));
      }
    }
    return false;
  }

  /** The facts that each fact is made of; unknown ones, reported elsewhere, are left out. */
  private Map<String, Set<String>> needs(Map<String, Value> facts) {
    var needs = new LinkedHashMap<String, Set<String>>();
    facts.forEach(
        (name, fact) -> {
          var needed = new TreeSet<String>();
          if (fact.has("expression")) {
            needed.addAll(mentioned(fact.get("expression"), fact.word("type", FactType.class)));
          } else if (fact.has("table")) {
            needed.addAll(fact.get("table").texts("by"));
          } else if (fact.has("derived")) {
            needed.add(fact.get("derived").text("fact"));
            needed.addAll(StepCheck.groups(fact.get("derived")));
          }
          needed.retainAll(facts.keySet());
          needs.put(name, needed);
        });
    return needs;
  }

  private Set<String> mentioned(Value expression, FactType type) {
    var types = check.factTypes();
    try {
      return types == null
          ? Set.of()
          : Formula.compile(new Policy.Expression(expression.text(), null), type, types).facts();
    } catch (InvalidCondition e) {
      return Set.of();
    }
  }

  /** The population must be known before anything that is taken over it. */
  void population(Value when) {
    var types = check.factTypes();
    if (types == null) {
      return;
    }
    try {
      var facts = policy.map("facts", Function.identity());
      var needs = needs(facts);
      for (var fact : Condition.compile(when.text(), types).facts()) {
        var derived = derivedBelow(fact, facts, needs);
        if (derived != null) {
          check.fault(
              when,
              "\""
                  + derived
                  + "\" is a derived fact, and these are made once the population is known; use facts"
                  + " that are not, \"expression\" and filled(fact)");
        }
      }
    } catch (InvalidCondition e) {
      check.fault(when, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String derivedBelow(
      String fact, Map<String, Value> facts, Map<String, Set<String>> needs) {
    var all = new HashMap<String, Boolean>();
    var open = new ArrayList<>(List.of(fact));
    while (!open.isEmpty()) {
      var name = open.remove(open.size() - 1);
      var value = facts.get(name);
      if (value != null && value.has("derived")) {
        return name;
      }
      if (all.put(name, true) == null) {
        open.addAll(needs.getOrDefault(name, Set.of()));
      }
    }
    return null;
  }
}

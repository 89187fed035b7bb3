package org.keyroll.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.FactType;

/** Checks the steps of a criterion or of a derived fact. */
record StepCheck(Check check, Value policy) {
  /** Steps that may also stand on the criterion itself; they come first. */
  static final List<String> FIRST = List.of("lookup", "range", "bands");

  private static final String NORMALISE = "normalise";
  private static final List<String> MEASURES =
      List.of("min", "max", "mean", "median", "total", "count", "deviation");
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("function", Set.of("undefined")),
          Map.entry("power", Set.of()),
          Map.entry("root", Set.of()),
          Map.entry("multiply", Set.of()),
          Map.entry("add", Set.of()),
          Map.entry("cap", Set.of()),
          Map.entry("range", Set.of()),
          Map.entry("bands", Set.of()),
          Map.entry("lookup", Set.of("otherwise")),
          Map.entry("exponential", Set.of()),
          Map.entry("fill", Set.of("within")),
          Map.entry("winsorise", Set.of()),
          Map.entry("box_cox", Set.of()),
          Map.entry("statistic", Set.of("within", "deviation")),
          Map.entry(NORMALISE, Set.of()),
          Map.entry("round", Set.of("mode")));
  private static final Map<String, Set<String>> OF_METHOD =
      Map.of(
          "min-max", Set.of("onto", "direction"),
          "z-score", Set.of("mean", "sd", "deviation", "direction"),
          "rank", Set.of("ties", "direction"),
          "percentile-rank", Set.of("ties", "kind", "onto", "direction"),
          "borda", Set.of("ties", "direction"),
          "quantiles", Set.of("number", "ties", "direction"),
          "distance", Set.of("reference", "as"),
          "share", Set.of(),
          "cumulative-share", Set.of());

  /** The key that says which step it is. */
  static String main(Value step) {
    return step.json().propertyNames().stream().filter(OPTIONS::containsKey).findFirst().orElse("");
  }

  /** The text facts that the steps take their groups or reference units from. */
  static List<String> groups(Value owner) {
    var groups = new ArrayList<String>();
    for (var step : owner.items("steps")) {
      for (var place :
          List.of(step, step.get("range"), step.get("winsorise"), step.get("box_cox"))) {
        if (place.json().isObject() && place.has("within")) {
          groups.add(place.text("within"));
        }
      }
      if (step.get("reference").json().has("fact")) {
        groups.add(step.get("reference").text("fact"));
      }
    }
    return groups;
  }

  /**
   * Checks all steps.
   *
   * @param fact whose value comes in; null for an aggregate of criteria
   */
  void run(Value owner, @Nullable String fact) {
    var facts = policy.get("facts");
    boolean text =
        fact != null
            && facts.has(fact)
            && facts.get(fact).word("type", FactType.class) == FactType.TEXT;
    var all = new ArrayList<Value>();
    FIRST.stream().filter(owner::has).forEach(key -> all.add(owner));
    if (all.size() > 1) {
      check.fault(owner, "at most one of the keys lookup, range, bands; the others are steps");
      return;
    }
    all.addAll(owner.items("steps"));
    var direct = FIRST.stream().filter(owner::has).findFirst().orElse("");
    for (int i = 0; i < all.size(); i++) {
      var step = all.get(i);
      boolean own = i == 0 && !direct.isEmpty();
      if (!own && !shaped(step)) {
        continue;
      }
      var main = own ? direct : main(step);
      if (text && i == 0 && !main.equals("lookup")) {
        check.fault(step.get(main), textNeedsLookup(fact));
        return;
      }
      step(main, step, text && i == 0 ? fact : null);
    }
    if (text && all.isEmpty()) {
      check.fault(owner, textNeedsLookup(fact));
    }
  }

  private static String textNeedsLookup(@Nullable String fact) {
    return "the fact " + fact + " is a text; its first step must be a lookup";
  }

  /** One main key, and only options that go with it. */
  private boolean shaped(Value step) {
    var names = step.json().propertyNames();
    var mains = new TreeSet<>(names);
    mains.retainAll(OPTIONS.keySet());
    if (mains.size() != 1) {
      check.fault(
          step,
          mains.isEmpty()
              ? "a step needs one of the keys " + String.join(", ", new TreeSet<>(OPTIONS.keySet()))
              : "a step does one thing; make a step each of " + String.join(", ", mains));
      return false;
    }
    var main = mains.first();
    var options = new TreeSet<>(OPTIONS.getOrDefault(main, Set.of()));
    var what = main;
    if (main.equals(NORMALISE)) {
      what = step.text(NORMALISE);
      options.addAll(OF_METHOD.getOrDefault(what, Set.of()));
      options.addAll(Set.of("within", "flat"));
    }
    for (var name : names) {
      if (!name.equals(main) && !options.contains(name)) {
        check.fault(step.get(name), "\"" + name + "\" does not go with " + what + "; remove it");
        return false;
      }
    }
    return true;
  }

  private void step(String main, Value step, @Nullable String text) {
    within(step);
    var value = step.get(main);
    switch (main) {
      case "cap" -> ascending(value, "min", "max", true);
      case "range" -> range(value);
      case "bands" -> bands(step.items("bands"));
      case "lookup" -> lookup(step, text);
      case "fill" -> {
        if (value.json().isString()
            && !Set.of("mean", "median", "min", "max").contains(value.text())) {
          check.fault(value, "\"fill\" must be mean, median, min, max or a number");
        }
      }
      case "winsorise" -> winsorise(value);
      case "box_cox" -> within(value);
      case "statistic" -> statistic(step);
      case NORMALISE -> normalise(step);
      default -> {}
    }
  }

  private void within(Value owner) {
    if (owner.has("within")) {
      textFact(owner.get("within"));
    }
  }

  void textFact(Value reference) {
    check.fact(reference);
    var facts = policy.get("facts");
    if (facts.has(reference.text())
        && facts.get(reference.text()).word("type", FactType.class) != FactType.TEXT) {
      check.fault(reference, "the fact " + reference.text() + " is a number; a text is needed");
    }
  }

  private void ascending(Value owner, String low, String high, boolean orEqual) {
    if (owner.has(low) && owner.has(high)) {
      double a = owner.number(low);
      double b = owner.number(high);
      if (a > b || a == b && !orEqual) {
        check.fault(owner.get(low), "\"" + low + "\" must be below \"" + high + "\"");
      }
    }
  }

  private void range(Value range) {
    within(range);
    var from = range.get("from").json();
    var to = range.get("to").json();
    if (from.equals(to)
        || from.isNumber() && to.isNumber() && from.doubleValue() == to.doubleValue()) {
      check.fault(range.get("from"), "\"from\" and \"to\" of a range must differ");
    }
    if (range.has("within") && !from.isObject() && !to.isObject()) {
      check.fault(
          range.get("within"), "\"within\" goes with a goalpost that is a quantile; remove it");
    }
    if (range.flag("log")) {
      for (var key : List.of("from", "to")) {
        if (range.get(key).json().isNumber() && range.number(key) <= 0) {
          check.fault(range.get(key), "a goalpost with \"log\" must be above 0");
        }
      }
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

  private void lookup(Value step, @Nullable String fact) {
    var lookup = step.get("lookup");
    var scores = lookup.json().propertyNames();
    if (fact == null) {
      for (var name : scores) {
        if (PolicyCheck.numberOrNull(name) == null) {
          check.fault(
              lookup.get(name),
              "\"lookup\" needs a fact of type text for \""
                  + name
                  + "\"; here the value is a number");
        }
      }
      return;
    }
    var values = check.valuesOf(fact);
    if (values == null) {
      return;
    }
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
    if (!missing.isEmpty() && !step.has("otherwise")) {
      check.fault(
          lookup,
          "\"lookup\" has no score for "
              + Check.quoted(missing)
              + ", which the fact "
              + fact
              + " can be");
    }
  }

  private void statistic(Value step) {
    var what = step.get("statistic").json();
    if (what.isString() && !MEASURES.contains(what.asString())) {
      check.fault(
          step.get("statistic"),
          "\"statistic\" must be " + String.join(", ", MEASURES) + " or a quantile");
    } else if (step.has("deviation") && !what.asString("").equals("deviation")) {
      check.fault(step.get("deviation"), "\"deviation\" goes with \"statistic: deviation\" only");
    }
  }

  private void winsorise(Value value) {
    within(value);
    int ways = 0;
    for (var way :
        List.of(
            List.of("skewness", "kurtosis", "moments", "most"),
            List.of("lowest", "highest"),
            List.of("lower", "upper", "type"))) {
      ways += way.stream().anyMatch(value::has) ? 1 : 0;
    }
    if (ways > 1) {
      check.fault(
          value,
          "winsorise by skewness and kurtosis, by lowest and highest, or by lower and upper");
    }
    ascending(value, "lower", "upper", false);
    if (value.has("fallback") && !value.has("most")) {
      check.fault(value.get("fallback"), "\"fallback\" goes with \"most\"; add it");
    }
  }

  private void normalise(Value step) {
    var method = step.text(NORMALISE);
    if (method.equals("distance") != step.has("reference")) {
      check.fault(step, "\"distance\" needs the key reference");
      return;
    }
    if (step.has("onto")
        && step.get("onto").get(0).json().doubleValue()
            >= step.get("onto").get(1).json().doubleValue()) {
      check.fault(step.get("onto"), "\"onto\" must ascend; \"direction: down\" turns the scale");
    }
    if (step.has("sd") && step.number("sd") <= 0) {
      check.fault(step.get("sd"), "\"sd\" must be above 0");
    }
    if (step.has("reference")) {
      var reference = step.get("reference");
      if (reference.json().isString()
          && !Set.of("max", "min", "mean", "median", "total").contains(reference.text())) {
        check.fault(
            reference, "\"reference\" must be max, min, mean, median, total, a number or a unit");
      } else if (reference.json().isNumber()
          && reference.json().doubleValue() == 0
          && !Set.of("difference", "span").contains(step.has("as") ? step.text("as") : "")) {
        check.fault(reference, "a ratio to 0 divides by zero; use \"as: difference\"");
      } else if (reference.json().isObject()) {
        textFact(reference.get("fact"));
        if (step.has("within")) {
          check.fault(step.get("within"), "\"within\" does not go with a reference unit");
        }
      }
    }
  }
}

package org.keyroll.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keyroll.definition.Policy.Band;
import org.keyroll.definition.Policy.Ties;
import org.keyroll.definition.Step.Normalise.Distance;
import org.keyroll.definition.Step.Normalise.Kind;
import org.keyroll.definition.Step.Normalise.Method;
import org.keyroll.definition.Step.Normalise.Reference;

/** Reads steps that were checked. */
final class Steps {
  /** The quantile of spreadsheets and, by default, of R. */
  private static final int TYPE = 7;

  private Steps() {}

  /** The steps of a criterion; {@code lookup}, {@code range} and {@code bands} on it come first. */
  static List<Step> of(Value owner) {
    var steps = new ArrayList<Step>();
    for (var key : StepCheck.FIRST) {
      if (owner.has(key)) {
        steps.add(step(key, owner));
      }
    }
    steps.addAll(owner.list("steps", v -> step(StepCheck.main(v), v)));
    return List.copyOf(steps);
  }

  private static Step step(String key, Value v) {
    var value = v.get(key);
    return switch (key) {
      case "function" ->
          new Step.Function(v.word(key, Step.Function.Name.class), v.numberOrNull("undefined"));
      case "power" -> new Step.Power(v.number(key));
      case "root" -> new Step.Root(v.integer(key, 1));
      case "multiply" -> new Step.Linear(v.number(key), 0);
      case "add" -> new Step.Linear(1, v.number(key));
      case "cap" -> new Step.Cap(value.numberOrNull("min"), value.numberOrNull("max"));
      case "range" -> range(value);
      case "bands" ->
          new Step.Bands(v.list(key, b -> new Band(b.number("from"), b.number("score"))));
      case "lookup" -> new Step.Lookup(scores(value), v.numberOrNull("otherwise"));
      case "exponential" ->
          new Step.Exponential(value.number("scale"), value.has("top") ? value.number("top") : 100);
      case "fill" -> fill(v);
      case "winsorise" -> winsorise(value);
      case "box_cox" -> new Step.BoxCox(value.numberOrNull("lambda"), value.textOrNull("within"));
      case "statistic" -> statistic(v);
      case "normalise" -> normalise(v);
      case "round" -> new Step.Round(v.integer(key, 0), v.word("mode", Step.Round.Mode.HALF_UP));
      default -> throw new IllegalArgumentException("no step " + key);
    };
  }

  private static Map<String, Double> scores(Value value) {
    var scores = new java.util.LinkedHashMap<String, Double>();
    value.json().propertyNames().forEach(name -> scores.put(name, value.number(name)));
    return java.util.Collections.unmodifiableMap(scores);
  }

  private static double number(Value v, String key, double otherwise) {
    return v.has(key) ? v.number(key) : otherwise;
  }

  private static double onto(Value v, int end) {
    return v.has("onto") ? v.get("onto").get(end).json().doubleValue() : end;
  }

  private static Step range(Value v) {
    return new Step.Range(
        post(v.get("from")),
        post(v.get("to")),
        v.flag("log"),
        !v.has("capped") || v.flag("capped"),
        onto(v, 0),
        onto(v, 1),
        v.textOrNull("within"));
  }

  private static Step.Post post(Value v) {
    return v.json().isNumber()
        ? new Step.Post(v.json().doubleValue(), false, TYPE)
        : new Step.Post(v.number("quantile"), true, v.integer("type", TYPE));
  }

  private static Step statistic(Value v) {
    var what = v.get("statistic");
    boolean quantile = what.json().isObject();
    return new Step.Statistic(
        quantile ? null : v.word("statistic", Step.Statistic.Measure.class),
        quantile ? what.number("quantile") : 0,
        quantile ? what.integer("type", TYPE) : TYPE,
        sample(v, "deviation", false),
        v.textOrNull("within"));
  }

  private static boolean sample(Value v, String key, boolean otherwise) {
    return v.has(key) ? v.text(key).equals("sample") : otherwise;
  }

  private static Step fill(Value v) {
    var how = v.get("fill").json();
    return how.isNumber()
        ? new Step.Fill(null, how.doubleValue(), null)
        : new Step.Fill(v.word("fill", Step.Fill.Average.class), 0, v.textOrNull("within"));
  }

  private static Step winsorise(Value v) {
    var fallback = v.has("fallback") ? v.word("fallback", Step.Winsorise.Fallback.class) : null;
    boolean moments = !v.has("lowest") && !v.has("highest") && !v.has("lower") && !v.has("upper");
    return new Step.Winsorise(
        moments ? Double.valueOf(number(v, "skewness", 2)) : null,
        moments ? Double.valueOf(number(v, "kurtosis", 3.5)) : null,
        sample(v, "moments", true),
        v.has("most") ? Integer.valueOf(v.integer("most", 0)) : null,
        v.integer("lowest", 0),
        v.integer("highest", 0),
        v.numberOrNull("lower"),
        v.numberOrNull("upper"),
        v.integer("type", TYPE),
        fallback,
        v.textOrNull("within"));
  }

  private static Step normalise(Value v) {
    return new Step.Normalise(
        v.word("normalise", Method.class),
        v.has("direction") && v.text("direction").equals("down"),
        v.word("ties", Ties.MIN),
        v.word("kind", Kind.INCLUSIVE),
        onto(v, 0),
        onto(v, 1),
        number(v, "mean", 0),
        number(v, "sd", 1),
        sample(v, "deviation", false),
        v.integer("number", 10),
        v.has("reference") ? reference(v.get("reference")) : null,
        v.word("as", Distance.RATIO),
        v.numberOrNull("flat"),
        v.textOrNull("within"));
  }

  private static Reference reference(Value v) {
    if (v.json().isNumber()) {
      return new Reference(null, v.json().doubleValue(), null, null);
    }
    return v.json().isString()
        ? new Reference(
            Reference.Statistic.valueOf(v.text().toUpperCase(Locale.ROOT)), null, null, null)
        : new Reference(null, null, v.text("fact"), v.text("is"));
  }
}

package org.keyroll.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.keyroll.definition.Policy.Criterion;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Policy.Missing;

/** Works out where facts, criteria and the score can lie, from definitions alone. */
final class Spans {
  private final Policy policy;
  private final Map<String, Source> sources;
  private final Map<String, Span> facts = new HashMap<>();

  Spans(Policy policy, Map<String, Source> sources) {
    this.policy = policy;
    this.sources = sources;
  }

  /** Where a number fact can lie. */
  Span fact(String name) {
    var known = facts.get(name);
    if (known == null) {
      var fact = policy.facts().get(name);
      known = fact == null || fact.type() == FactType.TEXT ? Span.ANY : fact(fact);
      facts.put(name, known);
    }
    return known;
  }

  private Span fact(Policy.Fact fact) {
    if (!fact.from().isEmpty()) {
      var span = Span.NONE;
      for (var path : fact.from()) {
        int dot = path.indexOf('.');
        span = span.or(field(path.substring(0, dot), path.substring(dot + 1)));
      }
      return span;
    }
    var events = fact.events();
    if (events != null) {
      return events(events);
    }
    if (fact.listed() != null) {
      return fact.listed().take() == Policy.ListedValue.LISTED ? Span.of(0, 1, true) : Span.ANY;
    }
    var table = fact.table();
    if (table != null) {
      var values =
          new ArrayList<>(table.rows().stream().map(r -> Double.valueOf(r.value())).toList());
      if (table.otherwise() != null) {
        values.add(Double.valueOf(table.otherwise()));
      }
      return Span.of(values, true);
    }
    var constant = fact.constant();
    if (constant != null) {
      return Span.of(List.of(Double.valueOf(constant)), false);
    }
    var derived = fact.derived();
    return derived == null ? Span.ANY : steps(fact(derived.fact()), derived.steps());
  }

  private Span events(Policy.Events events) {
    var field = events.field() == null ? Span.ANY : field(events.source(), events.field());
    double zero = 0;
    return switch (events.take()) {
      case COUNT -> Span.of(zero, Double.POSITIVE_INFINITY, true);
      case SUM ->
          Span.of(
              field.low() >= 0 ? zero : Double.NEGATIVE_INFINITY,
              field.high() <= 0 ? zero : Double.POSITIVE_INFINITY,
              true);
      case MEAN, MAX, MIN -> field.gaps(true);
      case LATEST, EARLIEST ->
          events.field() == null ? Span.of(zero, Double.POSITIVE_INFINITY, true) : field.gaps(true);
    };
  }

  private Span field(String source, String field) {
    var definition = sources.get(source);
    var column = definition == null ? null : definition.columns().get(field);
    if (column == null) {
      return Span.ANY;
    }
    if (column.type() == Source.Type.BOOLEAN) {
      return Span.of(0, 1, true);
    }
    var low = column.min() == null ? column.above() : column.min();
    var high = column.max() == null ? column.below() : column.max();
    return Span.of(
        low == null ? Double.NEGATIVE_INFINITY : low.doubleValue(),
        high == null ? Double.POSITIVE_INFINITY : high.doubleValue(),
        true);
  }

  /**
   * Where a criterion can lie after its steps.
   *
   * @param texts the values that a text fact can take; empty where they are open
   */
  Span criterion(Criterion criterion, Map<String, List<String>> texts) {
    var fact = criterion.fact();
    if (fact == null) {
      return steps(aggregate(criterion, texts), criterion.steps());
    }
    var steps = criterion.steps();
    var definition = policy.facts().get(fact);
    if (definition != null
        && definition.type() == FactType.TEXT
        && !steps.isEmpty()
        && steps.get(0) instanceof Step.Lookup lookup) {
      var values = new ArrayList<Double>();
      var known = texts.getOrDefault(fact, List.of());
      lookup
          .scores()
          .forEach(
              (value, score) -> {
                if (known.isEmpty() || known.contains(value)) {
                  values.add(score);
                }
              });
      boolean others = known.isEmpty() || !lookup.scores().keySet().containsAll(known);
      if (others && lookup.otherwise() != null) {
        values.add(lookup.otherwise());
      }
      return steps(Span.of(values, true), steps.subList(1, steps.size()));
    }
    return steps(fact(fact), steps);
  }

  private Span aggregate(Criterion criterion, Map<String, List<String>> texts) {
    var children = criterion.criteria();
    int n = children.size();
    var spans = new Span[n];
    var weights = new double[n];
    boolean equal = criterion.aggregate().weights() == Policy.Weights.EQUAL;
    boolean handedOn = false;
    boolean fails = criterion.aggregate().coverage() > 0;
    for (int i = 0; i < n; i++) {
      var child = children.get(i);
      var span = criterion(child, texts);
      var missing = child.missing();
      if (span.gaps() && missing.kind() == Missing.Kind.CONSTANT) {
        span = span.or(Span.of(missing.value(), missing.value(), false)).gaps(false);
      }
      handedOn |= span.gaps() && missing.kind() == Missing.Kind.REWEIGHT;
      fails |= span.gaps();
      spans[i] = span;
      weights[i] = equal ? 1 : child.weight();
    }
    double low = end(criterion, spans, weights, handedOn, -1);
    double high = end(criterion, spans, weights, handedOn, 1);
    return Span.of(
        Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low,
        Double.isNaN(high) ? Double.POSITIVE_INFINITY : high,
        fails);
  }

  /** The least (-1) or greatest (1) value of an aggregate; NaN where nothing can be said. */
  private static double end(
      Criterion criterion, Span[] spans, double[] weights, boolean handedOn, int sign) {
    var ends = new double[spans.length];
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < spans.length; i++) {
      ends[i] = sign < 0 ? spans[i].low() : spans[i].high();
      least = Math.min(least, spans[i].low());
    }
    boolean positive = least >= 0;
    double total = DoubleStream.of(weights).sum();
    return switch (criterion.aggregate().mean()) {
      case ARITHMETIC -> handedOn ? extreme(ends, weights, sign) : sum(ends, weights) / total;
      case GEOMETRIC, HARMONIC, POWER -> positive ? extreme(ends, weights, sign) : Double.NaN;
      case SUM -> handedOn ? absent(ends, weights, sign) : sum(ends, weights);
      case PRODUCT -> positive && !handedOn ? product(ends, weights) : Double.NaN;
      case MAX, MIN -> hull(ends, sign);
    };
  }

  private static double sum(double[] ends, double[] weights) {
    double sum = 0;
    for (int i = 0; i < ends.length; i++) {
      sum += weights[i] == 0 ? 0 : weights[i] * ends[i];
    }
    return sum;
  }

  /** A sum whose parts may all be left out. */
  private static double absent(double[] ends, double[] weights, int sign) {
    double sum = 0;
    for (int i = 0; i < ends.length; i++) {
      double part = weights[i] == 0 ? 0 : weights[i] * ends[i];
      sum += sign < 0 ? Math.min(0, part) : Math.max(0, part);
    }
    return sum;
  }

  private static double product(double[] ends, double[] weights) {
    double product = 1;
    for (int i = 0; i < ends.length; i++) {
      product *= Math.pow(ends[i], weights[i]);
    }
    return product;
  }

  /** A mean lies between its parts that have a weight. */
  private static double extreme(double[] ends, double[] weights, int sign) {
    double extreme = sign < 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ends.length; i++) {
      if (weights[i] > 0) {
        extreme = sign < 0 ? Math.min(extreme, ends[i]) : Math.max(extreme, ends[i]);
      }
    }
    return extreme;
  }

  private static double hull(double[] ends, int sign) {
    var all = DoubleStream.of(ends);
    return sign < 0
        ? all.min().orElse(Double.NEGATIVE_INFINITY)
        : all.max().orElse(Double.POSITIVE_INFINITY);
  }

  Span steps(Span span, List<Step> steps) {
    for (var step : steps) {
      span = step(span, step);
    }
    return span;
  }

  private Span step(Span x, Step step) {
    if (step instanceof Step.Linear linear) {
      return monotone(
          x,
          v -> linear.factor() == 0 ? linear.constant() : linear.factor() * v + linear.constant());
    }
    if (step instanceof Step.Cap cap) {
      return monotone(
          x,
          v ->
              Math.min(
                  cap.max() == null ? Double.POSITIVE_INFINITY : cap.max(),
                  Math.max(cap.min() == null ? Double.NEGATIVE_INFINITY : cap.min(), v)));
    }
    if (step instanceof Step.Range range) {
      return range(x, range);
    }
    if (step instanceof Step.Bands bands) {
      return bands(x, bands);
    }
    if (step instanceof Step.Lookup lookup) {
      var scores = new ArrayList<>(lookup.scores().values());
      if (lookup.otherwise() != null) {
        scores.add(lookup.otherwise());
      }
      return Span.of(scores, true);
    }
    if (step instanceof Step.Fill fill) {
      return fill.how() == null
          ? x.or(Span.of(fill.constant(), fill.constant(), false)).gaps(false)
          : x;
    }
    if (step instanceof Step.Winsorise winsorise) {
      return winsorise.fallback() == null ? x : Span.ANY;
    }
    if (step instanceof Step.Normalise normalise) {
      return normalise(x, normalise);
    }
    if (step instanceof Step.Round round) {
      double unit = Math.pow(10, -round.digits());
      return Span.of(x.low() - unit, x.high() + unit, x.gaps());
    }
    return Span.ANY;
  }

  private static Span monotone(Span x, DoubleUnaryOperator f) {
    if (x.isEmpty()) {
      return x;
    }
    double a = f.applyAsDouble(x.low());
    double b = f.applyAsDouble(x.high());
    return Span.of(Math.min(a, b), Math.max(a, b), x.gaps());
  }

  private static Span range(Span x, Step.Range range) {
    double low = Math.min(range.low(), range.high());
    double high = Math.max(range.low(), range.high());
    if (range.from().quantile() || range.to().quantile() || range.log()) {
      return range.capped() ? Span.of(low, high, true) : Span.ANY;
    }
    var span =
        monotone(
            x,
            v -> {
              double share =
                  (v - range.from().value()) / (range.to().value() - range.from().value());
              share = range.capped() ? Math.min(1, Math.max(0, share)) : share;
              return range.low() + share * (range.high() - range.low());
            });
    return span;
  }

  private static Span bands(Span x, Step.Bands bands) {
    var scores = new ArrayList<Double>();
    var all = bands.bands();
    for (int i = 0; i < all.size(); i++) {
      boolean begins = all.get(i).from() <= x.high();
      boolean ends = i + 1 < all.size() && all.get(i + 1).from() <= x.low();
      if (begins && !ends) {
        scores.add(all.get(i).score());
      }
    }
    return Span.of(scores, x.gaps() || x.low() < all.get(0).from());
  }

  /** Units outside the population may lie beyond its ends. */
  private Span normalise(Span x, Step.Normalise n) {
    double low = Math.min(n.low(), n.high());
    double high = Math.max(n.low(), n.high());
    boolean closed = policy.population() == null;
    var span =
        switch (n.method()) {
          case MIN_MAX -> closed ? Span.of(low, high, true) : Span.ANY;
          case PERCENTILE_RANK -> Span.of(low, high, true);
          case RANK -> Span.of(1, Double.POSITIVE_INFINITY, true);
          case BORDA -> Span.of(0, Double.POSITIVE_INFINITY, true);
          case QUANTILES -> Span.of(1, n.bands(), true);
          case SHARE -> x.low() >= 0 && closed ? Span.of(0, 1, true) : Span.ANY;
          case CUMULATIVE_SHARE -> x.low() >= 0 ? Span.of(0, 1, true) : Span.ANY;
          case Z_SCORE, DISTANCE -> Span.ANY;
        };
    return n.flat() == null ? span : span.or(Span.of(n.flat(), n.flat(), false));
  }
}

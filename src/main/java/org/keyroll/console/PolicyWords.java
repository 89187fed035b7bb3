package org.keyroll.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.Criterion;
import org.keyroll.definition.Policy.Fact;
import org.keyroll.definition.Step;
import org.springframework.context.MessageSource;

/** Says in words what a policy does. */
final class PolicyWords {
  /** The means in which weights are shares of the whole. */
  private static final List<Policy.Mean> WEIGHTED =
      List.of(
          Policy.Mean.ARITHMETIC, Policy.Mean.GEOMETRIC, Policy.Mean.HARMONIC, Policy.Mean.POWER);

  private final Definitions definitions;
  private final MessageSource words;
  private final Locale language;
  private final Frame.Said said;
  private final Labels labels;

  PolicyWords(Definitions definitions, MessageSource words, Locale language) {
    this.definitions = definitions;
    this.words = words;
    this.language = language;
    this.said = new Frame.Said(words, language);
    this.labels = new Labels(definitions);
  }

  /**
   * A fact.
   *
   * @param how whence it comes
   * @param good how long a value is good; empty for always
   */
  record FactLine(String id, String title, boolean number, String how, String good) {}

  /**
   * A node of the tree, or a leaf.
   *
   * @param depth 0 at the top
   * @param weight its share of the node above, 0 to 1; null where weights are no shares
   * @param share its share of the score, 0 to 1; likewise
   * @param how what is made of the criteria below, or of the fact
   */
  record NodeLine(
      int depth,
      String id,
      String title,
      @Nullable Double weight,
      @Nullable Double share,
      String how,
      String missing) {

    /** For a bar of 100 units. */
    public double bar() {
      return share == null ? 0 : Math.round(share * 1000) / 10.0;
    }
  }

  /** Where a unit enters a tier, stays in it, and what else holds there; empty for nothing. */
  record TierLine(
      String title,
      String by,
      String enter,
      String leave,
      String judge,
      String tenure,
      String buffer) {}

  List<FactLine> facts() {
    var lines = new ArrayList<FactLine>();
    policy()
        .facts()
        .forEach(
            (id, fact) ->
                lines.add(
                    new FactLine(
                        id,
                        fact.title(),
                        fact.type() == Policy.FactType.NUMBER,
                        how(fact),
                        good(fact))));
    return lines;
  }

  private String good(Fact fact) {
    var freshness = fact.freshness();
    return freshness == null ? "" : say("policy.good", said.period(freshness.within()));
  }

  private String how(Fact fact) {
    var events = fact.events();
    if (events != null) {
      return say(
              "policy.take." + events.take().name(),
              source(events.source()),
              events.field() == null ? "" : field(events.source(), events.field()))
          + (events.within() == null ? "" : say("policy.within", said.period(events.within())))
          + (events.where().isEmpty()
              ? ""
              : say(
                  "policy.where",
                  events.where().entrySet().stream()
                      .map(
                          e ->
                              field(events.source(), e.getKey())
                                  + " = "
                                  + e.getValue().stream()
                                      .map(v -> choice(events.source(), e.getKey(), v))
                                      .collect(Collectors.joining(" / ")))
                      .collect(Collectors.joining(", "))));
    }
    var listed = fact.listed();
    if (listed != null) {
      return say("policy.listed." + listed.take().name(), listed.programme());
    }
    var expression = fact.expression();
    if (expression != null) {
      return say("policy.worked", expression.cel());
    }
    var table = fact.table();
    if (table != null) {
      return say(
          "policy.table",
          table.by().stream().map(labels::titleOfFact).collect(Collectors.joining(", ")));
    }
    var derived = fact.derived();
    if (derived != null) {
      return say(
          "policy.derived",
          labels.titleOfFact(derived.fact()),
          steps(derived.steps(), derived.fact()));
    }
    var constant = fact.constant();
    if (constant != null) {
      return say("policy.constant", constant);
    }
    return fact.from().stream().map(this::column).collect(Collectors.joining(say("policy.else")));
  }

  /** {@code source.field} by their titles. */
  private String column(String path) {
    int dot = path.indexOf('.');
    return source(path.substring(0, dot))
        + " · "
        + field(path.substring(0, dot), path.substring(dot + 1));
  }

  private String source(String id) {
    var source = definitions.sources().get(id);
    return source == null ? id : source.title();
  }

  private String field(String source, String field) {
    var known = definitions.sources().get(source);
    var column = known == null ? null : known.columns().get(field);
    return column == null || column.label().isEmpty() ? field : column.label().get(0);
  }

  /** A canonical value of a column as people write it. */
  private String choice(String source, String field, String value) {
    var known = definitions.sources().get(source);
    var column = known == null ? null : known.columns().get(field);
    var written = column == null ? null : column.choices().get(value);
    return written == null || written.isEmpty() ? value : written.get(0);
  }

  List<NodeLine> criteria() {
    var lines = new ArrayList<NodeLine>();
    add(lines, policy().root(), 0, 1.0);
    return lines;
  }

  /** What the score is made of its top criteria by. */
  String score() {
    return aggregate(policy().root());
  }

  private void add(List<NodeLine> lines, Criterion node, int depth, @Nullable Double share) {
    var aggregate = node.aggregate();
    boolean shares = WEIGHTED.contains(aggregate.mean());
    boolean equal = aggregate.weights() == Policy.Weights.EQUAL;
    double sum = node.criteria().stream().mapToDouble(c -> equal ? 1 : c.weight()).sum();
    for (var criterion : node.criteria()) {
      Double weight = shares && sum > 0 ? (Double) ((equal ? 1 : criterion.weight()) / sum) : null;
      Double whole = weight == null || share == null ? null : (Double) (weight * share);
      lines.add(
          new NodeLine(
              depth,
              criterion.id(),
              criterion.title(),
              weight,
              whole,
              how(criterion),
              missing(criterion)));
      if (criterion.fact() == null) {
        add(lines, criterion, depth + 1, whole);
      }
    }
  }

  private String how(Criterion criterion) {
    var of = criterion.fact();
    var begin = of == null ? aggregate(criterion) : labels.titleOfFact(of);
    var steps = steps(criterion.steps(), of);
    return steps.isEmpty() ? begin : begin + ": " + steps;
  }

  private String aggregate(Criterion node) {
    var made = node.aggregate();
    var text = say("policy.mean." + made.mean().name(), number(made.exponent()));
    return made.coverage() > 0 ? text + say("policy.coverage", percent(made.coverage())) : text;
  }

  private String missing(Criterion criterion) {
    return say(
        "policy.missing." + criterion.missing().kind().name(), number(criterion.missing().value()));
  }

  /**
   * @param fact whose values the first step takes; null for those of a node
   */
  private String steps(List<Step> steps, @Nullable String fact) {
    return steps.stream()
        .map(step -> step(step, fact))
        .collect(Collectors.joining(say("policy.then")));
  }

  private String step(Step step, @Nullable String fact) {
    var text = words(step, fact);
    return step.within() == null
        ? text
        : text + say("policy.step.within", labels.titleOfFact(step.within()));
  }

  private String words(Step step, @Nullable String fact) {
    if (step instanceof Step.Function function) {
      return function.name().name().toLowerCase(Locale.ROOT) + "(x)";
    }
    if (step instanceof Step.Power power) {
      return "x ^ " + number(power.exponent());
    }
    if (step instanceof Step.Root root) {
      return "x ^ (1/" + root.degree() + ")";
    }
    if (step instanceof Step.Linear linear) {
      return number(linear.factor()) + " × x + " + number(linear.constant());
    }
    if (step instanceof Step.Cap cap) {
      return say(
          "policy.step.cap",
          cap.min() == null ? "−∞" : number(cap.min()),
          cap.max() == null ? "∞" : number(cap.max()));
    }
    if (step instanceof Step.Range range) {
      return say(
          range.log() ? "policy.step.range.log" : "policy.step.range",
          post(range.from()),
          number(range.low()),
          post(range.to()),
          number(range.high()));
    }
    if (step instanceof Step.Bands bands) {
      return bands.bands().stream()
          .map(b -> say("policy.step.band", number(b.from()), number(b.score())))
          .collect(Collectors.joining(", "));
    }
    if (step instanceof Step.Lookup lookup) {
      return lookup(lookup, fact);
    }
    if (step instanceof Step.Exponential exponential) {
      return say("policy.step.exponential", number(exponential.scale()), number(exponential.top()));
    }
    if (step instanceof Step.Fill fill) {
      return fill.how() == null
          ? say("policy.step.fill", number(fill.constant()))
          : say("policy.step.fill", say("policy.average." + fill.how().name()));
    }
    if (step instanceof Step.Winsorise) {
      return say("policy.step.winsorise");
    }
    if (step instanceof Step.BoxCox) {
      return "Box–Cox";
    }
    if (step instanceof Step.Statistic statistic) {
      return say(
          "policy.step.statistic",
          statistic.measure() == null
              ? say("policy.step.quantile", percent(statistic.quantile()))
              : say("policy.average." + statistic.measure().name()));
    }
    if (step instanceof Step.Normalise normalise) {
      return say("policy.method." + normalise.method().name());
    }
    if (step instanceof Step.Round round) {
      return say("policy.step.round", Integer.toString(round.digits()));
    }
    throw new IllegalStateException("no words for " + step);
  }

  private String lookup(Step.Lookup lookup, @Nullable String fact) {
    var entries =
        lookup.scores().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(
                e ->
                    (fact == null ? e.getKey() : labels.ofFact(fact, e.getKey()))
                        + " → "
                        + number(e.getValue()))
            .collect(Collectors.joining(", "));
    return lookup.otherwise() == null
        ? entries
        : entries + ", " + say("policy.step.otherwise", number(lookup.otherwise()));
  }

  private String post(Step.Post post) {
    return post.quantile()
        ? say("policy.step.quantile", percent(post.value()))
        : number(post.value());
  }

  List<TierLine> tiers() {
    var lines = new ArrayList<TierLine>();
    for (var tier : definitions.programme().tiers()) {
      var threshold = policy().thresholds().get(tier.id());
      lines.add(
          threshold == null
              ? new TierLine(tier.title(), "", "", "", "", "", "")
              : new TierLine(
                  tier.title(),
                  say("policy.by." + threshold.by().name()),
                  limit(threshold, threshold.enter()),
                  limit(threshold, threshold.leave()),
                  threshold.judge() == null ? "" : limit(threshold, threshold.judge()),
                  threshold.tenure() == null ? "" : said.period(threshold.tenure()),
                  threshold.buffer() == null ? "" : said.period(threshold.buffer())));
    }
    return lines;
  }

  private static String limit(Policy.Threshold threshold, double value) {
    return (threshold.by().fromAbove() ? "≤ " : "≥ ")
        + (threshold.by() == Policy.By.SHARE ? percent(value) : number(value));
  }

  private Policy policy() {
    return definitions.policy();
  }

  private String say(String key, Object... values) {
    return words.getMessage(key, values, language);
  }

  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}

package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.scoring.Assessment.Contribution;

/**
 * Takes a score apart into what each leaf contributes; the parts add up to the score.
 *
 * <p>Every node hands its amount to its criteria by Euler's rule for homogeneous functions, each
 * getting {@code value × ∂node/∂value}: weight times value in arithmetic means and sums, the share
 * of the weight in geometric means and products, {@code weight × value^p} in power and harmonic
 * means, all to the criteria that attain a maximum or minimum. Where a node takes steps after it is
 * aggregated, the amounts are scaled to what came out.
 */
final class Decomposition {
  private static final String WITHOUT = "but ";

  private final Tree.Trace trace;
  private final int row;
  private final double score;
  private final Map<String, FactValue> facts;
  private final List<Contribution> parts = new ArrayList<>();

  private Decomposition(Tree.Trace trace, int row, double score, Map<String, FactValue> facts) {
    this.score = score;
    this.trace = trace;
    this.row = row;
    this.facts = facts;
  }

  /**
   * The contributions, one a node, the whole first and then in the order of the policy.
   *
   * @param score NaN where there is none; then all parts are 0
   */
  static List<Contribution> of(
      Tree tree, Tree.Trace trace, int row, double score, Map<String, FactValue> facts) {
    var decomposition = new Decomposition(trace, row, score, facts);
    decomposition.share(tree.root(), Double.isNaN(score) ? 0 : score, 1, null);
    return Double.isNaN(score) ? decomposition.parts : exact(decomposition.parts, score);
  }

  /**
   * @param standIn what the node above took for this one where it has no value; null where it has
   */
  private void share(Node node, double amount, double weight, @Nullable String standIn) {
    if (node.fact() >= 0) {
      leaf(node, amount, weight, standIn);
      return;
    }
    double before = trace.before()[node.number()][row];
    parts.add(
        new Contribution(
            node.path().isEmpty() ? "score" : node.path(),
            node.criterion().title(),
            "",
            Double.isNaN(before) ? "" : Double.toString(before),
            node.path().isEmpty() ? score : trace.after()[node.number()][row],
            weight,
            0,
            standIn));
    int n = node.children().size();
    var values = new double[n];
    var weights = new double[n];
    var standIns = new @Nullable String[n];
    for (int c = 0; c < n; c++) {
      var child = node.children().get(c);
      values[c] = trace.after()[child.number()][row];
      if (Double.isNaN(values[c])) {
        values[c] = node.standIn(c);
        standIns[c] =
            Double.isNaN(values[c]) ? "missing" : "missing, counts as " + number(values[c]);
      }
      weights[c] = Double.isNaN(values[c]) ? 0 : node.weights()[c];
    }
    double aggregate = trace.before()[node.number()][row];
    var parts = parts(node, values, weights, aggregate);
    double total = total(weights);
    boolean plain = node.criterion().aggregate().mean() == org.keyroll.definition.Policy.Mean.SUM;
    for (int c = 0; c < n; c++) {
      double share = total == 0 ? 0 : weights[c] / total;
      double part =
          Double.isNaN(aggregate) || aggregate == 0 && amount != 0
              ? amount * share
              : amount == aggregate ? parts[c] : parts[c] * (amount / aggregate);
      share(
          node.children().get(c),
          Double.isFinite(part) ? part : 0,
          weight * (plain ? weights[c] : share),
          standIns[c] != null ? standIns[c] : standIn == null ? null : without(node, standIn));
    }
  }

  /** What stands for a known criterion under a node that has no value. */
  private static String without(Node node, String standIn) {
    return standIn.startsWith(WITHOUT)
        ? standIn
        : WITHOUT
            + (node.path().isEmpty() ? "the whole" : node.path())
            + " has no value"
            + standIn.replaceFirst("^missing,?", standIn.contains(",") ? " and" : "");
  }

  private static String number(double value) {
    return new FactValue(value, List.of(), List.of(), null, null, null).text();
  }

  private static double total(double[] weights) {
    double total = 0;
    for (double w : weights) {
      total += w;
    }
    return total;
  }

  /** Amounts that add up to the aggregate. */
  private static double[] parts(Node node, double[] v, double[] w, double aggregate) {
    var rule = node.criterion().aggregate();
    var parts = new double[v.length];
    double total = 0;
    for (int i = 0; i < v.length; i++) {
      if (w[i] == 0
          && rule.mean() != org.keyroll.definition.Policy.Mean.MAX
          && rule.mean() != org.keyroll.definition.Policy.Mean.MIN) {
        continue;
      }
      parts[i] =
          switch (rule.mean()) {
            case ARITHMETIC, SUM -> w[i] * v[i];
            case GEOMETRIC, PRODUCT -> w[i];
            case HARMONIC -> aggregate == 0 ? (v[i] == 0 ? w[i] : 0) : w[i] / v[i];
            case POWER -> w[i] * Math.pow(v[i], rule.exponent());
            case MAX, MIN -> v[i] == aggregate ? 1 : 0;
          };
      total += parts[i];
    }
    switch (rule.mean()) {
      case SUM -> {}
      case ARITHMETIC -> {
        double weights = total(w);
        for (int i = 0; i < parts.length; i++) {
          parts[i] = weights == 0 ? 0 : parts[i] / weights;
        }
      }
      default -> {
        for (int i = 0; i < parts.length; i++) {
          parts[i] = total == 0 ? 0 : aggregate * (parts[i] / total);
        }
      }
    }
    return parts;
  }

  private void leaf(Node node, double amount, double weight, @Nullable String standIn) {
    var name = node.criterion().fact();
    var fact = facts.getOrDefault(name == null ? "" : name, FactValue.MISSING);
    double value = trace.after()[node.number()][row];
    var filled = standIn;
    if (fact.value() == null && !Double.isNaN(value)) {
      filled = "missing, filled with " + filling(node);
    } else if (fact.value() != null && Double.isNaN(value)) {
      filled = "for which its steps have no answer";
    }
    parts.add(
        new Contribution(
            node.path(),
            node.criterion().title(),
            name == null ? "" : name,
            fact.text(),
            value,
            weight,
            amount,
            filled));
  }

  private static String filling(Node node) {
    for (var stage : node.stages()) {
      if (stage.treatment().fills()) {
        return stage.treatment().words();
      }
    }
    return "a constant";
  }

  /**
   * Puts what rounding has lost into the greatest part, so that the parts add up in their order.
   */
  private static List<Contribution> exact(List<Contribution> parts, double score) {
    for (int round = 0; round < 4; round++) {
      double sum = 0;
      int greatest = 0;
      for (int i = 0; i < parts.size(); i++) {
        sum += parts.get(i).contribution();
        if (Math.abs(parts.get(i).contribution()) > Math.abs(parts.get(greatest).contribution())) {
          greatest = i;
        }
      }
      if (Math.abs(sum - score) <= 1e-14 * Math.abs(score)) {
        break;
      }
      var part = parts.get(greatest);
      parts.set(greatest, part.with(part.contribution() + (score - sum)));
    }
    return parts;
  }
}

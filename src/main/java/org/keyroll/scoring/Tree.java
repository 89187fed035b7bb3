package org.keyroll.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.Mean;

/**
 * Scores columns of units: each criterion is a column of numbers over all units, NaN where it has
 * no value, from the leaves to the root.
 */
final class Tree {
  private final Node root;
  private final int nodes;

  Tree(Node root) {
    this.root = root;
    this.nodes = count(root);
  }

  private static int count(Node node) {
    return 1 + node.children().stream().mapToInt(Tree::count).sum();
  }

  Node root() {
    return root;
  }

  /** The number of nodes. */
  int size() {
    return nodes;
  }

  /**
   * A column and the units of which it knows something that was not filled in.
   *
   * @param values NaN where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // two columns are never compared
  record Column(double[] values, BitSet known) {}

  /**
   * The columns of all nodes, by their numbers, for reasons.
   *
   * @param before before the steps of the node: a fact, or the aggregate
   * @param after after them
   */
  @SuppressWarnings("ArrayRecordComponent") // nor are two traces
  record Trace(double[][] before, double[][] after) {}

  Trace trace() {
    return new Trace(new double[nodes][], new double[nodes][]);
  }

  /**
   * The scores of all units of a matrix; NaN where facts are insufficient.
   *
   * @param fit whether statistics are worked out and put, or taken as they are
   * @param trace filled with the columns of all nodes, where it is wanted
   */
  double[] scores(Matrix matrix, Statistics statistics, boolean fit, @Nullable Trace trace) {
    var column = column(root, matrix, statistics, fit, trace);
    for (int i = 0; i < matrix.size(); i++) {
      if (!column.known().get(i)) {
        column.values()[i] = Double.NaN;
      }
    }
    return column.values();
  }

  private Column column(
      Node node, Matrix matrix, Statistics statistics, boolean fit, @Nullable Trace trace) {
    Column column;
    if (node.fact() >= 0) {
      column = leaf(node, matrix);
    } else {
      var children =
          IntStream.range(0, node.children().size())
              .parallel()
              .mapToObj(c -> column(node.children().get(c), matrix, statistics, fit, trace))
              .toList();
      column = aggregate(node.criterion().aggregate(), Weighing.of(node), children, matrix.size());
    }
    if (trace != null) {
      trace.before()[node.number()] = column.values().clone();
    }
    for (var stage : node.stages()) {
      stage.run(column.values(), matrix, statistics, fit);
    }
    if (trace != null) {
      trace.after()[node.number()] = column.values().clone();
    }
    return column;
  }

  static Column leaf(Node node, Matrix matrix) {
    int size = matrix.size();
    var known = new BitSet(size);
    double[] values;
    if (matrix.isNumber(node.fact())) {
      values = Arrays.copyOf(matrix.numbers(node.fact()), size);
    } else {
      values = new double[size];
      var byCode =
          matrix.words(node.fact()).stream()
              .mapToDouble(w -> node.lookup().getOrDefault(w, node.otherwise()))
              .toArray();
      var codes = matrix.codes(node.fact());
      for (int i = 0; i < size; i++) {
        values[i] = codes[i] < 0 ? Double.NaN : byCode[codes[i]];
      }
    }
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(values[i])) {
        known.set(i);
      }
    }
    return new Column(values, known);
  }

  /**
   * How a node takes its children.
   *
   * @param standIns what stands for a child without a value; NaN: it is left out
   * @param fails whether the node has no value without that of a child
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Weighing(double[] weights, double[] standIns, boolean[] fails) {
    static Weighing of(Node node) {
      int n = node.children().size();
      var standIns = new double[n];
      var fails = new boolean[n];
      for (int c = 0; c < n; c++) {
        standIns[c] = node.standIn(c);
        fails[c] = node.failsWithout(c);
      }
      return new Weighing(node.weights(), standIns, fails);
    }
  }

  static Column aggregate(
      Policy.Aggregate rule, Weighing weighing, List<Column> children, int size) {
    int n = children.size();
    var columns = children.stream().map(Column::values).toArray(double[][]::new);
    var weights = weighing.weights();
    var values = new double[size];
    var known = new BitSet(size);
    children.forEach(c -> known.or(c.known()));
    boolean plain = rule.mean() == Mean.ARITHMETIC && rule.coverage() == 0;
    double all = total(weights, n);
    var v = new double[n];
    var w = new double[n];
    for (int i = 0; i < size; i++) {
      if (plain) {
        // The same sum in the same order as below, without looking at each child twice.
        double sum = 0;
        for (int c = 0; c < n; c++) {
          sum += weights[c] * columns[c][i];
        }
        if (!Double.isNaN(sum)) {
          values[i] = finite(sum / all);
          continue;
        }
      }
      int present = 0;
      boolean any = false;
      boolean fails = false;
      for (int c = 0; c < n; c++) {
        double value = columns[c][i];
        if (Double.isNaN(value)) {
          fails |= weighing.fails()[c];
          value = weighing.standIns()[c];
        } else {
          any = true;
        }
        if (!Double.isNaN(value)) {
          v[present] = value;
          w[present++] = weights[c];
        }
      }
      values[i] =
          !any || fails || rule.coverage() > 0 && !covered(rule, weights, children, i)
              ? Double.NaN
              : aggregate(rule.mean(), rule.exponent(), v, w, present);
    }
    return new Column(values, known);
  }

  private static boolean covered(
      Policy.Aggregate rule, double[] weights, List<Column> children, int unit) {
    double known = 0;
    double all = 0;
    for (int c = 0; c < children.size(); c++) {
      double weight = rule.byWeight() ? weights[c] : Math.signum(weights[c]);
      all += weight;
      var child = children.get(c);
      known += child.known().get(unit) && !Double.isNaN(child.values()[unit]) ? weight : 0;
    }
    return known >= rule.coverage() * all * (1 - 1e-12);
  }

  /**
   * One value of several.
   *
   * @return NaN where the mean does not exist, such as a geometric one of a negative value
   */
  static double aggregate(Mean mean, double exponent, double[] v, double[] w, int n) {
    return switch (mean) {
      case ARITHMETIC -> finite(weighted(v, w, n) / total(w, n));
      case SUM -> weighted(v, w, n);
      case GEOMETRIC -> finite(Math.exp(logs(v, w, n) / total(w, n)));
      case HARMONIC -> power(-1, v, w, n);
      case POWER -> power(exponent, v, w, n);
      case PRODUCT -> product(v, w, n);
      case MAX -> extreme(v, n, 1);
      case MIN -> extreme(v, n, -1);
    };
  }

  private static double finite(double x) {
    return Double.isInfinite(x) ? Double.NaN : x;
  }

  private static double total(double[] w, int n) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += w[i];
    }
    return total;
  }

  private static double weighted(double[] v, double[] w, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += w[i] * v[i];
    }
    return sum;
  }

  private static double logs(double[] v, double[] w, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      // A weight of 0 takes no part, also where the logarithm is endless.
      sum += w[i] == 0 ? 0 : w[i] * Math.log(v[i]);
    }
    return sum;
  }

  private static double power(double exponent, double[] v, double[] w, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += w[i] == 0 ? 0 : w[i] * (v[i] < 0 ? Double.NaN : Math.pow(v[i], exponent));
    }
    return finite(Math.pow(sum / total(w, n), 1 / exponent));
  }

  private static double product(double[] v, double[] w, int n) {
    double product = 1;
    for (int i = 0; i < n; i++) {
      product *= w[i] == 1 ? v[i] : Math.pow(v[i], w[i]);
    }
    return finite(product);
  }

  private static double extreme(double[] v, int n, int sign) {
    double extreme = v[0];
    for (int i = 1; i < n; i++) {
      extreme = sign * v[i] > sign * extreme ? v[i] : extreme;
    }
    return extreme;
  }
}

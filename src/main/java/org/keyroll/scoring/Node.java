package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keyroll.definition.Policy.Criterion;
import org.keyroll.definition.Policy.Missing;
import org.keyroll.definition.Policy.Weights;
import org.keyroll.definition.Step;

/**
 * A criterion with what follows from its place in the tree.
 *
 * @param number counts the nodes of the tree, the root 0
 * @param path ids from the top, such as {@code foreign/overseas_sites}; empty for the root
 * @param fact number of the fact of a leaf; -1 for others
 * @param lookup what a text fact is looked up in, when that is the first step; empty otherwise
 * @param otherwise score of texts that do not stand there; NaN for none
 * @param weights of the children
 */
@SuppressWarnings("ArrayRecordComponent") // nodes are never compared
record Node(
    int number,
    Criterion criterion,
    String path,
    int fact,
    Map<String, Double> lookup,
    double otherwise,
    List<Stage> stages,
    List<Node> children,
    double[] weights) {

  static Node root(Criterion root, Facts facts) {
    return node(root, "", facts, new int[1]);
  }

  private static Node node(Criterion criterion, String path, Facts facts, int[] count) {
    int number = count[0]++;
    var children = new ArrayList<Node>();
    for (var child : criterion.criteria()) {
      children.add(
          node(child, path.isEmpty() ? child.id() : path + "/" + child.id(), facts, count));
    }
    boolean equal = criterion.aggregate().weights() == Weights.EQUAL;
    var weights = children.stream().mapToDouble(c -> equal ? 1 : c.criterion().weight()).toArray();
    int fact = criterion.fact() == null ? -1 : facts.number(criterion.fact());
    var steps = criterion.steps();
    Map<String, Double> lookup = Map.of();
    double otherwise = Double.NaN;
    boolean text =
        fact >= 0 && facts.types().get(fact) == org.keyroll.definition.Policy.FactType.TEXT;
    if (text && steps.get(0) instanceof Step.Lookup first) {
      lookup = new HashMap<>(first.scores());
      otherwise = first.otherwise() == null ? Double.NaN : first.otherwise();
      steps = steps.subList(1, steps.size());
    }
    return new Node(
        number,
        criterion,
        path,
        fact,
        lookup,
        otherwise,
        stages(steps, path.isEmpty() ? "score" : path, facts),
        children,
        weights);
  }

  /** Steps in their places. */
  static List<Stage> stages(List<Step> steps, String key, Facts facts) {
    var stages = new ArrayList<Stage>();
    for (var step : steps) {
      var treatment = Treatment.of(step);
      var within = treatment.within();
      stages.add(
          new Stage(
              treatment,
              key + "#" + (stages.size() + 1),
              within == null ? -1 : facts.number(within)));
    }
    return stages;
  }

  /** What stands for a child without a value; NaN when it is left out or fails this node. */
  double standIn(int child) {
    var missing = children.get(child).criterion().missing();
    return missing.kind() == Missing.Kind.CONSTANT ? missing.value() : Double.NaN;
  }

  /** Whether this node has no value without that of a child; one of weight 0 only informs. */
  boolean failsWithout(int child) {
    return weights[child] != 0
        && children.get(child).criterion().missing().kind() == Missing.Kind.FAIL;
  }

  boolean needsPopulation() {
    return stages.stream().anyMatch(s -> s.treatment().needsPopulation())
        || children.stream().anyMatch(Node::needsPopulation);
  }
}

package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Policy;

/**
 * A unit under a policy on a date, with the reasons. Whether it is on the list already is not known
 * here: that, tenure, time in a buffer and quotas are for adjustment to apply.
 *
 * @param score null when facts are insufficient
 * @param rank by score within the population, as {@code ranking} says; null where the policy's
 *     thresholds do not ask for it or there is no score
 * @param enters rank of the highest tier that the score or a trigger lets the unit enter; the
 *     number of tiers when none
 * @param stays rank of the highest tier that the unit may stay in once it is there
 * @param judged rank of the highest tier of which a person may decide that it enters; never below
 *     {@code enters}
 * @param nodes one a node of the tree, the whole first and then in the order of the policy; their
 *     contributions add up to the score
 * @param triggers ids of the triggers that fired
 * @param exemptions ids of the exemptions that hold; where they decide, nothing is entered or
 *     stayed in
 * @param judgements ids of the judgements that hold
 * @param recheckOn the next date on which time alone changes a fact
 */
public record Assessment(
    @Nullable Double score,
    @Nullable Double rank,
    int enters,
    int stays,
    int judged,
    List<Contribution> nodes,
    List<String> triggers,
    List<String> exemptions,
    List<String> judgements,
    Map<String, FactValue> facts,
    @Nullable LocalDate recheckOn) {

  /**
   * The rank of the tier that follows for a unit that is in another one now: to enter or climb
   * takes the line to enter, to stay takes the lower line to stay.
   *
   * @param now rank of its tier on the list; the number of tiers where it is not on it
   * @param none the number of tiers
   */
  public static int tier(int enters, int stays, int now, int none) {
    return now == none || enters < now ? enters : Math.max(now, stays);
  }

  /** The leaves: what facts contribute, in the order of the policy. */
  public List<Contribution> contributions() {
    return nodes.stream().filter(node -> !node.fact().isEmpty()).toList();
  }

  /** The facts for want of which a unit on the list is suspended, by name, in their order. */
  public Map<String, FactValue.Suspends> suspending() {
    var suspending = new LinkedHashMap<String, FactValue.Suspends>();
    facts.forEach(
        (name, fact) -> {
          if (fact.suspends() != null) {
            suspending.put(name, fact.suspends());
          }
        });
    return suspending;
  }

  /** The facts that no criterion takes, by name, in their order. */
  public Map<String, FactValue> otherFacts() {
    var taken = contributions().stream().map(Contribution::fact).collect(Collectors.toSet());
    var others = new LinkedHashMap<>(facts);
    others.keySet().removeAll(taken);
    return others;
  }

  /** The triggers, exemptions and judgements of a policy, in its order. */
  public List<Clause> clauses(Policy policy) {
    var clauses = new ArrayList<Clause>();
    for (var t : policy.triggers()) {
      clauses.add(new Clause(Clause.Kind.TRIGGER, t.id(), t.when(), triggers.contains(t.id())));
    }
    for (var e : policy.exemptions()) {
      clauses.add(new Clause(Clause.Kind.EXEMPTION, e.id(), e.when(), exemptions.contains(e.id())));
    }
    for (var j : policy.judgements()) {
      clauses.add(new Clause(Clause.Kind.JUDGEMENT, j.id(), j.when(), judgements.contains(j.id())));
    }
    return clauses;
  }

  /** A clause of the policy and whether it holds of the unit. */
  public record Clause(Kind kind, String id, String when, boolean holds) {
    /** What follows when it holds. */
    public enum Kind {
      TRIGGER,
      EXEMPTION,
      JUDGEMENT
    }
  }

  /** The leaves without a value for want of which there is no score; empty where there is one. */
  public List<Contribution> voiding(Policy policy) {
    var byPath = new HashMap<String, Contribution>();
    nodes.forEach(node -> byPath.put(node.path(), node));
    var voiding = new ArrayList<Contribution>();
    voiding(policy.root(), "", byPath, voiding);
    return voiding;
  }

  private static void voiding(
      Policy.Criterion node,
      String path,
      Map<String, Contribution> byPath,
      List<Contribution> voiding) {
    var is = byPath.get(path.isEmpty() ? "score" : path);
    if (is == null || !Double.isNaN(is.normalised())) {
      return;
    }
    if (node.fact() != null) {
      voiding.add(is);
    }
    for (var child : node.criteria()) {
      if (child.weight() != 0 && child.missing().kind() == Policy.Missing.Kind.FAIL) {
        voiding(child, path.isEmpty() ? child.id() : path + "/" + child.id(), byPath, voiding);
      }
    }
  }

  /**
   * What one criterion adds to the score.
   *
   * @param path ids from the top, such as {@code foreign/overseas_sites}; {@code score} for the
   *     whole
   * @param fact empty for one that has further criteria
   * @param raw the fact as text, or the aggregate; empty when missing
   * @param normalised the same after all steps; NaN when there is no value
   * @param weight share in the whole, after the weights of missing criteria were handed on
   * @param contribution {@code weight × normalised} where all nodes above are arithmetic; 0 for one
   *     that has further criteria, which contribute by themselves
   * @param filled how a missing fact was dealt with; null when it is not missing
   */
  public record Contribution(
      String path,
      String title,
      String fact,
      String raw,
      double normalised,
      double weight,
      double contribution,
      @Nullable String filled) {

    /** The value as people write it, and how it was dealt with where it is missing. */
    public String words(Labels labels) {
      var value = labels.ofFact(fact, raw);
      return filled == null ? value : raw.isEmpty() ? filled : value + ", " + filled;
    }

    Contribution with(double other) {
      return new Contribution(path, title, fact, raw, normalised, weight, other, filled);
    }
  }
}

package org.keyroll.adjustment;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keyroll.definition.Condition;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Departments;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Policy;
import org.keyroll.scoring.FactValue;

/** Assigns units to departments by the rules of {@code departments.yml}. */
final class Assignment {
  private final Departments departments;
  private final Map<String, Condition> conditions = new HashMap<>();
  private final Map<String, Integer> order = new HashMap<>();

  Assignment(Definitions definitions) {
    this.departments = definitions.departments();
    for (var department : departments.departments()) {
      order.put(department.id(), order.size());
    }
    var types = new HashMap<String, Policy.FactType>();
    definitions.policy().facts().forEach((name, fact) -> types.put(name, fact.type()));
    for (var rule : departments.assignment()) {
      if (rule.when() != null) {
        try {
          conditions.put(rule.id(), Condition.compile(rule.when(), types));
        } catch (InvalidCondition e) {
          throw new IllegalStateException("the definitions were checked: " + rule.id(), e);
        }
      }
    }
  }

  /** Department to the reason it supervises the unit, in the order of {@code departments.yml}. */
  Map<String, String> of(Map<String, FactValue> facts) {
    var known = new HashMap<String, Object>();
    facts.forEach(
        (name, value) -> {
          if (value.value() != null) {
            known.put(name, value.value());
          }
        });
    var assigned = new TreeMap<Integer, Map.Entry<String, String>>();
    for (var rule : departments.assignment()) {
      for (var department : assignees(rule, known)) {
        Integer position = order.get(department);
        if (position != null) {
          assigned.putIfAbsent(position, Map.entry(department, rule.reason()));
        }
      }
    }
    var reasons = new LinkedHashMap<String, String>();
    assigned.values().forEach(e -> reasons.put(e.getKey(), e.getValue()));
    if (reasons.isEmpty()) {
      departments.otherwise().forEach(d -> reasons.put(d, ""));
    }
    return reasons;
  }

  private List<String> assignees(Departments.Rule rule, Map<String, Object> known) {
    var condition = conditions.get(rule.id());
    if (condition != null && !condition.holds(known)) {
      return List.of();
    }
    if (rule.by() != null) {
      return known.get(rule.by()) instanceof String department ? List.of(department) : List.of();
    }
    return rule.to();
  }
}

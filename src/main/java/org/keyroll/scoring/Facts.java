package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.Count;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.scoring.FactValue.Evidence;

/** Works out the facts of one unit from its records; pure. */
final class Facts {
  private final List<Recipe> recipes = new ArrayList<>();
  private final LocalDate asOf;
  private final Set<String> delivered;

  /**
   * @param delivered sources that have ever delivered; a count over another one is not zero but
   *     missing
   */
  Facts(Policy policy, LocalDate asOf, Set<String> delivered) {
    this.asOf = asOf;
    this.delivered = delivered;
    policy
        .facts()
        .forEach(
            (name, fact) ->
                recipes.add(
                    new Recipe(
                        name,
                        fact.type(),
                        fact.from().stream().map(Path::of).toList(),
                        fact.count())));
  }

  /** How a fact is come by, with its paths taken apart once for all units. */
  private record Recipe(String name, FactType type, List<Path> from, @Nullable Count count) {}

  private record Path(String source, String field) {
    static Path of(String text) {
      int dot = text.indexOf('.');
      return new Path(text.substring(0, dot), text.substring(dot + 1));
    }
  }

  /**
   * Facts by name, in the order of the policy.
   *
   * @param records of the unit, in the order of their ids
   */
  Map<String, FactValue> of(List<UnitRecord> records) {
    var facts = new LinkedHashMap<String, FactValue>();
    for (var recipe : recipes) {
      facts.put(
          recipe.name(),
          recipe.count() == null
              ? attribute(recipe.type(), recipe.from(), records)
              : count(recipe.count(), records));
    }
    return facts;
  }

  /** The first source that has a value gives it; within a source, the newest record. */
  private static FactValue attribute(FactType type, List<Path> from, List<UnitRecord> records) {
    Evidence chosen = null;
    List<Evidence> superseded = null;
    for (var path : from) {
      for (int i = records.size() - 1; i >= 0; i--) {
        var record = records.get(i);
        var value =
            record.source().equals(path.source()) ? record.values().get(path.field()) : null;
        if (value != null) {
          var evidence = new Evidence(record.recordId(), path.source(), path.field(), value);
          if (chosen == null) {
            chosen = evidence;
          } else {
            superseded = superseded == null ? new ArrayList<>() : superseded;
            superseded.add(evidence);
          }
        }
      }
    }
    if (chosen == null) {
      return FactValue.MISSING;
    }
    Object value = type == FactType.NUMBER ? (Object) number(chosen.value()) : chosen.value();
    return new FactValue(value, List.of(chosen), superseded == null ? List.of() : superseded, null);
  }

  private static double number(String value) {
    return switch (value) {
      case "true" -> 1;
      case "false" -> 0;
      default -> Double.parseDouble(value);
    };
  }

  private FactValue count(Count count, List<UnitRecord> records) {
    if (!delivered.contains(count.source())) {
      return FactValue.MISSING;
    }
    var evidence = new ArrayList<Evidence>(0);
    LocalDate changesOn = null;
    for (var record : records) {
      var on = record.source().equals(count.source()) ? record.values().get(count.on()) : null;
      if (on == null || !matches(count, record)) {
        continue;
      }
      var date = LocalDate.parse(on);
      var until = count.within() == null ? null : date.plus(count.within());
      if (until == null || until.isAfter(asOf)) {
        evidence.add(new Evidence(record.recordId(), record.source(), count.on(), on));
        changesOn = earlier(changesOn, until);
      }
    }
    return new FactValue((double) evidence.size(), evidence, List.of(), changesOn);
  }

  private static boolean matches(Count count, UnitRecord record) {
    for (var condition : count.where().entrySet()) {
      var value = record.values().get(condition.getKey());
      if (value == null || !condition.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }

  static @Nullable LocalDate earlier(@Nullable LocalDate a, @Nullable LocalDate b) {
    return a == null || b != null && b.isBefore(a) ? b : a;
  }
}

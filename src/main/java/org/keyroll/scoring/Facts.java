package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Formula;
import org.keyroll.definition.InvalidCondition;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Source;
import org.keyroll.intake.Fields;

/** Works out the facts of units from their records; pure. */
final class Facts {
  private final List<String> names;
  private final List<FactType> types;
  private final Map<String, FactType> typeOf;
  private final List<String> sources;
  private final List<Fields> fields;
  private final List<Recipe> order;
  private final Basis basis;

  /** The same recipes against another basis. */
  private Facts(Facts same, Basis basis) {
    this.names = same.names;
    this.types = same.types;
    this.typeOf = same.typeOf;
    this.sources = same.sources;
    this.fields = same.fields;
    this.order = same.order;
    this.basis = basis;
  }

  Facts(Policy policy, Map<String, Source> definitions, Basis basis) {
    this.basis = basis;
    types = new ArrayList<>();
    typeOf = new LinkedHashMap<>();
    sources = new ArrayList<>();
    fields = new ArrayList<>();
    order = new ArrayList<>();
    names = List.copyOf(policy.facts().keySet());
    policy
        .facts()
        .forEach(
            (name, fact) -> {
              types.add(fact.type());
              typeOf.put(name, fact.type());
            });
    var wanted = wanted(policy);
    wanted.forEach(
        (source, slots) -> {
          var definition = definitions.get(source);
          sources.add(source);
          fields.add(new Fields(definition == null ? slots : definition.columns().keySet(), slots));
        });
    compile(policy);
  }

  /** Source to the fields that are read of it, in a fixed order. */
  private static Map<String, Set<String>> wanted(Policy policy) {
    var wanted = new TreeMap<String, Set<String>>();
    for (var fact : policy.facts().values()) {
      for (var path : fact.from()) {
        int dot = path.indexOf('.');
        var slots = wanted.computeIfAbsent(path.substring(0, dot), s -> new LinkedHashSet<>());
        slots.add(path.substring(dot + 1));
        if (fact.freshness() != null && fact.freshness().dated() != null) {
          slots.add(fact.freshness().dated());
        }
      }
      var events = fact.events();
      if (events != null) {
        var slots = wanted.computeIfAbsent(events.source(), s -> new LinkedHashSet<>());
        slots.add(events.on());
        slots.addAll(events.where().keySet());
        if (events.field() != null) {
          slots.add(events.field());
        }
      }
    }
    return wanted;
  }

  private void compile(Policy policy) {
    var settled = new HashMap<String, Boolean>();
    var formulas = new HashMap<String, Formula>();
    policy
        .facts()
        .forEach(
            (name, fact) -> {
              if (fact.expression() != null) {
                try {
                  formulas.put(name, Formula.compile(fact.expression(), fact.type(), typeOf));
                } catch (InvalidCondition e) {
                  throw new IllegalStateException("the definitions were checked: " + name, e);
                }
              }
            });
    while (settled.size() < names.size()) {
      int before = settled.size();
      policy
          .facts()
          .forEach(
              (name, fact) -> {
                var needs = needs(fact, formulas.get(name));
                if (!settled.containsKey(name) && settled.keySet().containsAll(needs)) {
                  boolean late =
                      fact.derived() != null || needs.stream().anyMatch(n -> settled.get(n));
                  settled.put(name, late);
                  order.add(recipe(name, fact, formulas.get(name), late));
                }
              });
      if (settled.size() == before) {
        throw new IllegalStateException("the definitions were checked: facts need themselves");
      }
    }
  }

  private static Set<String> needs(Policy.Fact fact, @Nullable Formula formula) {
    var needs = new HashSet<String>();
    if (formula != null) {
      needs.addAll(formula.facts());
    }
    if (fact.table() != null) {
      needs.addAll(fact.table().by());
    }
    if (fact.derived() != null) {
      needs.add(fact.derived().fact());
      for (var step : fact.derived().steps()) {
        needs.addAll(Treatment.of(step).groupFacts());
      }
    }
    return needs;
  }

  private Recipe recipe(String name, Policy.Fact fact, @Nullable Formula formula, boolean late) {
    var from = new ArrayList<Recipe.Cell>();
    var datedBy = new HashMap<Recipe.Cell, Integer>();
    for (var path : fact.from()) {
      int dot = path.indexOf('.');
      var cell = cell(path.substring(0, dot), path.substring(dot + 1));
      from.add(cell);
      if (fact.freshness() != null && fact.freshness().dated() != null) {
        datedBy.put(cell, cell(cell.sourceId(), fact.freshness().dated()).slot());
      }
    }
    var events = fact.events();
    Recipe.Events compiled = null;
    if (events != null) {
      var where = new LinkedHashMap<Recipe.Cell, Set<String>>();
      events
          .where()
          .forEach((field, values) -> where.put(cell(events.source(), field), Set.copyOf(values)));
      compiled =
          new Recipe.Events(
              events,
              cell(events.source(), events.on()),
              events.field() == null ? null : cell(events.source(), events.field()),
              where);
    }
    var table =
        fact.table() == null
            ? null
            : new Recipe.Table(
                fact.table(), fact.table().by().stream().mapToInt(this::number).toArray());
    return new Recipe(
        number(name),
        name,
        fact.type(),
        fact,
        from,
        datedBy,
        Recipe.missing(fact),
        compiled,
        formula,
        table,
        late);
  }

  private Recipe.Cell cell(String source, String field) {
    int number = sources.indexOf(source);
    return new Recipe.Cell(number, source, fields.get(number).slot(field), field);
  }

  /** The number of a fact, its place in the policy. */
  int number(String fact) {
    return names.indexOf(fact);
  }

  List<String> names() {
    return names;
  }

  List<FactType> types() {
    return types;
  }

  Map<String, FactType> typeOf() {
    return typeOf;
  }

  /** The sources that facts come from, by the numbers that records carry. */
  List<String> sources() {
    return sources;
  }

  Fields fields(int source) {
    return fields.get(source);
  }

  LocalDate asOf() {
    return basis.asOf();
  }

  /** The same facts on another date. */
  Facts on(LocalDate date) {
    return new Facts(this, new Basis(date, basis.delivered(), basis.lists()));
  }

  /** The facts that come from records or lists and are not made of others, in order. */
  List<String> given() {
    return order.stream().filter(recipe -> !made(recipe)).map(Recipe::name).toList();
  }

  private static boolean made(Recipe recipe) {
    return recipe.fact().derived() != null
        || recipe.formula() != null
        || recipe.table() != null
        || recipe.fact().constant() != null;
  }

  /** Numbers of the facts that need no other units. */
  int[] own() {
    return order.stream().filter(recipe -> !recipe.late()).mapToInt(Recipe::number).toArray();
  }

  /** The facts that need the whole population, in the order in which they can be worked out. */
  List<Recipe> late() {
    return order.stream().filter(Recipe::late).toList();
  }

  /**
   * Puts the facts of a unit into its row, but for the late ones.
   *
   * @return the day, counted from 1970, on which time alone changes one; the greatest long for
   *     never
   */
  long put(Matrix matrix, int row, UnitInput unit, Reading reading) {
    long changesOn = Long.MAX_VALUE;
    for (var recipe : order) {
      if (recipe.late()) {
        matrix.putValue(row, recipe.number(), null);
      } else if (recipe.plain()) {
        matrix.put(row, recipe.number(), Attribute.plain(recipe.from().get(0), unit.records()));
      } else {
        read(recipe, matrix, row, unit, reading);
        if (recipe.type() == FactType.NUMBER) {
          matrix.put(row, recipe.number(), reading.number);
        } else {
          matrix.put(row, recipe.number(), reading.text);
        }
        changesOn = Math.min(changesOn, reading.changesOn());
      }
    }
    return changesOn;
  }

  /** Puts given facts into a row, and those that are made of them, but for the late ones. */
  void put(Matrix matrix, int row, Map<String, Object> given) {
    for (var recipe : order) {
      matrix.putValue(
          row,
          recipe.number(),
          recipe.late()
              ? null
              : made(recipe) ? other(recipe, matrix, row) : given.get(recipe.name()));
    }
  }

  /** The facts of a unit whose row is complete, with their cells, in the order of the policy. */
  Map<String, FactValue> explain(Matrix matrix, int row, UnitInput unit) {
    var values = new FactValue[names.size()];
    var reading = new Reading(true);
    for (var recipe : order) {
      if (recipe.late()) {
        reading.clear();
        reading.note(note(recipe));
      } else {
        read(recipe, matrix, row, unit, reading);
      }
      values[recipe.number()] = reading.value(matrix.value(row, recipe.number()));
    }
    var facts = new LinkedHashMap<String, FactValue>();
    for (int i = 0; i < values.length; i++) {
      facts.put(names.get(i), values[i]);
    }
    return facts;
  }

  private static String note(Recipe recipe) {
    var derived = recipe.fact().derived();
    return derived != null
        ? "from " + derived.fact() + " and the population"
        : recipe.formula() != null ? "= " + recipe.formula() : "from a table";
  }

  private void read(Recipe recipe, Matrix matrix, int row, UnitInput unit, Reading reading) {
    reading.clear();
    if (!recipe.from().isEmpty()) {
      new Attribute(recipe, basis).read(unit.records(), reading);
    } else if (recipe.events() != null) {
      new EventWindow(recipe.events(), recipe.type(), basis).read(unit.records(), reading);
    } else {
      computed(recipe, matrix, row, unit, reading);
    }
  }

  private void computed(Recipe recipe, Matrix matrix, int row, UnitInput unit, Reading reading) {
    Object value;
    if (recipe.fact().listed() != null) {
      value = listed(recipe.fact().listed(), unit, reading);
    } else {
      value = other(recipe, matrix, row);
      if (reading.evident() && recipe.fact().constant() == null) {
        reading.note(note(recipe));
      }
    }
    if (value instanceof Double number) {
      reading.number = number;
    } else if (value instanceof String text) {
      reading.text = text;
    }
  }

  /** The value of a fact that is made of other facts of the same row; also of late ones. */
  @Nullable Object other(Recipe recipe, Matrix matrix, int row) {
    if (recipe.formula() != null) {
      var values = new HashMap<String, Object>();
      for (var name : recipe.formula().facts()) {
        var value = matrix.value(row, number(name));
        if (value != null) {
          values.put(name, value);
        }
      }
      return recipe.formula().value(values);
    }
    var text =
        recipe.table() == null ? recipe.fact().constant() : recipe.table().value(matrix, row);
    return text == null || recipe.type() == FactType.TEXT ? text : (Object) Double.valueOf(text);
  }

  private @Nullable Object listed(Policy.Listed rule, UnitInput unit, Reading reading) {
    var list = basis.lists().get(rule.programme());
    if (list == null || unit.identifier() == null) {
      return null;
    }
    var entry = list.entries().get(unit.identifier());
    reading.note("revision %d of %s".formatted(list.revision(), rule.programme()));
    return switch (rule.take()) {
      case LISTED -> entry == null ? 0.0 : 1.0;
      case TIER -> entry == null ? null : entry.tier();
      case SCORE -> entry == null || Double.isNaN(entry.score()) ? null : (Double) entry.score();
    };
  }

  /** The programmes whose lists are asked. */
  static Collection<String> lists(Policy policy) {
    var lists = new LinkedHashSet<String>();
    for (var fact : policy.facts().values()) {
      if (fact.listed() != null) {
        lists.add(fact.listed().programme());
      }
    }
    return lists;
  }
}

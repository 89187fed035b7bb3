package org.keyroll.definition;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.keyroll.unit.Spelling;

/**
 * What the checks across files share: the files that fit their schema, and the faults so far. A
 * reference into a file that is itself at fault is not reported.
 */
final class Check {
  private final Map<String, Document> documents;
  private final Set<String> sourceIds;
  private final List<String> programmes;
  private final Map<String, Source> sources = new TreeMap<>();
  private final List<Fault> faults;
  private final Map<String, Map<String, List<String>>> lookups = new TreeMap<>();

  /**
   * @param documents those that fit their schema, by name such as {@code sources/incidents.yml}
   * @param sourceIds all sources, also those at fault
   * @param programmes beside this one
   */
  Check(
      Map<String, Document> documents,
      Set<String> sourceIds,
      List<String> programmes,
      List<Fault> faults) {
    this.programmes = programmes;
    this.documents = documents;
    this.sourceIds = sourceIds;
    this.faults = faults;
    documents.forEach(
        (name, document) -> {
          if (name.startsWith("lookups/")) {
            var id = name.substring("lookups/".length(), name.lastIndexOf('.'));
            if (lookups.put(id, Lookups.choices(document)) != null) {
              fault(document.root(), "there are two look-ups \"" + id + "\"; keep one of them");
            }
            unambiguous(document.root().members(), "word");
          }
        });
  }

  @Nullable Value file(String name) {
    var document = documents.get(name);
    return document == null ? null : document.root();
  }

  /** The choices of all look-ups that are in order, by id. */
  Map<String, Map<String, List<String>>> lookups() {
    return lookups;
  }

  void fault(Value where, String message) {
    faults.add(where.fault(message));
  }

  void take(Source source) {
    sources.put(source.id(), source);
  }

  List<String> programmes() {
    return programmes;
  }

  Map<String, Source> sources() {
    return sources;
  }

  /** The ids of a list in a file; null where the file is at fault. */
  @Nullable List<String> ids(String file, String key) {
    var root = file(file);
    return root == null ? null : root.list(key, item -> item.text("id"));
  }

  /** Faults a reference that is not among the known ones; null means that they are unknown. */
  void refer(Value reference, String what, @Nullable Collection<String> known) {
    if (known != null && !known.contains(reference.text())) {
      fault(
          reference,
          "there is no "
              + what
              + " \""
              + reference.text()
              + "\""
              + Words.instead(reference.text(), known));
    }
  }

  /** As {@link #refer(Value, String, Collection)}, of a part of a text. */
  void refer(Value text, String part, String what, Collection<String> known) {
    if (!known.contains(part)) {
      fault(text, "there is no " + what + " \"" + part + "\"" + Words.instead(part, known));
    }
  }

  void legalBasis(Value owner) {
    refer(owner.get("legal_basis"), "legal basis", ids("programme.yml", "legal_basis"));
  }

  void department(Value reference) {
    refer(reference, "department", ids("departments.yml", "departments"));
  }

  void fact(Value reference) {
    var policy = file("policy.yml");
    refer(reference, "fact", policy == null ? null : policy.map("facts", fact -> "").keySet());
  }

  /** A source that has records of its own. */
  @Nullable Source source(Value reference) {
    refer(reference, "source", sourceIds);
    var source = sources.get(reference.text());
    if (source != null && source.corrects() != null) {
      fault(
          reference,
          "the rows of \"%s\" correct those of \"%s\"; name that source"
              .formatted(source.id(), source.corrects()));
    }
    return source;
  }

  /** The column that a field of a source names. */
  Source.@Nullable Column field(Value reference, String field, Source source) {
    var column = source.columns().get(field);
    if (column == null) {
      fault(
          reference,
          "source "
              + source.id()
              + " has no field \""
              + field
              + "\""
              + Words.instead(field, source.columns().keySet()));
    }
    return column;
  }

  Source.@Nullable Column field(Value reference, Source source) {
    return field(reference, reference.text(), source);
  }

  /** A field that must hold dates, where the key is there at all. */
  void date(Value owner, String key, Source source) {
    if (owner.has(key)) {
      var reference = owner.get(key);
      var column = field(reference, source);
      if (column != null && column.type() != Source.Type.DATE) {
        fault(reference, "\"" + reference.text() + "\" of " + source.id() + " is no date");
      }
    }
  }

  void where(Value owner, Source source) {
    owner
        .map("where", Function.identity())
        .forEach(
            (field, accepted) -> {
              var column = field(accepted, field, source);
              if (column != null && closed(column)) {
                for (int i = 0; i < accepted.json().size(); i++) {
                  value(accepted.get(i), column, source.id() + "." + field);
                }
              }
            });
  }

  /** Faults a value that a column of fixed values never takes. */
  void value(Value value, Source.Column column, String name) {
    var values = values(column);
    if (closed(column) && !values.contains(value.text())) {
      fault(
          value, name + " is never \"" + value.text() + "\"" + Words.instead(value.text(), values));
    }
  }

  static boolean closed(Source.Column column) {
    return column.type() == Source.Type.CHOICE || column.type() == Source.Type.BOOLEAN;
  }

  static Collection<String> values(Source.Column column) {
    return column.type() == Source.Type.BOOLEAN
        ? List.of("true", "false")
        : column.choices().keySet();
  }

  void unique(List<Value> items, String key) {
    var first = new HashMap<String, Integer>();
    for (var item : items) {
      var value = item.get(key);
      var line = value.document().line(value.at());
      var before = first.putIfAbsent(value.text(), line);
      if (before != null) {
        fault(value, "\"" + value.text() + "\" stands twice; first on line " + before);
      }
    }
  }

  /** Faults a word that two of the groups claim. */
  void unambiguous(Map<String, Value> groups, String what) {
    var owners = new HashMap<String, String>();
    groups.forEach(
        (group, words) -> {
          for (int i = 0; i < words.json().size(); i++) {
            var word = words.get(i);
            var owner = owners.putIfAbsent(Spelling.comparable(word.text()), group);
            if (owner != null && !owner.equals(group)) {
              fault(word, "the " + what + " \"" + word.text() + "\" already belongs to " + owner);
            }
          }
        });
  }

  /** Types of the facts for conditions; null where the policy is at fault. */
  @Nullable Map<String, Policy.FactType> factTypes() {
    var policy = file("policy.yml");
    return policy == null
        ? null
        : policy.map("facts", fact -> fact.word("type", Policy.FactType.class));
  }

  void condition(Value when) {
    var types = factTypes();
    if (types != null) {
      try {
        Condition.compile(when.text(), types);
      } catch (InvalidCondition e) {
        fault(when, String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * The values that a text fact can take; null where they are open or not known.
   *
   * @return value to the places that have it
   */
  @Nullable Map<String, Set<String>> valuesOf(String fact) {
    var policy = file("policy.yml");
    if (policy == null || !policy.get("facts").has(fact)) {
      return null;
    }
    var values = new TreeMap<String, Set<String>>();
    for (var from : policy.get("facts").get(fact).texts("from")) {
      var source = sources.get(from.substring(0, from.indexOf('.')));
      var column =
          source == null ? null : source.columns().get(from.substring(from.indexOf('.') + 1));
      if (column == null || !closed(column)) {
        return null;
      }
      values(column).forEach(v -> values.computeIfAbsent(v, k -> new HashSet<>()).add(from));
    }
    return values.isEmpty() ? null : values;
  }

  static String quoted(Collection<String> words) {
    return words.stream().map(w -> "\"" + w + "\"").collect(Collectors.joining(", "));
  }
}

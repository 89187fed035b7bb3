package org.keyroll.definition;

import java.util.EnumSet;
import java.util.Set;
import org.keyroll.unit.IdentifierScheme;

/** Checks how records are joined to units. */
record MatchingCheck(Check check, Value matching) {
  private static final Set<Source.Type> NAMES =
      EnumSet.of(Source.Type.TEXT, Source.Type.CODE, Source.Type.IDENTIFIER);

  void run() {
    matching.items("registries").forEach(this::registry);
    matching.items("identifiers").forEach(this::identifier);
    if (matching.has("former_name")) {
      somewhere(matching.get("former_name"));
    }
    name();
    check.unique(matching.items("rules"), "id");
    check.unique(matching.items("identifiers"), "field");
    matching.items("rules").forEach(this::rule);
    matching.items("events").forEach(this::event);
    if (matching.has("similarity")) {
      new SimilarityCheck(check, matching, matching.get("similarity")).run();
    }
  }

  private void registry(Value reference) {
    var source = check.source(reference);
    if (source != null && source.kind() != Source.Kind.REGISTRY) {
      check.fault(
          reference,
          "\"" + source.id() + "\" is a report; only a registry says which units there are");
    }
  }

  private void name() {
    var name = matching.get("name");
    var identifiers = matching.list("identifiers", i -> i.text("field"));
    var registries = matching.texts("registries");
    for (var source : check.sources().values()) {
      var column = source.columns().get(name.text());
      if (column == null
          && source.corrects() == null
          && (registries.contains(source.id())
              || identifiers.stream().noneMatch(source.columns()::containsKey))) {
        check.field(name, source);
      } else if (column != null && !NAMES.contains(column.type())) {
        check.fault(
            name,
            "\""
                + name.text()
                + "\" of "
                + source.id()
                + " must be of type text, code or identifier");
      }
    }
  }

  void somewhere(Value field) {
    if (check.sources().values().stream().noneMatch(s -> s.columns().containsKey(field.text()))) {
      var known =
          check.sources().values().stream()
              .flatMap(s -> s.columns().keySet().stream())
              .distinct()
              .toList();
      check.fault(
          field,
          "no source has a field \"" + field.text() + "\"" + Words.instead(field.text(), known));
    }
  }

  private void identifier(Value identifier) {
    var field = identifier.get("field");
    somewhere(field);
    for (var source : check.sources().values()) {
      var column = source.columns().get(field.text());
      if (column != null
          && (column.scheme() == null
              || !identifier.text("scheme").equals(IdentifierScheme.base(column.scheme())))) {
        check.fault(
            field,
            "\""
                + field.text()
                + "\" of "
                + source.id()
                + " is no identifier of scheme "
                + identifier.text("scheme"));
      }
    }
  }

  private void rule(Value rule) {
    if (rule.has("field")) {
      check.refer(
          rule.get("field"), "identifier", matching.list("identifiers", i -> i.text("field")));
    }
    if (rule.text("by").equals("former_name") && !matching.has("former_name")) {
      check.fault(rule.get("by"), "a rule by former_name needs the key \"former_name\" above");
    }
    if (rule.text("by").equals("similarity") && !matching.has("similarity")) {
      check.fault(rule.get("by"), "a rule by similarity needs the part \"similarity\" below");
    }
  }

  private void event(Value event) {
    var reference = event.get("source");
    var source = check.source(reference);
    check.refer(reference, "registry", matching.texts("registries"));
    if (source == null) {
      return;
    }
    var column = check.field(event.get("field"), source);
    if (column != null && !Check.closed(column)) {
      check.fault(
          event.get("field"),
          "\"" + event.text("field") + "\" of " + source.id() + " must be of type choice");
    } else if (column != null) {
      check.value(event.get("equals"), column, source.id() + "." + event.text("field"));
    }
    if (event.has("successor")) {
      var successor = check.field(event.get("successor"), source);
      if (successor != null && successor.type() != Source.Type.IDENTIFIER) {
        check.fault(
            event.get("successor"),
            "\""
                + event.text("successor")
                + "\" of "
                + source.id()
                + " must be of type identifier");
      }
    }
    check.date(event, "on", source);
  }
}

package org.keyroll.definition;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.keyroll.definition.Measure.Bound;
import org.keyroll.definition.Similarity.Kind;

/** Checks the part {@code similarity} of {@code matching.yml}. */
record SimilarityCheck(Check check, Value matching, Value similarity) {

  void run() {
    Map<String, Value> fields = similarity.map("fields", Function.identity());
    fields.forEach(this::field);
    for (var pair : similarity.items("swaps")) {
      for (int i = 0; i < 2; i++) {
        check.refer(pair.get(i), "compared field", fields.keySet());
      }
    }
    similarity.items("never").forEach(n -> check.refer(n, "compared field", fields.keySet()));
    similarity.items("distinct").forEach(check::source);
    check.unique(similarity.items("blocking"), "id");
    for (var rule : similarity.items("blocking")) {
      for (var key : rule.items("on")) {
        key(key, fields);
      }
    }
    var link = similarity.has("link") ? similarity.number("link") : 0.9;
    var ask = similarity.has("ask") ? similarity.number("ask") : 0.3;
    if (ask > link) {
      check.fault(
          similarity.get(similarity.has("ask") ? "ask" : "link"),
          "ask (%s) must not be above link (%s)".formatted(ask, link));
    }
    if (matching.items("rules").stream().noneMatch(r -> r.text("by").equals("similarity"))) {
      check.fault(similarity, "no rule uses it; add {id: similar, by: similarity} to the rules");
    }
  }

  private void field(String name, Value field) {
    var known =
        check.sources().values().stream()
            .flatMap(s -> s.columns().keySet().stream())
            .distinct()
            .toList();
    if (!known.contains(name)) {
      check.fault(field, "no source has a field \"" + name + "\"" + Words.instead(name, known));
    }
    var kind = field.word("as", Kind.class);
    for (var level : field.items("levels")) {
      var measure = SimilarityText.level(level.text()).measure();
      if (!goesWith(measure, kind)) {
        check.fault(level, "\"" + measure.id() + "\" cannot be measured of a " + field.text("as"));
      }
    }
    if (field.has("levels") && !field.items("levels").get(0).text().equals("exact")) {
      check.fault(field.items("levels").get(0), "the first level must be \"exact\"");
    }
    for (var key : List.of("m", "u")) {
      int levels =
          field.has("levels") ? field.items("levels").size() : DefaultLevels.of(kind).size();
      if (field.has(key) && field.items(key).size() != levels + 1) {
        check.fault(
            field.get(key),
            "%d shares are needed: one for each of the %d levels and one for values that differ"
                .formatted(levels + 1, levels));
      }
    }
  }

  private static boolean goesWith(Measure measure, Kind kind) {
    boolean words =
        kind == Kind.NAME || kind == Kind.ORGANISATION || kind == Kind.TEXT || kind == Kind.LIST;
    return switch (measure) {
      case EXACT -> true;
      case WORDS, REARRANGED, OVERLAP -> words;
      case SHORT_FORM, CORE -> kind == Kind.ORGANISATION;
      case DAY_MONTH, DAYS, MONTHS -> kind == Kind.DATE;
      case DIFFERENCE, RATIO -> kind == Kind.NUMBER;
      case SWAPPED -> false;
      default -> measure.bound() == Bound.NONE || kind != Kind.NUMBER && kind != Kind.LIST;
    };
  }

  private void key(Value reference, Map<String, Value> fields) {
    var key = SimilarityText.key(reference.text());
    for (var name : key.fields()) {
      if (!fields.containsKey(name)) {
        check.fault(
            reference,
            "there is no compared field \"" + name + "\"" + Words.instead(name, fields.keySet()));
      } else if (dated(key.function()) && fields.get(name).word("as", Kind.class) != Kind.DATE) {
        check.fault(reference, "\"" + name + "\" is not compared as a date");
      }
    }
  }

  private static boolean dated(Similarity.Function function) {
    return switch (function) {
      case YEAR, MONTH, DAY -> true;
      default -> false;
    };
  }
}

package org.keyroll.definition;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** Checks what surrounds the scoring: programme, departments, publication and follow-up. */
record ListCheck(Check check) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  void programme(Value programme, String folder) {
    var id = programme.get("id");
    if (!id.text().equals(folder)) {
      check.fault(id, "a programme has the id of its folder: " + folder);
    }
    check.unique(programme.items("legal_basis"), "id");
    check.unique(programme.items("tiers"), "id");
    check.unique(programme.items("overrides"), "id");
    programme.items("overrides").forEach(check::legalBasis);
    if (!programme.has("time_zone")) {
      return;
    }
    var zone = programme.get("time_zone");
    try {
      ZoneId.of(zone.text());
    } catch (DateTimeException e) {
      var near = Words.nearest(zone.text(), ZoneId.getAvailableZoneIds());
      check.fault(
          zone,
          "there is no time zone \""
              + zone.text()
              + "\""
              + (near == null ? "; one is Asia/Shanghai" : "; did you mean \"" + near + "\"?"));
    }
  }

  void departments(Value file) {
    check.unique(file.items("departments"), "id");
    check.unique(file.items("assignment"), "id");
    file.items("otherwise").forEach(check::department);
    for (var rule : file.items("assignment")) {
      rule.items("to").forEach(check::department);
      if (rule.has("by") == rule.has("when") || rule.has("when") != rule.has("to")) {
        check.fault(
            rule,
            "the rule \""
                + rule.text("id")
                + "\" needs either the key by, or the keys when and to");
      } else if (rule.has("by")) {
        by(rule.get("by"));
      }
      if (rule.has("when")) {
        check.condition(rule.get("when"));
      }
    }
  }

  private void by(Value by) {
    check.fact(by);
    var values = check.valuesOf(by.text());
    var departments = check.ids("departments.yml", "departments");
    if (values == null || departments == null) {
      open(by);
      return;
    }
    values.forEach(
        (value, places) -> {
          if (!departments.contains(value)) {
            check.fault(
                by,
                String.join(", ", places)
                    + " can be \""
                    + value
                    + "\", and there is no such department");
          }
        });
  }

  private void open(Value by) {
    var policy = check.file("policy.yml");
    if (policy == null || !policy.get("facts").has(by.text())) {
      return;
    }
    for (var from : policy.get("facts").get(by.text()).texts("from")) {
      var source = check.sources().get(from.substring(0, from.indexOf('.')));
      var column =
          source == null ? null : source.columns().get(from.substring(from.indexOf('.') + 1));
      if (column != null && column.type() != Source.Type.CHOICE) {
        check.fault(
            by, from + " must be of type choice, so that each of its values is a department");
      }
    }
    if (policy.get("facts").get(by.text()).texts("from").isEmpty()) {
      check.fault(by, "the fact \"" + by.text() + "\" has no \"from\" and names no department");
    }
  }

  void publication(Value file) {
    for (var column : file.get("list").items("columns")) {
      if (column.has("value") == column.has("fact")) {
        check.fault(column, "a column needs exactly one of the keys value, fact");
      } else if (column.has("fact")) {
        check.fact(column.get("fact"));
      }
    }
    for (var table : List.of("list", "changes", "rejections", "freshness")) {
      if (file.has(table)) {
        check.unique(file.get(table).items("columns"), "heading");
      }
    }
  }

  void followup(Value file) {
    check.unique(file.items("measures"), "id");
    for (var measure : file.items("measures")) {
      check.legalBasis(measure);
      if (measure.has("opened_by") == measure.has("source")) {
        check.fault(
            measure,
            "the measure \""
                + measure.text("id")
                + "\" needs exactly one of the keys opened_by, source");
      } else if (measure.has("source")) {
        records(measure);
      } else {
        onlyWith(
            measure,
            "source",
            List.of("where", "opened_on", "due_on", "closed_on", "every", "done_on", "tiers"));
      }
    }
  }

  void letters(Value file) {
    check.unique(file.items("letters"), "id");
    for (var letter : file.items("letters")) {
      placeholders(letter.get("title"));
      if (letter.has("reference")) {
        placeholders(letter.get("reference"));
      }
      letter.items("text").forEach(this::placeholders);
    }
  }

  /** What stands in braces is known, and every brace has its other. */
  private void placeholders(Value text) {
    var rest = PLACEHOLDER.matcher(text.text());
    while (rest.find()) {
      check.refer(text, rest.group(1), "placeholder", Letters.PLACEHOLDERS);
    }
    if (PLACEHOLDER.matcher(text.text()).replaceAll("").matches(".*[{}].*")) {
      check.fault(text, "a brace has no other; a placeholder is written {name}");
    }
  }

  private void onlyWith(Value measure, String other, List<String> keys) {
    for (var key : keys) {
      if (measure.has(key)) {
        check.fault(
            measure.get(key), "\"%s\" goes with \"%s\" only; remove it".formatted(key, other));
      }
    }
  }

  private void records(Value measure) {
    boolean recurs = measure.has("every");
    var date = recurs ? "done_on" : "opened_on";
    if (!measure.has(date)) {
      check.fault(
          measure,
          "the measure \"%s\" needs the key %s: the field with the date %s"
              .formatted(
                  measure.text("id"), date, recurs ? "on which it was done" : "of the opening"));
    }
    onlyWith(measure, "opened_by", List.of("receipt"));
    if (recurs) {
      for (var key : List.of("opened_on", "due", "due_on", "closed_on")) {
        if (measure.has(key)) {
          check.fault(
              measure.get(key), "\"%s\" does not go with \"every\"; remove it".formatted(key));
        }
      }
      var tiers = check.ids("programme.yml", "tiers");
      measure.items("tiers").forEach(tier -> check.refer(tier, "tier", tiers));
    } else {
      onlyWith(measure, "every", List.of("done_on", "tiers"));
    }
    var source = check.source(measure.get("source"));
    if (source != null) {
      check.where(measure, source);
      for (var key : List.of("opened_on", "due_on", "closed_on", "done_on")) {
        check.date(measure, key, source);
      }
    }
  }
}

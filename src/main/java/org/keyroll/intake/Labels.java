package org.keyroll.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source;
import org.keyroll.unit.Spelling;

/** What the headings that a source declares stand for. */
final class Labels {
  private static final Pattern UNIT =
      Pattern.compile("(.+?)[(\\[](?:单位:?|in )?([^()\\[\\]]+)[)\\]]");

  private final Map<String, String> fieldOf = new HashMap<>();
  private final List<Wide> wide = new ArrayList<>();
  private final Map<String, Set<String>> unitsOf = new HashMap<>();
  private final Set<String> ignored = new HashSet<>();
  private final List<Pattern> ignoredPatterns = new ArrayList<>();

  /** A label with a placeholder: one group of columns for each text that it matches. */
  private record Wide(String field, Pattern pattern) {}

  /**
   * What a heading means.
   *
   * @param group the text in the place of the placeholder, half-width and in lower case
   * @param unit the unit that it names in brackets
   */
  record Meaning(String field, @Nullable String group, @Nullable String unit) {}

  Labels(Source source) {
    source
        .columns()
        .forEach(
            (field, column) -> {
              column.label().forEach(label -> learn(field, label, source.unpivot()));
              var units = new HashSet<String>();
              column.units().keySet().forEach(unit -> units.add(Spelling.comparable(unit)));
              unitsOf.put(field, units);
            });
    for (var label : source.ignore()) {
      if (label.contains("*")) {
        ignoredPatterns.add(wildcards(label));
      } else {
        ignored.add(Spelling.comparable(label));
      }
    }
  }

  /** A pattern in which {@code *} stands for any characters, over texts in comparable form. */
  static Pattern wildcards(String pattern) {
    var quoted = Pattern.quote(Spelling.comparable(pattern));
    return Pattern.compile(quoted.replace("*", "\\E.*\\Q"), Pattern.DOTALL);
  }

  private void learn(String field, String label, Map<String, String> unpivot) {
    var name = unpivot.keySet().stream().filter(n -> label.contains("{" + n + "}")).findFirst();
    if (name.isEmpty()) {
      fieldOf.put(Spelling.comparable(label), field);
      return;
    }
    var placeholder = "{" + name.get() + "}";
    int at = label.indexOf(placeholder);
    var regex =
        Pattern.quote(Spelling.comparable(label.substring(0, at)))
            + "(?<group>"
            + unpivot.get(name.get())
            + ")"
            + Pattern.quote(Spelling.comparable(label.substring(at + placeholder.length())));
    wide.add(new Wide(field, Pattern.compile(regex, Pattern.CASE_INSENSITIVE)));
  }

  /** What a heading means; null where it is not mapped. */
  @Nullable Meaning of(String heading) {
    var comparable = Spelling.comparable(heading);
    var whole = exactly(comparable, null);
    if (whole != null) {
      return whole;
    }
    var unit = UNIT.matcher(comparable);
    if (unit.matches()) {
      var meaning = exactly(unit.group(1), unit.group(2));
      if (meaning != null
          && unitsOf.getOrDefault(meaning.field(), Set.of()).contains(meaning.unit())) {
        return meaning;
      }
    }
    return null;
  }

  private @Nullable Meaning exactly(String comparable, @Nullable String unit) {
    var field = fieldOf.get(comparable);
    if (field != null) {
      return new Meaning(field, null, unit);
    }
    for (var label : wide) {
      var match = label.pattern().matcher(comparable);
      if (match.matches()) {
        return new Meaning(label.field(), match.group("group"), unit);
      }
    }
    return null;
  }

  boolean isIgnored(String heading) {
    var comparable = Spelling.comparable(heading);
    return ignored.contains(comparable)
        || ignoredPatterns.stream().anyMatch(p -> p.matcher(comparable).matches());
  }
}

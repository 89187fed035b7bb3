package org.keyroll.intake;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Matching;
import org.keyroll.unit.IdentifierScheme;
import org.keyroll.unit.Names;

/**
 * What a record is compared by when units are resolved; worked out once, when the row is read.
 *
 * @param identifier {@code scheme:value} of the first identifier the record has
 * @param noted whether the record tells of a former name or of the end of a unit
 */
record MatchKeys(
    @Nullable String identifier,
    @Nullable String fullName,
    @Nullable String briefName,
    @Nullable String formerName,
    boolean noted) {

  static final MatchKeys NONE = new MatchKeys(null, null, null, null, false);

  /** Works match keys out of canonical values, as {@code matching.yml} says. */
  static final class Maker {
    private static final int SHORT = 5;

    private final Matching matching;
    private final Names names;
    // Place names and legal forms repeat, whole names seldom; the cache only helps reports.
    private final Map<String, String> seen = new HashMap<>();

    Maker(Matching matching) {
      this.matching = matching;
      this.names = new Names(matching.legalForms());
    }

    MatchKeys of(String source, Map<String, String> values) {
      String identifier = null;
      for (var field : matching.identifiers()) {
        var value = values.get(field.field());
        if (value != null) {
          identifier = IdentifierScheme.base(field.scheme()) + ":" + value;
          break;
        }
      }
      var full = full(values.get(matching.name()));
      var brief = full == null ? null : names.briefOf(full).orElse(null);
      // Long names say something; taking every name of a register apart would cost seconds.
      if (full != null && (brief == null || brief.length() <= SHORT) && names.saysNothing(full)) {
        full = null;
        brief = null;
      }
      var former = matching.formerName() == null ? null : full(values.get(matching.formerName()));
      boolean noted =
          former != null
              || matching.events().stream()
                  .anyMatch(
                      e -> e.source().equals(source) && e.equals().equals(values.get(e.field())));
      return new MatchKeys(identifier, full, brief, former, noted);
    }

    private @Nullable String full(@Nullable String name) {
      if (name == null) {
        return null;
      }
      if (seen.size() > 10_000) {
        seen.clear();
      }
      var full = seen.computeIfAbsent(name, n -> names.full(n).orElse(""));
      return full.isEmpty() ? null : full;
    }
  }
}

package org.keyroll.intake;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Source;
import org.keyroll.table.Marks;

/**
 * The text by which a template is known when it comes back filled in.
 *
 * @param version of the definition that it was made from
 */
public record TemplateMark(String programme, String source, String version) {
  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(Marks.PREFIX) + "template:([a-z0-9-]+):([a-z0-9-]+):([0-9a-f]{16})");

  static TemplateMark of(Definitions definitions, Source source) {
    var version = definitions.versions().getOrDefault("sources/" + source.id() + ".yml", "");
    return new TemplateMark(
        definitions.programme().id(),
        source.id(),
        version.substring(0, Math.min(16, version.length())));
  }

  /** As it stands in a cell. */
  String text() {
    return Marks.PREFIX + "template:%s:%s:%s".formatted(programme, source, version);
  }

  /** What a cell says. */
  static Optional<TemplateMark> read(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new TemplateMark(match.group(1), match.group(2), match.group(3)))
        : Optional.empty();
  }
}

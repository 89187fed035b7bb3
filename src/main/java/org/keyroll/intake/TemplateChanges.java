package org.keyroll.intake;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.Row;
import org.keyroll.table.RowSink;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;

/**
 * What has changed in a source since the template was made that a file was filled in on, by
 * heading.
 */
public record TemplateChanges(List<String> added, List<String> gone, List<String> changed) {

  /**
   * Null where the file is on no template, or on that of the present definition. The guide of the
   * template itself says what was asked for then.
   */
  static @Nullable TemplateChanges since(
      Definitions definitions, Source source, Path file, @Nullable TemplateMark mark)
      throws UnreadableFile {
    if (mark == null || mark.equals(TemplateMark.of(definitions, source))) {
      return null;
    }
    var now = Templates.guide(definitions, source);
    var words = Marked.phrases(definitions.programme());
    var then = new LinkedHashMap<String, String>();
    TableReader.read(file, new ReadOptions(null, null, words.say("guide")), new Lines(then));
    then.remove(words.say("template.heading"));
    return new TemplateChanges(
        now.keySet().stream().filter(heading -> !then.containsKey(heading)).toList(),
        then.keySet().stream().filter(heading -> !now.containsKey(heading)).toList(),
        now.keySet().stream()
            .filter(heading -> then.containsKey(heading))
            .filter(heading -> !Objects.equals(now.get(heading), then.get(heading)))
            .toList());
  }

  /** In a sentence of {@link Refusal#PHRASES}. */
  String say(Phrases phrases) {
    return phrases.say("where.older_template", list(added), list(gone), list(changed));
  }

  private static String list(List<String> headings) {
    return headings.isEmpty() ? "–" : String.join(", ", headings);
  }

  /** The lines of a guide have two cells; what stands above them has one. */
  private record Lines(Map<String, String> found) implements RowSink {
    @Override
    public void sheet(String name) {
      // There is only the one.
    }

    @Override
    public boolean row(Row row) {
      if (!row.cell(1).text().isEmpty()) {
        found.put(row.cell(0).text(), row.cell(1).text());
      }
      return true;
    }
  }
}

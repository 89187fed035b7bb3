package org.keyroll.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Programme;
import org.keyroll.definition.Source;
import org.keyroll.table.Marks;

/**
 * What a workbook of ours that has come back says of itself.
 *
 * @param sheets those that we put in; they hold no rows
 */
public record Marked(@Nullable ReturnMark answer, Set<String> sheets) {
  private static final Marked NOT = new Marked(null, Set.of());

  /** The name of the sheet that carries the mark of an answer. */
  public static String answerSheet(Programme programme) {
    return phrases(programme).say("answer");
  }

  private static Phrases phrases(Programme programme) {
    return new Phrases("org.keyroll.intake.marks", programme);
  }

  /** Looks for marks of a programme. */
  static Marked of(Path file, Programme programme) {
    var marks = Marks.of(file, List.of(answerSheet(programme)));
    for (var mark : marks.entrySet()) {
      var answer = ReturnMark.read(mark.getValue());
      if (answer.isPresent() && answer.get().programme().equals(programme.id())) {
        return new Marked(answer.get(), Set.of(mark.getKey()));
      }
    }
    return NOT;
  }

  /** The source whose file it was; null where it does not say, or the source is gone. */
  @Nullable Source source(Definitions definitions) {
    return answer == null ? null : definitions.sources().get(answer.source());
  }
}

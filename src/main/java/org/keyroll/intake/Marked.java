package org.keyroll.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
public record Marked(
    @Nullable ReturnMark answer, @Nullable TemplateMark template, Set<String> sheets) {

  /** The name of the sheet that carries the mark of an answer. */
  public static String answerSheet(Programme programme) {
    return phrases(programme).say("answer");
  }

  static Phrases phrases(Programme programme) {
    return new Phrases("org.keyroll.intake.marks", programme);
  }

  /** Looks for marks of a programme. */
  static Marked of(Path file, Programme programme) {
    var words = phrases(programme);
    var names = List.of(words.say("answer"), words.say("guide"), words.say("example"));
    ReturnMark answer = null;
    TemplateMark template = null;
    var sheets = new TreeSet<String>();
    for (var mark : Marks.of(file, names).entrySet()) {
      var ofAnswer = ReturnMark.read(mark.getValue()).orElse(null);
      var ofTemplate = TemplateMark.read(mark.getValue()).orElse(null);
      if (ofAnswer != null && ofAnswer.programme().equals(programme.id())) {
        answer = ofAnswer;
        sheets.add(mark.getKey());
      } else if (ofTemplate != null && ofTemplate.programme().equals(programme.id())) {
        template = ofTemplate;
        sheets.add(mark.getKey());
      }
    }
    return new Marked(answer, template, sheets);
  }

  /** The source whose file it was; null where it does not say, or the source is gone. */
  @Nullable Source source(Definitions definitions) {
    var id = answer != null ? answer.source() : template != null ? template.source() : null;
    return id == null ? null : definitions.sources().get(id);
  }
}

package org.keyroll.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;

/**
 * Why a file as a whole was not taken in.
 *
 * @param code one of those that {@code docs/error-codes.md} lists, with what tells its variants
 *     apart behind a dot
 * @param row 1 is the first
 * @param column 0 is A
 * @param values for the sentence
 * @param changes what has changed since the template that it was filled in on, where that is older
 */
public record Refusal(
    String code,
    @Nullable String sheet,
    @Nullable Integer row,
    @Nullable Integer column,
    List<String> values,
    @Nullable TemplateChanges changes) {

  /** The sentences. */
  static final String PHRASES = "org.keyroll.intake.refusals";

  /** Of the file as a whole. */
  static Refusal of(String code, Object... values) {
    var texts = new ArrayList<String>();
    for (var value : values) {
      texts.add(String.valueOf(value));
    }
    return new Refusal(code, null, null, null, List.copyOf(texts), null);
  }

  /** What the reader of spreadsheets says; its sentence is in English. */
  static Refusal of(UnreadableFile e) {
    return of(e.reason().name().toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()));
  }

  Refusal at(int row) {
    return new Refusal(code, sheet, row, null, values, null);
  }

  Refusal at(int row, int column) {
    return new Refusal(code, sheet, row, column, values, null);
  }

  Refusal on(String sheet) {
    return new Refusal(code, sheet, row, column, values, null);
  }

  Refusal since(@Nullable TemplateChanges changes) {
    return new Refusal(code, sheet, row, column, values, changes);
  }

  /** The code without its variant. */
  public String rule() {
    int dot = code.indexOf('.');
    return dot < 0 ? code : code.substring(0, dot);
  }

  /** What is wrong, with its place and what to do. */
  String say(Phrases phrases) {
    var where = new ArrayList<String>();
    if (sheet != null) {
      where.add(phrases.say("where.sheet", sheet));
    }
    if (row != null) {
      where.add(phrases.say("where.row", row));
    }
    if (column != null) {
      where.add(phrases.say("where.column", TableReader.columnName(column)));
    }
    var says = phrases.say(code, values.toArray());
    var placed =
        where.isEmpty()
            ? says
            : phrases.say("where", String.join(phrases.say("where.and"), where), says);
    return changes == null ? placed : phrases.say("where.more", placed, changes.say(phrases));
  }
}

package org.keyroll.intake;

import org.keyroll.definition.Phrases;
import org.keyroll.definition.Programme;

/** What the rules that reject rows are called, and what a sender does about each. */
public final class RuleWords {
  private final Phrases phrases;

  /** In the language of a programme. */
  public RuleWords(Programme programme) {
    this.phrases = new Phrases("org.keyroll.intake.rules", programme);
  }

  /** A few words for a rule. */
  public String title(String rule) {
    return phrases.say(general(rule));
  }

  /** A sentence for the sender. */
  public String cure(String rule) {
    return phrases.say(general(rule) + ".cure");
  }

  /** The rules that a source defines itself have one cure. */
  private static String general(String rule) {
    return rule.startsWith("rule:") ? "rule" : rule;
  }
}

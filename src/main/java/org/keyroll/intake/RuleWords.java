package org.keyroll.intake;

import org.keyroll.definition.Phrases;
import org.keyroll.definition.Programme;

/**
 * What the rules are called that reject rows, refuse files and hold deliveries, and what a sender
 * does about each: all of {@code docs/error-codes.md}.
 */
public final class RuleWords {
  static final String PHRASES = "org.keyroll.intake.rules";

  private final Phrases phrases;
  private final Phrases refusals;

  /** In the language of a programme. */
  public RuleWords(Programme programme) {
    this.phrases = new Phrases(PHRASES, programme);
    this.refusals = new Phrases(Refusal.PHRASES, programme);
  }

  /** A few words for a rule. */
  public String title(String rule) {
    return phrases.say(general(rule));
  }

  /** A sentence for the sender. */
  public String cure(String rule) {
    return phrases.say(general(rule) + ".cure");
  }

  /** Why a file was refused, and where in it. */
  public String say(Refusal refusal) {
    return refusal.say(refusals);
  }

  /** The rules that a source defines itself have one cure; gates name a field behind a dot. */
  private static String general(String rule) {
    int dot = rule.indexOf('.');
    return rule.startsWith("rule:") ? "rule" : dot < 0 ? rule : rule.substring(0, dot);
  }
}

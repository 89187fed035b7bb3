package org.keyroll.intake;

import org.keyroll.definition.Phrases;
import org.keyroll.definition.Programme;

/**
 * Why a cell or a row was not accepted.
 *
 * @param rule one of the words that {@code docs/error-codes.md} lists
 * @param message what is wrong and what would be right
 */
record Fault(String rule, String message) {

  private static final String PHRASES = "org.keyroll.intake.faults";

  /** The sentences, in the language of a programme. */
  static Phrases phrases(Programme programme) {
    return new Phrases(PHRASES, programme);
  }

  /** The sentences in English, for those who keep the list. */
  static Phrases english() {
    return Phrases.english(PHRASES);
  }
}

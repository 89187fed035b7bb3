package org.keyroll.intake;

import org.keyroll.definition.Phrases;

/** A file can be opened, but its rows cannot be read as its source wants. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  Unusable(Refusal refusal) {
    super(refusal.say(Phrases.english(Refusal.PHRASES)));
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}

package org.keyroll.definition;

/** A condition that cannot be used; the message says what is wrong at which column. */
public final class InvalidCondition extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidCondition(String message) {
    super(message);
  }
}

package org.keyroll.console;

/** The API does not know who asks; the message says what it wants to see. */
final class Unauthenticated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unauthenticated(String message) {
    super(message);
  }
}

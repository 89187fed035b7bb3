package org.keyroll.intake;

/** The inbox cannot be listed; the message says what to do. */
public final class InboxUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InboxUnreadable(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.keyroll.people;

/** Somebody may not do what they asked for; the message says why. */
public final class NotAllowed extends Exception {
  private static final long serialVersionUID = 1L;

  public NotAllowed(String message) {
    super(message);
  }
}

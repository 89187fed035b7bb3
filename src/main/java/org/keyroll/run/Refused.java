package org.keyroll.run;

/** A run cannot be started as it was asked for; the message says what to ask for instead. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}

package org.keyroll.run;

/** Another process holds the lease; the message names it. */
public final class AlreadyRunning extends Exception {
  private static final long serialVersionUID = 1L;

  AlreadyRunning(String message) {
    super(message);
  }
}

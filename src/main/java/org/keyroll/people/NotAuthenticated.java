package org.keyroll.people;

/** A secret belongs to nobody; the message does not say what is wrong with it. */
public final class NotAuthenticated extends Exception {
  private static final long serialVersionUID = 1L;

  NotAuthenticated() {
    this(
        "The key is not that of a person registered here; see keyroll people, or have a new one"
            + " made with keyroll people renew.");
  }

  NotAuthenticated(String message) {
    super(message);
  }
}

package org.keyroll.console;

/** There is no such thing, or none that the person may know of. */
final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotFound() {
    super("there is no such page");
  }
}

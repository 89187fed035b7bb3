package org.keyroll.cli;

/** Ends a command with an exit code and one sentence for the person. */
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int HELD = 3;

  private final int code;

  Stop(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}

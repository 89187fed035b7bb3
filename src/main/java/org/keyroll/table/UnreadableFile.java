package org.keyroll.table;

/** The file cannot be read. The message is one sentence for a person, with what to do. */
public final class UnreadableFile extends Exception {

  /** Why. */
  public enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** A password is needed. */
    ENCRYPTED,
    /** Damaged, or not what its first bytes promise. */
    CORRUPT,
    /** Not a known kind of file. */
    UNKNOWN_FORMAT,
    /** A known kind of file that is not read, such as a PDF document. */
    UNSUPPORTED_FORMAT,
    /** The sheet asked for is not there. */
    NO_SUCH_SHEET,
    /** Values are hidden, which the definition does not allow. */
    HIDDEN,
    /** Bytes that are no text in the expected charset. */
    ENCODING,
    /** Beyond the bounds that keep a run safe. */
    TOO_LARGE
  }

  private final Reason reason;

  UnreadableFile(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  UnreadableFile(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package org.keyroll.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was sent to the inbox, and what the next run would make of it.
 *
 * @param source whose file it is; null where that is not known
 * @param message why it is not in the inbox, or what else there is to know; null: nothing
 * @param rows data rows; 0 where it was not read
 * @param rejected rows that would be rejected, contradictions between rows not counted
 * @param faults the first of their faults, with row and column
 */
public record Upload(
    Outcome outcome,
    String fileName,
    @Nullable String source,
    @Nullable String message,
    long rows,
    long rejected,
    List<String> faults) {

  /** How many faults are told. */
  static final int FAULTS = 5;

  /** What became of a file. */
  public enum Outcome {
    /** It lies in the inbox, whole. */
    STORED,
    /** Its bytes were received before, or lie in the inbox. */
    KNOWN,
    /** It would be held, or would take the place of a file in the inbox: send it confirmed. */
    TO_CONFIRM,
    /** No source takes it, or another one. */
    UNKNOWN_SOURCE,
    /** It would be refused. */
    REFUSED
  }

  static Upload of(Outcome outcome, String fileName, @Nullable String source, String message) {
    return new Upload(outcome, fileName, source, message, 0, 0, List.of());
  }
}

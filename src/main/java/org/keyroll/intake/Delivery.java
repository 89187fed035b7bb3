package org.keyroll.intake;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One received file, known by the SHA-256 of its bytes.
 *
 * @param id its place in the order in which deliveries are taken in; another one whenever a run
 *     looks at it again
 * @param number what persons call it; it stays
 * @param asOf business date of the run that received it first
 * @param covers the days it is of, where it says so
 * @param message why it was refused or is held; otherwise a remark
 * @param corrects the delivery whose answer it is, mended
 * @param decidedBy who released or refused it, for the cause given
 */
public record Delivery(
    long id,
    long number,
    String source,
    String fileName,
    String sha256,
    long size,
    LocalDate asOf,
    @Nullable Span covers,
    State state,
    @Nullable String message,
    @Nullable String decidedBy,
    @Nullable String cause,
    @Nullable Long corrects,
    Counts counts) {

  /** How far a delivery has come. */
  public enum State {
    /** Its bytes are kept. */
    RECEIVED,
    /** Its rows are records or rejections. */
    INGESTED,
    /** Its records are linked to units. */
    RESOLVED,
    /** It cannot be read, or a person has refused it. */
    REFUSED,
    /** It waits for a person. */
    HELD,
    /** A person lets it in; the next run does. */
    RELEASED
  }

  /** Whether its rows are, or were, in force. */
  public boolean isTaken() {
    return state == State.INGESTED || state == State.RESOLVED;
  }

  /**
   * Rows: {@code read = accepted + rejected + duplicate}, {@code accepted = added + changed +
   * unchanged}; of deletions, {@code accepted = closed + unchanged}.
   */
  public record Counts(
      long read,
      long accepted,
      long rejected,
      long duplicate,
      long added,
      long changed,
      long closed,
      long unchanged) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
  }
}

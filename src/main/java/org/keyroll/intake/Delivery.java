package org.keyroll.intake;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One received file, known by the SHA-256 of its bytes.
 *
 * @param asOf business date of the run that received it
 * @param message why it was refused or is held
 */
public record Delivery(
    long id,
    String source,
    String fileName,
    String sha256,
    long size,
    LocalDate asOf,
    State state,
    @Nullable String message,
    Counts counts) {

  /** How far a delivery has come. */
  public enum State {
    /** Its bytes are kept. */
    RECEIVED,
    /** Its rows are records or rejections. */
    INGESTED,
    /** Its records are linked to units. */
    RESOLVED,
    /** It cannot be read. */
    REFUSED,
    /** It waits for a person. */
    HELD
  }

  /**
   * Rows: {@code read = accepted + rejected + duplicate}, {@code accepted = added + changed +
   * unchanged}.
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

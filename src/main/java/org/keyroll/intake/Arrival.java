package org.keyroll.intake;

import org.jspecify.annotations.Nullable;

/**
 * A file seen in the inbox by one run, and what became of it.
 *
 * @param message what to do about it; null where nothing is to be done
 */
public record Arrival(String fileName, long size, Outcome outcome, @Nullable String message) {
  /** What became of a file. */
  public enum Outcome {
    /** A new delivery. */
    NEW,
    /** The same bytes were delivered before; no effect. */
    KNOWN,
    /** No source expects a file of this name. */
    UNKNOWN_SOURCE,
    /** Its bytes could not be read from the disk. */
    UNREADABLE,
    /** It is not complete yet; the next run looks again. */
    ARRIVING
  }
}

package org.keyroll.unit;

/**
 * What is wrong with an identifier.
 *
 * @param position of the wrong character, 1 is the first; for a wrong length, the length
 * @param detail the wrong character, or the length it should have
 */
public record IdentifierFault(Kind kind, int position, String detail) {
  /** Kinds of faults. */
  public enum Kind {
    LENGTH,
    CHARACTER,
    CHECK
  }
}

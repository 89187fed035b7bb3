package org.keyroll.unit;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an identifier.
 *
 * @param position of the wrong character, 1 is the first; for a wrong length, the length
 * @param detail the wrong character, the length it should have, or the form with an example
 * @param hint the one code that a common slip would explain; a guess, to be shown and never taken
 */
public record IdentifierFault(Kind kind, int position, String detail, @Nullable String hint) {
  /** Kinds of faults. */
  public enum Kind {
    LENGTH,
    CHARACTER,
    CHECK,
    /** Not of the form of any register of the country. */
    FORM,
    /** The country of the register is not known. */
    COUNTRY
  }

  IdentifierFault(Kind kind, int position, String detail) {
    this(kind, position, detail, null);
  }

  IdentifierFault suggesting(@Nullable String newHint) {
    return new IdentifierFault(kind, position, detail, newHint);
  }
}

package org.keyroll.unit;

import java.util.Optional;

/** A scheme of identifiers that Keyroll can check by itself. */
public enum IdentifierScheme {
  /** Unified social credit code, GB 32100-2015. */
  USCC("uscc") {
    @Override
    public Optional<IdentifierFault> fault(String value) {
      return CreditCode.fault(value);
    }
  };

  private final String id;

  IdentifierScheme(String id) {
    this.id = id;
  }

  /** As definitions name it. */
  public String id() {
    return id;
  }

  /** The scheme that definitions name so. */
  public static Optional<IdentifierScheme> of(String id) {
    for (var scheme : values()) {
      if (scheme.id.equals(id)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a value; empty when it is valid.
   *
   * @param value canonical: ASCII, upper case, no spaces
   */
  public abstract Optional<IdentifierFault> fault(String value);
}

package org.keyroll.people;

/** A password that does not keep to the rules. */
public final class UnfitPassword extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /** What is wrong with it. */
  public enum Fault {
    SHORT,
    LONG,
    /** It has too few different characters. */
    MONOTONOUS,
    /** It holds the name of the person or of Keyroll. */
    NAMED
  }

  UnfitPassword(Fault fault) {
    super(
        switch (fault) {
          case SHORT -> "A password has at least %d characters.".formatted(Passwords.SHORTEST);
          case LONG -> "A password has at most %d characters.".formatted(Passwords.LONGEST);
          case MONOTONOUS ->
              "A password has at least %d different characters.".formatted(Passwords.DIFFERENT);
          case NAMED -> "A password holds neither the person's name nor that of Keyroll.";
        });
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}

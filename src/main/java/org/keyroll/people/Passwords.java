package org.keyroll.people;

import java.util.Locale;
import org.keyroll.people.UnfitPassword.Fault;

/** Which passwords are good enough: long rather than odd. */
final class Passwords {
  static final int SHORTEST = 15;
  static final int LONGEST = 128;
  static final int DIFFERENT = 6;

  private Passwords() {}

  static void check(String name, String password) throws UnfitPassword {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      throw new UnfitPassword(Fault.SHORT);
    }
    if (length > LONGEST) {
      throw new UnfitPassword(Fault.LONG);
    }
    if (password.codePoints().distinct().count() < DIFFERENT) {
      throw new UnfitPassword(Fault.MONOTONOUS);
    }
    var plain = password.toLowerCase(Locale.ROOT);
    if (plain.contains(name) || plain.contains(People.KEYROLL)) {
      throw new UnfitPassword(Fault.NAMED);
    }
  }
}

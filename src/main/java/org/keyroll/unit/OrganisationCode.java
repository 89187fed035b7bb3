package org.keyroll.unit;

/**
 * The organisation code of GB 11714: eight characters and a check character, {@code 11 − Σ cᵢ·wᵢ
 * mod 11}, where 10 is written X and 11 is written 0. It stands inside of every unified social
 * credit code, from the 9th to the 17th character.
 */
final class OrganisationCode {
  private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

  private OrganisationCode() {}

  /** The check character of the first eight characters, digits and capital letters. */
  static char checkCharacter(CharSequence first8) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * Character.digit(first8.charAt(i), 36);
    }
    int check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : (char) ('0' + check);
  }

  /** Whether nine characters end in the right one. */
  static boolean isValid(CharSequence code) {
    return code.charAt(8) == checkCharacter(code);
  }
}

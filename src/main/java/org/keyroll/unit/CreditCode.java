package org.keyroll.unit;

import java.util.Optional;
import org.keyroll.unit.IdentifierFault.Kind;

/**
 * The unified social credit code of GB 32100-2015: 18 characters, the last one a check character,
 * {@code (31 − Σ cᵢ·3^(i−1) mod 31) mod 31}.
 */
public final class CreditCode {
  /** 31 characters: digits and capital letters without I, O, S, V, Z. */
  public static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  private static final int[] WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };

  private CreditCode() {}

  /** The check character of the first 17 characters, which must all be of the alphabet. */
  public static char checkCharacter(CharSequence first17) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * ALPHABET.indexOf(first17.charAt(i));
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }

  /** What is wrong with a code; empty when it is valid. */
  public static Optional<IdentifierFault> fault(String code) {
    if (code.length() != 18) {
      return Optional.of(new IdentifierFault(Kind.LENGTH, code.length(), "18"));
    }
    for (int i = 0; i < 18; i++) {
      if (ALPHABET.indexOf(code.charAt(i)) < 0) {
        return Optional.of(
            new IdentifierFault(Kind.CHARACTER, i + 1, String.valueOf(code.charAt(i))));
      }
    }
    return code.charAt(17) == checkCharacter(code)
        ? Optional.empty()
        : Optional.of(new IdentifierFault(Kind.CHECK, 18, String.valueOf(code.charAt(17))));
  }

  /** Whether the organisation code within, from the 9th character on, is valid by itself. */
  static boolean hasOrganisationCode(String code) {
    return OrganisationCode.isValid(code.substring(8, 17));
  }
}

package org.keyroll.unit;

/** Check rules that one country has for itself and that no table of weights expresses. */
final class CountryRules {
  private static final int[] EIGHT_TO_TWO = {8, 7, 6, 5, 4, 3, 2};

  private CountryRules() {}

  static CheckRule of(String name) {
    return switch (name) {
      case "at-vat" -> CountryRules::austria;
      case "be" -> code -> 97 - number(code, 0, 8) % 97 == number(code, 8, 10);
      case "cy-vat" -> CountryRules::cyprus;
      case "es" -> CountryRules::spain;
      case "fr-vat" -> CountryRules::france;
      case "gb-vat" -> CountryRules::britain;
      case "ie-vat" -> CountryRules::ireland;
      case "lu-vat" -> code -> number(code, 0, 6) % 89 == number(code, 6, 8);
      case "nl-vat" -> CountryRules::netherlands;
      case "se-vat" -> code -> CheckRule.LUHN.holds(code.substring(0, 10));
      case "sk-vat" -> code -> number(code, 0, 10) % 11 == 0;
      case "uscc" -> code -> CreditCode.fault(code).isEmpty();
      default -> throw new IllegalArgumentException("there is no check rule \"" + name + "\"");
    };
  }

  private static long number(String code, int from, int to) {
    return Long.parseLong(code.substring(from, to));
  }

  /** A letter, then eight digits that stop four short of what Luhn's rule asks for. */
  private static boolean austria(String code) {
    int sum = 0;
    for (int i = 1; i < 8; i++) {
      int digit = CheckRule.digit(code, i) * (2 - i % 2);
      sum += digit / 10 + digit % 10;
    }
    return Math.floorMod(96 - sum, 10) == CheckRule.digit(code, 8);
  }

  /** Digits in odd places stand for other numbers; the letter is the sum modulo 26. */
  private static boolean cyprus(String code) {
    int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      int digit = CheckRule.digit(code, i);
      sum += i % 2 == 0 ? odd[digit] : digit;
    }
    return code.charAt(8) == 'A' + sum % 26;
  }

  /** A letter, seven digits, and a control that some kinds write as a digit, others as a letter. */
  private static boolean spain(String code) {
    int sum = 0;
    for (int i = 1; i < 8; i++) {
      int digit = CheckRule.digit(code, i) * (1 + i % 2);
      sum += digit / 10 + digit % 10;
    }
    int control = (10 - sum % 10) % 10;
    char written = code.charAt(8);
    return "ABEHKPQRSWCDFGJLMNUV".indexOf(code.charAt(0)) >= 0
        && (written == '0' + control && "KPQS".indexOf(code.charAt(0)) < 0
            || written == "JABCDEFGHI".charAt(control) && "ABEH".indexOf(code.charAt(0)) < 0);
  }

  private static boolean france(String code) {
    if (!CheckRule.LUHN.holds(code.substring(2))) {
      return false;
    }
    // Keys with a letter are from a series whose rule was never published.
    return !code.substring(0, 2).chars().allMatch(Character::isDigit)
        || (12 + 3 * (number(code, 2, 11) % 97)) % 97 == number(code, 0, 2);
  }

  private static boolean britain(String code) {
    long sum = CheckRule.weigh(code, 7, EIGHT_TO_TWO) + number(code, 7, 9);
    return sum % 97 == 0 || sum % 97 == 42 || sum % 97 == 55;
  }

  /** Seven digits, a check letter, and one more letter in the longer form. */
  private static boolean ireland(String code) {
    var alphabet = "WABCDEFGHIJKLMNOPQRSTUV";
    var digits = Character.isDigit(code.charAt(1)) ? code.substring(0, 7) : shifted(code);
    int sum = CheckRule.weigh(digits, 7, EIGHT_TO_TWO);
    if (code.length() > 8) {
      sum += 9 * alphabet.indexOf(code.charAt(8));
    }
    return code.charAt(7) == alphabet.charAt(sum % 23);
  }

  /** In the old form a letter or sign stands second, and the first digit counts last. */
  private static String shifted(String code) {
    return "0" + code.substring(2, 7) + code.charAt(0);
  }

  /** The number of a legal person by its weights, or that of a natural one with its country. */
  private static boolean netherlands(String code) {
    int[] weights = {9, 8, 7, 6, 5, 4, 3, 2, -1};
    return Math.floorMod(CheckRule.weigh(code, 9, weights), 11) == 0
        || CheckRule.ISO_7064_97_10.holds("NL" + code);
  }
}

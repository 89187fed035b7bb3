package org.keyroll.bench;

import java.util.Random;

/** Makes valid unified social credit codes (GB 32100-2015) for places that do not exist. */
public final class SampleCodes {
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final int[] WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };
  private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

  private SampleCodes() {}

  /** A code whose digits depend on the key alone; of figures only where asked. */
  public static String code(String key, String nature, String region, boolean figuresOnly) {
    var random = new Random(20261102L ^ key.hashCode());
    while (true) {
      var body = new StringBuilder(figuresOnly || random.nextInt(3) > 0 ? "" : "MA");
      while (body.length() < 8) {
        boolean letter = body.indexOf("M") == 0;
        body.append(ALPHABET.charAt(random.nextInt(letter ? ALPHABET.length() : 10)));
      }
      var code = registeredAs(nature) + region + body + organisationCheck(body);
      code += check(code);
      if (!figuresOnly || code.chars().allMatch(Character::isDigit)) {
        return code;
      }
    }
  }

  private static String registeredAs(String nature) {
    return switch (nature) {
      case "organ" -> "11";
      case "institution" -> "12";
      case "group" -> "51";
      case "other" -> "93";
      default -> "91";
    };
  }

  static char organisationCheck(CharSequence body) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += ORGANISATION_WEIGHTS[i] * Character.digit(body.charAt(i), 36);
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
  }

  private static char check(String code) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += WEIGHTS[i] * ALPHABET.indexOf(code.charAt(i));
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }

  /** The code with one digit typed wrong. */
  static String wrong(String code) {
    char digit = code.charAt(12) == '7' ? '1' : '7';
    return code.substring(0, 12) + digit + code.substring(13);
  }
}

package org.keyroll.unit;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arithmetic by which the last characters of a code follow from the others, as {@code
 * identifiers.tsv} writes it:
 *
 * <ul>
 *   <li>{@code sum 2,7,6,5,4,3,2,1 mod 11}: the weighted digits add up to nothing, or {@code = 3};
 *   <li>{@code digit 8,7,6,5,4,3,2 mod 11 complement 10=0}: the last digit is the weighted sum of
 *       the others, or its complement; {@code else 3,4,…} weighs anew where the sum is 10; {@code
 *       10=0} replaces a value, {@code 0=x} forbids it. With more weights than digits the last ones
 *       count, as if zeros stood before the code;
 *   <li>a name: {@code luhn}, {@code iso7064-11-10}, {@code iso7064-97-10}, or that of a country's
 *       own rule.
 * </ul>
 */
interface CheckRule {
  /** ISO 7064 MOD 11,10, over digits. */
  CheckRule ISO_7064_11_10 =
      code -> {
        int check = 10;
        for (int i = 0; i < code.length() - 1; i++) {
          int sum = (check + digit(code, i)) % 10;
          check = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (check + digit(code, code.length() - 1)) % 10 == 1;
      };

  /** ISO 7064 MOD 97-10, over digits and letters, A being 10. */
  CheckRule ISO_7064_97_10 =
      code -> {
        int rest = 0;
        for (int i = 0; i < code.length(); i++) {
          int value = Character.digit(code.charAt(i), 36);
          rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
        }
        return rest == 1;
      };

  /** ISO/IEC 7812-1, over digits. */
  CheckRule LUHN =
      code -> {
        int sum = 0;
        for (int i = 0; i < code.length(); i++) {
          int digit = digit(code, code.length() - 1 - i) * (1 + i % 2);
          sum += digit / 10 + digit % 10;
        }
        return sum % 10 == 0;
      };

  /** Whether a code of the right form satisfies the rule. */
  boolean holds(String code);

  /**
   * Reads a rule as the data files write it.
   *
   * @throws IllegalArgumentException for a rule that cannot be read
   */
  static CheckRule of(String text) {
    return switch (text) {
      case "" -> code -> true;
      case "luhn" -> LUHN;
      case "iso7064-11-10" -> ISO_7064_11_10;
      case "iso7064-97-10" -> ISO_7064_97_10;
      default ->
          text.startsWith("sum ") || text.startsWith("digit ")
              ? weighted(text)
              : CountryRules.of(text);
    };
  }

  private static CheckRule weighted(String text) {
    var words = text.split(" ", -1);
    int[] weights = numbers(words[1]);
    int[] second = {};
    int modulus = 0;
    int wanted = 0;
    boolean complement = false;
    var replaced = new TreeMap<Integer, String>();
    for (int i = 2; i < words.length; i++) {
      switch (words[i]) {
        case "mod" -> modulus = Integer.parseInt(words[++i]);
        case "=" -> wanted = Integer.parseInt(words[++i]);
        case "else" -> second = numbers(words[++i]);
        case "complement" -> complement = true;
        default -> {
          int equals = words[i].indexOf('=');
          replaced.put(
              Integer.parseInt(words[i].substring(0, equals)), words[i].substring(equals + 1));
        }
      }
    }
    return words[0].equals("sum")
        ? new WeightedSum(weights, modulus, wanted)
        : new CheckDigit(weights, second, modulus, complement, Map.copyOf(replaced));
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  static int digit(CharSequence code, int i) {
    return code.charAt(i) - '0';
  }

  /** The digits of a code by their weights, aligned to the right. */
  static int weigh(String code, int length, int[] weights) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += weights[weights.length - length + i] * digit(code, i);
    }
    return sum;
  }

  /** All digits, the check digit among them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read for every code
  record WeightedSum(int[] weights, int modulus, int wanted) implements CheckRule {
    @Override
    public boolean holds(String code) {
      return Math.floorMod(weigh(code, code.length(), weights), modulus) == wanted;
    }
  }

  /** The last digit from the ones before it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read for every code
  record CheckDigit(
      int[] weights, int[] second, int modulus, boolean complement, Map<Integer, String> replaced)
      implements CheckRule {
    @Override
    public boolean holds(String code) {
      int last = code.length() - 1;
      int check = value(code, weights);
      if (check == 10 && second.length > 0) {
        check = value(code, second);
      }
      var other = replaced.get(check);
      if (other != null) {
        return other.equals(code.substring(last));
      }
      return check == digit(code, last);
    }

    private int value(String code, int[] by) {
      int sum = weigh(code, code.length() - 1, by);
      return Math.floorMod(complement ? -sum : sum, modulus);
    }
  }
}

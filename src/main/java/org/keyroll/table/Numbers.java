package org.keyroll.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers as a spreadsheet shows them in a column that is wide enough. */
final class Numbers {

  /** A spreadsheet keeps doubles but shows 15 digits: 0.1 + 0.2 is 0.3 to its reader. */
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

  private static final double LARGE = 1e15;
  private static final double TINY = 1e-15;

  private Numbers() {}

  /**
   * The text of a number as stored in a file.
   *
   * @throws NumberFormatException where {@code stored} is no finite number
   */
  static String text(String stored) {
    return isPlain(stored) ? stored : text(parse(stored), stored);
  }

  /**
   * The number stored in a file.
   *
   * @throws NumberFormatException where {@code stored} is none
   */
  static double parse(String stored) {
    for (int i = 0; i < stored.length(); i++) {
      char c = stored.charAt(i);
      // Java would take 12d and 0x1p4 for numbers, which no spreadsheet writes.
      if ((c < '0' || c > '9') && ".eE+-".indexOf(c) < 0) {
        throw new NumberFormatException("not a number: " + stored);
      }
    }
    return Double.parseDouble(stored);
  }

  /** The text of a double. */
  static String text(double value) {
    return text(value, Double.toString(value));
  }

  private static String text(double value, String stored) {
    double size = Math.abs(value);
    if (!(size <= Double.MAX_VALUE)) {
      throw new NumberFormatException("not a finite number: " + stored);
    }
    if (size >= LARGE) {
      return stored;
    }
    if (value == 0) {
      return "0";
    }
    if (size < TINY) {
      return Double.toString(value);
    }
    if (value == (long) value) {
      return Long.toString((long) value);
    }
    var shown = new BigDecimal(value).round(SHOWN).stripTrailingZeros();
    return shown.toPlainString();
  }

  /** Whether the stored text is already the shortest, as nearly all are. */
  private static boolean isPlain(String s) {
    int length = s.length();
    int from = length > 0 && s.charAt(0) == '-' ? 1 : 0;
    if (length - from > 15 || length == from) {
      return false;
    }
    int point = -1;
    for (int i = from; i < length; i++) {
      char c = s.charAt(i);
      if (c == '.') {
        if (point >= 0) {
          return false;
        }
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    boolean leadingZero = s.charAt(from) == '0' && length > from + 1 && point != from + 1;
    boolean trailing = point >= 0 && (point == length - 1 || s.charAt(length - 1) == '0');
    boolean minusZero = from == 1 && length == 2 && s.charAt(1) == '0';
    return !leadingZero && !trailing && !minusZero && point != from;
  }
}

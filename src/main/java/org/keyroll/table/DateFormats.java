package org.keyroll.table;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells a date format from a number format, and that of a code. */
final class DateFormats {

  /** The number format of cells without one; the Chinese Excel may write G/ and its own word. */
  private static final String GENERAL = "General";

  private static final Pattern DECORATION = Pattern.compile("\\[[^\\]<>=]*\\]|_.|\"\"");
  private static final Pattern ZEROS = Pattern.compile("0{2,15}");

  private DateFormats() {}

  /**
   * Whether a number with this built-in format is shown as a date. 27–36 and 50–58 carry no code in
   * the file: they are the dates of the Chinese, Japanese and Korean Excel.
   */
  static boolean isBuiltInDate(int id) {
    return (id >= 14 && id <= 22)
        || (id >= 27 && id <= 36)
        || (id >= 50 && id <= 58)
        || id == 45
        || id == 47;
  }

  /**
   * Whether a format code shows a date or time of day: a y, m, d, h or s in its first section
   * outside quotes, escapes and brackets; or, where it shows no digits of a number, what only the
   * East Asian Excel writes: e for the year, g for the era, aaa for the day of the week. A
   * bracketed [h], [m] or [s] makes it a duration.
   */
  static boolean isDate(String code) {
    boolean letter = false;
    boolean eastAsian = false;
    boolean digits = false;
    for (int i = 0; i < code.length() && code.charAt(i) != ';'; i++) {
      switch (code.charAt(i)) {
        case '"' -> i = skipTo(code, '"', i + 1);
        case '\\', '_', '*' -> i++;
        case '[' -> {
          int end = skipTo(code, ']', i + 1);
          var content = code.substring(i + 1, Math.min(end, code.length()));
          if (content.toLowerCase(Locale.ROOT).matches("h+|m+|s+")) {
            return false;
          }
          i = end;
        }
        case 'g', 'G' -> {
          if (code.regionMatches(true, i, GENERAL, 0, GENERAL.length())) {
            i += GENERAL.length() - 1;
          } else {
            eastAsian |= !code.startsWith("/", i + 1);
          }
        }
        case 'e', 'E' -> eastAsian = true;
        case 'a', 'A' -> eastAsian |= code.regionMatches(true, i, "aaa", 0, 3);
        case '0', '#', '?' -> digits = true;
        case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S' -> letter = true;
        default -> {}
      }
    }
    return letter || (eastAsian && !digits);
  }

  /**
   * The digits that a format shows at least, where it shows nothing else: 6 for 000000, or for
   * 000000;@. 0 for any other, and for one digit.
   */
  static int digits(String code) {
    var plain = DECORATION.matcher(code).replaceAll("");
    int end = plain.indexOf(';');
    var first = end < 0 ? plain : plain.substring(0, end);
    return ZEROS.matcher(first).matches() ? first.length() : 0;
  }

  private static int skipTo(String code, char end, int from) {
    int at = code.indexOf(end, from);
    return at < 0 ? code.length() : at;
  }
}

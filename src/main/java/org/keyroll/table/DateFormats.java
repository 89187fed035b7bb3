package org.keyroll.table;

import java.util.Locale;

/** Tells a date format from a number format. */
final class DateFormats {

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
   * outside quotes, escapes and brackets. A bracketed [h], [m] or [s] makes it a duration.
   */
  static boolean isDate(String code) {
    boolean letter = false;
    for (int i = 0; i < code.length(); i++) {
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
        case ';' -> {
          return letter;
        }
        case 'y', 'Y', 'm', 'M', 'd', 'D', 'h', 'H', 's', 'S' -> letter = true;
        default -> {}
      }
    }
    return letter;
  }

  private static int skipTo(String code, char end, int from) {
    int at = code.indexOf(end, from);
    return at < 0 ? code.length() : at;
  }
}

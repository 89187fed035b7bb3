package org.keyroll.table;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The escapes of Office Open XML for characters that XML cannot hold: _x000B_. */
final class Escapes {

  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** What XML 1.0 cannot hold, and the carriage return, which it would turn into a line feed. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\uFFFE\\uFFFF]");

  private Escapes() {}

  static String resolve(String text) {
    // Nearly no text has one, and a regular expression for every cell would cost a tenth of the
    // time.
    if (text.indexOf("_x") < 0) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }

  /** Makes the text say itself when it is resolved again. */
  static String escape(String text) {
    var safe = text.indexOf("_x") < 0 ? text : ESCAPE.matcher(text).replaceAll("_x005F_x$1_");
    return holdsControl(safe)
        ? CONTROL
            .matcher(safe)
            .replaceAll(
                m -> "_x" + HexFormat.of().withUpperCase().toHexDigits(m.group().charAt(0)) + "_")
        : safe;
  }

  private static boolean holdsControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n' && c != '\t') || c >= '\uFFFE') {
        return true;
      }
    }
    return false;
  }
}

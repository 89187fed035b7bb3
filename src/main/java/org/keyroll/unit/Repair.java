package org.keyroll.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code that a person may have meant: the slips are tried from the most common to the
 * least, and the first kind that explains the code decides. Where it explains it in several ways,
 * nothing is suggested.
 */
final class Repair {
  private static final int LONGEST = 64;
  private static final String[] CONFUSED = {"O0", "I1", "B8", "S5", "Z2"};

  private Repair() {}

  /**
   * The code that was probably meant.
   *
   * @param valid whether a code is valid; never called with an empty one
   * @return the only code that one slip explains, or null
   */
  static @Nullable String of(String code, Predicate<String> valid) {
    if (code.isEmpty() || code.length() > LONGEST) {
      return null;
    }
    for (var candidates :
        List.of(
            lostZeros(code), confused(code), transposed(code), mistyped(code), superfluous(code))) {
      var found = candidates.stream().filter(valid).distinct().limit(2).toList();
      if (!found.isEmpty()) {
        return found.size() == 1 ? found.get(0) : null;
      }
    }
    return null;
  }

  /** A spreadsheet takes leading zeros away. */
  private static List<String> lostZeros(String code) {
    int start = digitsFrom(code);
    var head = code.substring(0, start);
    var tail = code.substring(start);
    return List.of(head + "0" + tail, head + "00" + tail, head + "000" + tail);
  }

  private static int digitsFrom(String code) {
    int i = 0;
    while (i < code.length() && !Character.isDigit(code.charAt(i))) {
      i++;
    }
    return i;
  }

  private static List<String> confused(String code) {
    var candidates = new ArrayList<String>();
    for (int i = 0; i < code.length(); i++) {
      for (var pair : CONFUSED) {
        int at = pair.indexOf(code.charAt(i));
        if (at >= 0) {
          candidates.add(with(code, i, pair.charAt(1 - at)));
        }
      }
    }
    return candidates;
  }

  private static List<String> transposed(String code) {
    var candidates = new ArrayList<String>();
    for (int i = 0; i + 1 < code.length(); i++) {
      if (code.charAt(i) != code.charAt(i + 1)) {
        candidates.add(with(with(code, i, code.charAt(i + 1)), i + 1, code.charAt(i)));
      }
    }
    return candidates;
  }

  private static List<String> mistyped(String code) {
    var candidates = new ArrayList<String>();
    for (int i = 0; i < code.length(); i++) {
      char was = code.charAt(i);
      for (char c = '0'; Character.isDigit(was) && c <= '9'; c++) {
        if (c != was) {
          candidates.add(with(code, i, c));
        }
      }
    }
    return candidates;
  }

  /** A key pressed twice. */
  private static List<String> superfluous(String code) {
    var candidates = new ArrayList<String>();
    for (int i = 1; i < code.length(); i++) {
      if (code.charAt(i) == code.charAt(i - 1)) {
        candidates.add(code.substring(0, i) + code.substring(i + 1));
      }
    }
    return candidates;
  }

  private static String with(String code, int at, char c) {
    return code.substring(0, at) + c + code.substring(at + 1);
  }
}

package org.keyroll.matching;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keyroll.definition.Similarity.Kind;
import org.keyroll.unit.Names;

/** Brings values to the form in which they are compared; empty is the same as missing. */
final class Forms {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("([0-9]{4})[-/.年 ]([0-9]{1,2})[-/.月 ]([0-9]{1,2})日?(?:[T ].*)?");
  private static final Pattern YEAR_LAST =
      Pattern.compile("([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})");
  private static final Pattern BETWEEN_ITEMS = Pattern.compile("[,;|/、，；\n]+");

  private Forms() {}

  static String of(Kind kind, String value) {
    return switch (kind) {
      case NAME, ORGANISATION, TEXT, CATEGORY -> Names.words(value);
      case CODE -> Names.words(value).replace(" ", "");
      case DATE -> date(value.strip());
      case NUMBER -> number(value);
      case LIST -> list(value);
    };
  }

  /** Eight digits, year first; what is no date keeps the digits it has. */
  private static String date(String value) {
    var first = YEAR_FIRST.matcher(value);
    if (first.matches()) {
      return first.group(1) + two(first, 2) + two(first, 3);
    }
    var last = YEAR_LAST.matcher(value);
    if (last.matches()) {
      return last.group(3) + two(last, 2) + two(last, 1);
    }
    return value.replaceAll("[^0-9]", "");
  }

  private static String two(Matcher matcher, int group) {
    var digits = matcher.group(group);
    return digits.length() == 1 ? "0" + digits : digits;
  }

  private static String number(String value) {
    var digits = value.replaceAll("[^0-9.eE+-]", "");
    try {
      return new BigDecimal(digits).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static String list(String value) {
    var items = new TreeSet<String>();
    Arrays.stream(BETWEEN_ITEMS.split(value))
        .map(Names::words)
        .filter(w -> !w.isEmpty())
        .forEach(items::add);
    return String.join("\n", items);
  }
}

package org.keyroll.intake;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Source.NumberStyle;
import org.keyroll.unit.Spelling;

/** Reads numbers as the source declares that they are written, with their units. */
final class NumberReader {
  private static final Pattern REAL =
      Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?|[-+]?[0-9](\\.[0-9]+)?[Ee][-+]?[0-9]{1,3}");
  // A cell of Excel may hold 0.1 + 0.2; the sender sees 15 digits of it.
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

  private final Pattern written;
  private final char decimal;
  private final boolean plainStyle;
  private final List<Unit> units = new ArrayList<>();

  private record Unit(String word, BigDecimal factor) {}

  /**
   * A number with the factor of the unit that stands behind it.
   *
   * @param factor null where there is no unit
   */
  record Read(BigDecimal number, @Nullable BigDecimal factor) {}

  NumberReader(NumberStyle style, Map<String, BigDecimal> units) {
    this.decimal = style.decimal();
    this.plainStyle = decimal == '.';
    var decimals = "(?:" + Pattern.quote(String.valueOf(decimal)) + "[0-9]+)?";
    var grouped =
        style.grouping().stream()
            .map(g -> g.equals(" ") ? "[ \\u00A0\\u202F\\u2009]" : Pattern.quote(g))
            .map(g -> "|[0-9]{1,3}(?:" + g + "[0-9]{3})+" + decimals)
            .collect(Collectors.joining());
    this.written = Pattern.compile("[-+]?(?:[0-9]+" + decimals + grouped + ")");
    units.forEach((word, factor) -> this.units.add(new Unit(Spelling.comparable(word), factor)));
    this.units.sort(Comparator.comparingInt((Unit u) -> u.word().length()).reversed());
  }

  /**
   * Reads a text.
   *
   * @param real whether it is a number for the spreadsheet itself, which writes a point always
   * @return null where it is no number of this style
   */
  @Nullable Read read(String text, boolean real) {
    if (isDigits(text)) {
      return new Read(new BigDecimal(text), null);
    }
    var plain = Spelling.halfWidth(text).replace('\u2212', '-');
    BigDecimal factor = null;
    if (!real) {
      for (var unit : units) {
        if (plain.length() > unit.word().length()
            && Spelling.comparable(plain).endsWith(unit.word())) {
          plain = withoutUnit(plain, unit.word());
          factor = unit.factor();
          break;
        }
      }
    }
    var number = real ? real(plain) : written(plain);
    return number == null ? null : new Read(number, factor);
  }

  private static String withoutUnit(String text, String unit) {
    int end = text.length();
    for (int left = unit.length(); left > 0; ) {
      end--;
      left -= Spelling.isSpace(text.charAt(end)) ? 0 : 1;
    }
    return Spelling.strip(text.substring(0, end));
  }

  private @Nullable BigDecimal written(String text) {
    if (written.matcher(text).matches()) {
      var plain = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c >= '0' && c <= '9' || c == '-' || c == '+') {
          plain.append(c);
        } else if (c == decimal) {
          plain.append('.');
        }
      }
      return new BigDecimal(plain.toString());
    }
    return plainStyle ? real(text) : null;
  }

  private static @Nullable BigDecimal real(String text) {
    if (!REAL.matcher(text).matches()) {
      return null;
    }
    var number = new BigDecimal(text);
    return text.indexOf('E') >= 0 || text.indexOf('e') >= 0 ? number.round(SHOWN) : number;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}

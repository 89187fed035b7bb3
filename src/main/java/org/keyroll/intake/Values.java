package org.keyroll.intake;

import com.ibm.icu.text.Normalizer2;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source.Column;
import org.keyroll.table.Cell;
import org.keyroll.unit.IdentifierScheme;

/** Reads the cells of one column: exactly, or not at all. */
final class Values {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
  private static final Pattern FLOATING = Pattern.compile("[-+]?[0-9](\\.[0-9]+)?[Ee]\\+?[0-9]+");
  private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");
  private static final Pattern PLAIN = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");
  private static final LocalDate SERIAL_0 = LocalDate.of(1899, 12, 30);

  private final Column column;
  private final LocalDate asOf;
  private final Phrases phrases;
  private final Map<String, String> words = new HashMap<>();
  private final List<DateFormat> formats;
  private final @Nullable Pattern pattern;
  private final @Nullable IdentifierScheme scheme;

  private record DateFormat(String pattern, Pattern shape, DateTimeFormatter formatter) {
    static DateFormat of(String pattern) {
      // "d" and "M" take one digit or two; a value of the right shape that is no date says so.
      var shape =
          Pattern.quote(pattern)
              .replace("yyyy", "\\E[0-9]{4}\\Q")
              .replace("MM", "\\E[0-9]{2}\\Q")
              .replace("dd", "\\E[0-9]{2}\\Q")
              .replace("M", "\\E[0-9]{1,2}\\Q")
              .replace("d", "\\E[0-9]{1,2}\\Q");
      return new DateFormat(
          pattern,
          Pattern.compile(shape),
          DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"), Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));
    }
  }

  /** What became of a cell: a canonical value, nothing, or a fault. */
  record Value(@Nullable String canonical, @Nullable Fault fault) {
    static final Value NONE = new Value(null, null);

    static Value of(String canonical) {
      return new Value(canonical, null);
    }
  }

  /**
   * @param phrases of {@code org.keyroll.intake.faults}
   */
  Values(Column column, LocalDate asOf, Phrases phrases) {
    this.column = column;
    this.asOf = asOf;
    this.phrases = phrases;
    column.choices().forEach((canonical, texts) -> learn(canonical, texts));
    column.words().forEach((canonical, texts) -> learn(canonical, texts));
    this.formats = column.formats().stream().map(DateFormat::of).toList();
    this.pattern = column.pattern() == null ? null : Pattern.compile(column.pattern());
    this.scheme =
        column.scheme() == null ? null : IdentifierScheme.of(column.scheme()).orElseThrow();
  }

  private void learn(String canonical, List<String> texts) {
    words.put(comparable(canonical), canonical);
    texts.forEach(t -> words.put(comparable(t), canonical));
  }

  /** The rule is the part of the key before a dot. */
  private Value fault(String key, Object... values) {
    int dot = key.indexOf('.');
    return new Value(
        null, new Fault(dot < 0 ? key : key.substring(0, dot), phrases.say(key, values)));
  }

  Value read(Cell cell) {
    var text = strip(cell.text());
    if (cell.kind() == Cell.Kind.BLANK || text.isEmpty()) {
      return column.required() ? fault("required") : Value.NONE;
    }
    if (cell.kind() == Cell.Kind.ERROR) {
      return fault("error_cell", text);
    }
    return switch (column.type()) {
      case TEXT -> text(cell, text);
      case CODE -> code(cell, text);
      case IDENTIFIER -> identifier(cell, text);
      case INTEGER -> number(text, true);
      case DECIMAL -> number(text, false);
      case PERCENTAGE -> percentage(text);
      case DATE -> date(cell, text);
      case BOOLEAN -> word(text, "unknown_boolean");
      case CHOICE -> word(text, "unknown_choice");
    };
  }

  private Value text(Cell cell, String text) {
    if (cell.kind() == Cell.Kind.NUMBER && FLOATING.matcher(text).matches()) {
      return fault("number_as_code", text);
    }
    var max = column.maxLength();
    int length = text.codePointCount(0, text.length());
    return max != null && length > max ? fault("too_long", length, max) : matching(text);
  }

  private Value code(Cell cell, String text) {
    var code = ascii(text);
    return FLOATING.matcher(code).matches() && cell.kind() != Cell.Kind.BOOLEAN
        ? fault("number_as_code", text)
        : matching(code);
  }

  private Value identifier(Cell cell, String text) {
    var code = ascii(text).toUpperCase(Locale.ROOT);
    if (cell.kind() == Cell.Kind.NUMBER || FLOATING.matcher(code).matches()) {
      return fault("number_as_code", text);
    }
    return Objects.requireNonNull(scheme)
        .fault(code)
        .map(
            f ->
                fault(
                    "check_digit." + f.kind().name().toLowerCase(Locale.ROOT),
                    f.position(),
                    f.detail()))
        .orElseGet(() -> Value.of(code));
  }

  private Value matching(String value) {
    return pattern != null && !pattern.matcher(value).matches()
        ? fault("pattern", value, pattern.pattern())
        : Value.of(value);
  }

  private Value number(String text, boolean whole) {
    var plain = plainNumber(text);
    if (plain == null) {
      return fault("not_a_number", text);
    }
    if (whole && plain.stripTrailingZeros().scale() > 0) {
      return fault("not_whole", text);
    }
    return inRange(plain, text);
  }

  private Value percentage(String text) {
    var ascii = ascii(text);
    boolean percent = ascii.endsWith("%");
    var plain = plainNumber(percent ? ascii.substring(0, ascii.length() - 1) : ascii);
    if (plain == null) {
      return fault("not_a_number.percentage", text);
    }
    return inRange(percent ? plain.movePointLeft(2) : plain, text);
  }

  private Value inRange(BigDecimal number, String text) {
    var min = column.min();
    var max = column.max();
    if (min != null && number.compareTo(min) < 0 || max != null && number.compareTo(max) > 0) {
      return fault(
          "out_of_range",
          text,
          min == null ? "…" : min.toPlainString(),
          max == null ? "…" : max.toPlainString());
    }
    var stripped = number.stripTrailingZeros();
    return Value.of(stripped.signum() == 0 ? "0" : stripped.toPlainString());
  }

  private static @Nullable BigDecimal plainNumber(String text) {
    var ascii = ascii(text);
    if (PLAIN.matcher(ascii).matches()) {
      return new BigDecimal(ascii);
    }
    if (GROUPED.matcher(ascii).matches()) {
      return new BigDecimal(ascii.replace(",", ""));
    }
    // A cell of Excel may hold 0.1 + 0.2; the sender sees 15 digits of it.
    if (FLOATING.matcher(ascii).matches() || ascii.matches("[-+]?[0-9.]+[Ee]-[0-9]+")) {
      return new BigDecimal(ascii).round(new java.math.MathContext(15, RoundingMode.HALF_EVEN));
    }
    return null;
  }

  private Value date(Cell cell, String text) {
    if (cell.kind() == Cell.Kind.DATE) {
      return notTooLate(LocalDate.parse(text.substring(0, 10)));
    }
    var ascii = ascii(text);
    for (var format : formats) {
      if (format.shape().matcher(ascii).matches()) {
        try {
          return notTooLate(LocalDate.parse(ascii, format.formatter()));
        } catch (DateTimeException e) {
          return fault("no_such_date", text);
        }
      }
    }
    // A date that lost its format shows as days since 1899-12-30; 1954 to 2119 is taken for one.
    if (cell.kind() == Cell.Kind.NUMBER && ascii.matches("[2-7][0-9]{4}")) {
      return notTooLate(SERIAL_0.plusDays(Long.parseLong(ascii)));
    }
    return fault("not_a_date", text, column.formats().get(0));
  }

  private Value notTooLate(LocalDate date) {
    return !column.future() && date.isAfter(asOf)
        ? fault("future_date", date, asOf)
        : Value.of(date.toString());
  }

  private Value word(String text, String rule) {
    var canonical = words.get(comparable(text));
    if (canonical != null) {
      return Value.of(canonical);
    }
    var allowed = column.choices().isEmpty() ? column.words() : column.choices();
    return fault(
        rule, text, allowed.values().stream().map(w -> w.get(0)).collect(Collectors.joining(", ")));
  }

  /** Without white space at either end, the ideographic and the no-break space included. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Half-width, without any white space. */
  static String ascii(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = text.charAt(i) > ' ' && text.charAt(i) < 0x7F;
    }
    if (plain) {
      return text;
    }
    var normal = NFKC.normalize(text);
    var out = new StringBuilder(normal.length());
    for (int i = 0; i < normal.length(); i++) {
      if (!isSpace(normal.charAt(i))) {
        out.append(normal.charAt(i));
      }
    }
    return out.toString();
  }

  /** The form in which headings and words are compared. */
  static String comparable(String text) {
    return ascii(text).toLowerCase(Locale.ROOT);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }
}

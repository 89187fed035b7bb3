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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    static Value fault(String rule, String message) {
      return new Value(null, new Fault(rule, message));
    }
  }

  Values(Column column, LocalDate asOf) {
    this.column = column;
    this.asOf = asOf;
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

  Value read(Cell cell) {
    var text = strip(cell.text());
    if (cell.kind() == Cell.Kind.BLANK || text.isEmpty()) {
      return column.required() ? Value.fault("required", "this cell must be filled") : Value.NONE;
    }
    if (cell.kind() == Cell.Kind.ERROR) {
      return Value.fault(
          "error_cell",
          "the cell holds the error %s of a formula; enter the value itself".formatted(text));
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
      return numberAsCode(text);
    }
    var max = column.maxLength();
    int length = text.codePointCount(0, text.length());
    return max != null && length > max
        ? Value.fault("too_long", "%d characters; at most %d fit".formatted(length, max))
        : matching(text);
  }

  private Value code(Cell cell, String text) {
    var code = ascii(text);
    return FLOATING.matcher(code).matches() && cell.kind() != Cell.Kind.BOOLEAN
        ? numberAsCode(text)
        : matching(code);
  }

  private Value identifier(Cell cell, String text) {
    var code = ascii(text).toUpperCase(Locale.ROOT);
    if (cell.kind() == Cell.Kind.NUMBER || FLOATING.matcher(code).matches()) {
      return numberAsCode(text);
    }
    return java.util.Objects.requireNonNull(scheme)
        .fault(code)
        .map(
            fault ->
                Value.fault(
                    "check_digit", fault + "; compare it with the certificate of registration"))
        .orElseGet(() -> Value.of(code));
  }

  private static Value numberAsCode(String text) {
    return Value.fault(
        "number_as_code",
        "the spreadsheet has turned the code into the number %s and lost digits; format the"
                .formatted(text)
            + " column as text and type the code again");
  }

  private Value matching(String value) {
    return pattern != null && !pattern.matcher(value).matches()
        ? Value.fault("pattern", "\"%s\" is not of the form %s".formatted(value, pattern.pattern()))
        : Value.of(value);
  }

  private Value number(String text, boolean whole) {
    var plain = plainNumber(text);
    if (plain == null) {
      return Value.fault("not_a_number", "\"%s\" is not a number".formatted(text));
    }
    if (whole && plain.stripTrailingZeros().scale() > 0) {
      return Value.fault("not_whole", "\"%s\" is not a whole number".formatted(text));
    }
    return inRange(plain, text);
  }

  private Value percentage(String text) {
    var ascii = ascii(text);
    boolean percent = ascii.endsWith("%");
    var plain = plainNumber(percent ? ascii.substring(0, ascii.length() - 1) : ascii);
    if (plain == null) {
      return Value.fault(
          "not_a_number", "\"%s\" is not a percentage such as 12.5%%".formatted(text));
    }
    return inRange(percent ? plain.movePointLeft(2) : plain, text);
  }

  private Value inRange(BigDecimal number, String text) {
    if (column.min() != null && number.compareTo(column.min()) < 0
        || column.max() != null && number.compareTo(column.max()) > 0) {
      return Value.fault(
          "out_of_range",
          "%s is outside %s to %s"
              .formatted(
                  text,
                  column.min() == null ? "…" : column.min().toPlainString(),
                  column.max() == null ? "…" : column.max().toPlainString()));
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
          return Value.fault("no_such_date", "\"%s\" is not a day of the calendar".formatted(text));
        }
      }
    }
    // A date that lost its format shows as days since 1899-12-30; 1954 to 2119 is taken for one.
    if (cell.kind() == Cell.Kind.NUMBER && ascii.matches("[2-7][0-9]{4}")) {
      return notTooLate(SERIAL_0.plusDays(Long.parseLong(ascii)));
    }
    return Value.fault(
        "not_a_date",
        "\"%s\" is not a date; write it as %s"
            .formatted(text, column.formats().isEmpty() ? "2026-01-31" : column.formats().get(0)));
  }

  private Value notTooLate(LocalDate date) {
    return !column.future() && date.isAfter(asOf)
        ? Value.fault("future_date", "%s lies after %s, the date of this run".formatted(date, asOf))
        : Value.of(date.toString());
  }

  private Value word(String text, String rule) {
    var canonical = words.get(comparable(text));
    if (canonical != null) {
      return Value.of(canonical);
    }
    var allowed = column.choices().isEmpty() ? column.words() : column.choices();
    return Value.fault(
        rule,
        "\"%s\" is not one of %s"
            .formatted(
                text,
                allowed.values().stream()
                    .map(w -> w.get(0))
                    .collect(java.util.stream.Collectors.joining(", "))));
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

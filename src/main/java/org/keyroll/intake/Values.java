package org.keyroll.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Column;
import org.keyroll.definition.Source.NumberStyle;
import org.keyroll.table.Cell;
import org.keyroll.unit.IdentifierScheme;
import org.keyroll.unit.Spelling;

/** Reads the cells of one column: exactly, or not at all. */
final class Values {
  private static final Pattern FLOATING = Pattern.compile("[-+]?[0-9](\\.[0-9]+)?[Ee]\\+?[0-9]+");
  private static final int SHOWN_WORDS = 20;

  /** A spreadsheet keeps so many digits of a number. */
  private static final int EXACT_DIGITS = 15;

  private final Column column;
  private final Faults faults;
  private final @Nullable BigDecimal headingFactor;
  private final Map<String, String> words = new HashMap<>();
  private final Set<String> emptyWords = new HashSet<>();
  private final Set<BigDecimal> emptyNumbers = new HashSet<>();
  private final @Nullable NumberReader numbers;
  private final @Nullable DateReader dates;
  private final @Nullable Pattern pattern;
  private final @Nullable IdentifierScheme scheme;
  private final @Nullable Pattern separator;
  private final @Nullable Values items;

  /** What became of a cell: a canonical value, nothing, or a fault. */
  record Value(@Nullable String canonical, @Nullable Fault fault) {
    static final Value NONE = new Value(null, null);

    static Value of(String canonical) {
      return new Value(canonical, null);
    }
  }

  /**
   * Says what is wrong, in the language of the programme.
   *
   * @param phrases of {@code org.keyroll.intake.faults}
   */
  record Faults(Phrases phrases) {

    /** The rule is the part of the key before a dot. */
    Value of(String key, Object... values) {
      int dot = key.indexOf('.');
      return new Value(
          null, new Fault(dot < 0 ? key : key.substring(0, dot), phrases.say(key, values)));
    }

    /** The same, and what the sender may have meant. */
    Value suggesting(@Nullable String hint, String key, Object... values) {
      var said = Objects.requireNonNull(of(key, values).fault());
      return hint == null
          ? new Value(null, said)
          : new Value(
              null, new Fault(said.rule(), phrases.say("suggestion", said.message(), hint)));
    }
  }

  /**
   * @param unit the unit that the heading names
   * @param phrases of {@code org.keyroll.intake.faults}
   */
  Values(Column column, NumberStyle style, @Nullable String unit, LocalDate asOf, Phrases phrases) {
    this.column = column;
    this.faults = new Faults(phrases);
    this.headingFactor = factor(column, unit == null ? column.unit() : unit);
    column.choices().forEach(this::learn);
    column.words().forEach(this::learn);
    column.emptyWords().forEach(word -> emptyWords.add(Spelling.comparable(word)));
    boolean number =
        column.type() == Source.Type.INTEGER
            || column.type() == Source.Type.DECIMAL
            || column.type() == Source.Type.PERCENTAGE;
    this.numbers = number ? new NumberReader(style, column.units()) : null;
    if (numbers != null) {
      for (var word : column.emptyWords()) {
        var read = numbers.read(word, false);
        if (read != null && read.factor() == null) {
          emptyNumbers.add(read.number().stripTrailingZeros());
        }
      }
    }
    this.dates =
        column.type() == Source.Type.DATE || column.type() == Source.Type.PERIOD
            ? new DateReader(column, asOf, faults)
            : null;
    this.pattern = column.pattern() == null ? null : Pattern.compile(column.pattern());
    this.scheme =
        column.scheme() == null ? null : IdentifierScheme.of(column.scheme()).orElseThrow();
    this.separator =
        column.separators().isEmpty()
            ? null
            : Pattern.compile(
                column.separators().stream()
                    .flatMap(s -> Stream.of(s, Spelling.fullWidth(s)))
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(s -> s.equals("\n") ? "\\R" : Pattern.quote(s))
                    .collect(Collectors.joining("|")));
    this.items =
        column.items() == null ? null : new Values(column.items(), style, null, asOf, phrases);
  }

  private static @Nullable BigDecimal factor(Column column, @Nullable String unit) {
    if (unit == null) {
      return null;
    }
    var comparable = Spelling.comparable(unit);
    return column.units().entrySet().stream()
        .filter(u -> Spelling.comparable(u.getKey()).equals(comparable))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private void learn(String canonical, List<String> texts) {
    words.put(Spelling.comparable(canonical), canonical);
    texts.forEach(t -> words.put(Spelling.comparable(t), canonical));
  }

  /** Whether the cell says nothing. */
  boolean isEmpty(Cell cell) {
    if (cell.kind() == Cell.Kind.BLANK) {
      return true;
    }
    var text = Spelling.strip(cell.text());
    return text.isEmpty()
        || !emptyWords.isEmpty() && emptyWords.contains(Spelling.comparable(text))
        || !emptyNumbers.isEmpty() && isEmptyNumber(cell, text);
  }

  /** Whether a number stands for an empty cell, however it is written: -999 and -999.0 are one. */
  private boolean isEmptyNumber(Cell cell, String text) {
    var read = Objects.requireNonNull(numbers).read(text, cell.kind() == Cell.Kind.NUMBER);
    return read != null
        && read.factor() == null
        && emptyNumbers.contains(read.number().stripTrailingZeros());
  }

  Value read(Cell cell) {
    return read(cell, null);
  }

  /**
   * @param country whose register an identifier is of; null where the row does not say
   */
  Value read(Cell cell, @Nullable String country) {
    if (isEmpty(cell)) {
      return column.required() ? faults.of("required") : Value.NONE;
    }
    // A number is its value, a code is what its sender sees.
    boolean value = numbers != null || dates != null;
    return filled(cell, Spelling.strip(value ? cell.text() : cell.shown()), country);
  }

  private Value filled(Cell cell, String text, @Nullable String country) {
    if (cell.kind() == Cell.Kind.ERROR) {
      return faults.of("error_cell", text);
    }
    return switch (column.type()) {
      case TEXT -> text(cell, text);
      case CODE -> code(cell, text);
      case IDENTIFIER -> identifier(cell, text, country);
      case INTEGER, DECIMAL -> number(cell, text);
      case PERCENTAGE -> percentage(cell, text);
      case DATE, PERIOD -> Objects.requireNonNull(dates).read(cell, text);
      case BOOLEAN -> word(text, "unknown_boolean");
      case CHOICE -> word(text, "unknown_choice");
      case LIST -> list(cell, text);
    };
  }

  private Value text(Cell cell, String text) {
    return hasLostDigits(cell, text) ? faults.of("number_as_code", text) : fitting(text);
  }

  private Value code(Cell cell, String text) {
    if (cell.kind() == Cell.Kind.DATE) {
      return faults.of("number_as_code.date", text);
    }
    var code = Spelling.ascii(text);
    return FLOATING.matcher(code).matches() || hasLostDigits(cell, code)
        ? faults.of("number_as_code", text)
        : fitting(code);
  }

  /** Whether a number is longer than a spreadsheet keeps numbers. */
  private static boolean hasLostDigits(Cell cell, String text) {
    return cell.kind() == Cell.Kind.NUMBER
        && (FLOATING.matcher(text).matches()
            || text.chars().filter(Character::isDigit).count() > EXACT_DIGITS
                && text.indexOf('.') < 0);
  }

  private Value fitting(String text) {
    var max = column.maxLength();
    int length = max == null ? 0 : text.codePointCount(0, text.length());
    if (max != null && length > max) {
      return faults.of("too_long", length, max);
    }
    return pattern != null && !pattern.matcher(text).matches()
        ? faults.of("pattern", text, pattern.pattern())
        : Value.of(text);
  }

  private Value identifier(Cell cell, String text, @Nullable String country) {
    if (cell.kind() == Cell.Kind.DATE) {
      return faults.of("number_as_code.date", text);
    }
    var ascii = Spelling.ascii(text);
    if (FLOATING.matcher(ascii).matches()) {
      return faults.of("number_as_code", text);
    }
    var own = scheme(country);
    if (own == null) {
      return faults.of("check_digit.country", 0, country == null ? "" : country);
    }
    var code = own.canonical(ascii);
    var fault = own.fault(code).orElse(null);
    if (cell.kind() == Cell.Kind.NUMBER && (fault != null || text.length() > EXACT_DIGITS)) {
      return faults.of("number_as_code", text);
    }
    if (fault == null) {
      return Value.of(code);
    }
    return faults.suggesting(
        fault.hint(),
        "check_digit." + fault.kind().name().toLowerCase(Locale.ROOT),
        fault.position(),
        fault.detail());
  }

  private @Nullable IdentifierScheme scheme(@Nullable String country) {
    return column.country() == null
        ? scheme
        : country == null
            ? null
            : IdentifierScheme.of(column.scheme() + "/" + country.toUpperCase(Locale.ROOT))
                .orElse(null);
  }

  private Value number(Cell cell, String text) {
    var read = Objects.requireNonNull(numbers).read(text, cell.kind() == Cell.Kind.NUMBER);
    if (read == null) {
      return faults.of("not_a_number", text);
    }
    var factor = read.factor() == null ? headingFactor : read.factor();
    if (factor == null && !column.units().isEmpty()) {
      return faults.of("no_unit", text, String.join(", ", column.units().keySet()));
    }
    var number = factor == null ? read.number() : read.number().multiply(factor);
    if (column.type() == Source.Type.INTEGER && number.stripTrailingZeros().scale() > 0) {
      return faults.of("not_whole", text);
    }
    return inRange(number, text);
  }

  private Value percentage(Cell cell, String text) {
    var half = Spelling.halfWidth(text);
    boolean percent = half.endsWith("%");
    var read =
        Objects.requireNonNull(numbers)
            .read(
                percent ? Spelling.strip(half.substring(0, half.length() - 1)) : half,
                cell.kind() == Cell.Kind.NUMBER);
    if (read == null) {
      return faults.of("not_a_number.percentage", text);
    }
    if (percent) {
      return inRange(read.number().movePointLeft(2), text);
    }
    var factor = read.factor() == null ? headingFactor : read.factor();
    return inRange(factor == null ? read.number() : read.number().multiply(factor), text);
  }

  private Value inRange(BigDecimal number, String text) {
    boolean outside =
        column.min() != null && number.compareTo(column.min()) < 0
            || column.max() != null && number.compareTo(column.max()) > 0
            || column.above() != null && number.compareTo(column.above()) <= 0
            || column.below() != null && number.compareTo(column.below()) >= 0;
    if (outside) {
      var least = bound(column.min(), "", column.above(), "> ");
      var most = bound(column.max(), "", column.below(), "< ");
      if (least != null && most != null) {
        return faults.of("out_of_range", text, least, most);
      }
      var one =
          least == null
              ? bound(column.max(), "≤ ", column.below(), "< ")
              : bound(column.min(), "≥ ", column.above(), "> ");
      return faults.of("out_of_range.one", text, Objects.requireNonNull(one));
    }
    var stripped = number.stripTrailingZeros();
    return Value.of(stripped.signum() == 0 ? "0" : stripped.toPlainString());
  }

  private static @Nullable String bound(
      @Nullable BigDecimal inclusive,
      String sign,
      @Nullable BigDecimal exclusive,
      String exclusiveSign) {
    return inclusive != null
        ? sign + inclusive.toPlainString()
        : exclusive != null ? exclusiveSign + exclusive.toPlainString() : null;
  }

  private Value word(String text, String rule) {
    var canonical = words.get(Spelling.comparable(text));
    if (canonical != null) {
      return Value.of(canonical);
    }
    var allowed = column.choices().isEmpty() ? column.words() : column.choices();
    var shown =
        allowed.values().stream()
            .limit(SHOWN_WORDS)
            .map(w -> w.get(0))
            .collect(Collectors.joining(", "));
    return faults.of(rule, text, allowed.size() > SHOWN_WORDS ? shown + ", …" : shown);
  }

  /** One value a line; the order is the sender's. */
  private Value list(Cell cell, String text) {
    var parts = Objects.requireNonNull(separator).split(text, -1);
    var values = new ArrayList<String>(parts.length);
    for (int i = 0; i < parts.length; i++) {
      var part = Spelling.strip(parts[i]);
      if (part.isEmpty()) {
        if (i == parts.length - 1 && i > 0) {
          continue;
        }
        return faults.of("empty_item", i + 1);
      }
      var kind = parts.length == 1 ? cell.kind() : Cell.Kind.TEXT;
      var value = Objects.requireNonNull(items).filled(new Cell(kind, part), part, null);
      if (value.canonical() == null) {
        return value;
      }
      var canonical = value.canonical().replaceAll("\\s+", " ");
      if (values.contains(canonical)) {
        return faults.of("repeated_item", part);
      }
      values.add(canonical);
    }
    return Value.of(String.join("\n", values));
  }
}

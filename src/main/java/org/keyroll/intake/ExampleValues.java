package org.keyroll.intake;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Source;
import org.keyroll.definition.Source.Column;
import org.keyroll.unit.FictionalCodes;

/** Values that a column takes, of organisations that do not exist. */
final class ExampleValues {
  /** Whose registers examples are of, where the row tells the country. */
  private static final String COUNTRY = "FI";

  private static final LocalDate DAY = LocalDate.of(2025, 1, 15);

  private final Definitions definitions;
  private final Source source;

  ExampleValues(Definitions definitions, Source source) {
    this.definitions = definitions;
    this.source = source;
  }

  /**
   * A String, LocalDate or BigDecimal; null where none can be made up.
   *
   * @param number tells values apart, from 0
   */
  @Nullable Object of(String field, Column column, int number) {
    return switch (column.type()) {
      case TEXT -> text(field, column, number);
      case CODE ->
          isCountry(field)
              ? COUNTRY
              : column.pattern() == null
                  ? "A" + (number + 1)
                  : PatternSample.of(column.pattern(), number).orElse(null);
      case IDENTIFIER ->
          FictionalCodes.of(Objects.requireNonNull(column.scheme()), COUNTRY, number).orElse(null);
      case INTEGER, DECIMAL, PERCENTAGE -> number(column);
      case DATE -> day(column, number);
      case PERIOD ->
          column
              .formats()
              .get(0)
              .replace("'", "")
              .replace("yyyy", "2025")
              .replace("MM", "01")
              .replaceAll("[Mqh]", "1");
      case BOOLEAN, CHOICE ->
          column.choices().keySet().stream()
              .filter(value -> isCountry(field) && value.equalsIgnoreCase(COUNTRY))
              .map(value -> Templates.firstWord(column, value))
              .findFirst()
              .orElse(Templates.firstWords(column).get(0));
      case LIST -> column.items() == null ? null : of(field, column.items(), number);
    };
  }

  /** As it would stand in the name of a file or of a sheet; empty where none can be made up. */
  String inName(String what, Column column, String expression) {
    var value = String.valueOf(of(what, column, 0));
    var match = Pattern.compile(expression).matcher(value);
    return match.find() ? value : PatternSample.of(expression, 0).orElse("");
  }

  /** Whether identifiers of the row are of the register of the country that this field names. */
  boolean isCountry(String field) {
    return source.columns().values().stream().anyMatch(c -> field.equals(c.country()));
  }

  private @Nullable String text(String field, Column column, int number) {
    if (column.pattern() != null) {
      return PatternSample.of(column.pattern(), number).orElse(null);
    }
    var words = Marked.phrases(definitions.programme());
    var text =
        field.equals(definitions.matching().name())
            ? words.say("example.name", number + 1)
            : source.key().contains(field)
                ? words.say("example") + " " + (number + 1)
                : words.say("example");
    var most = column.maxLength();
    return most == null || text.length() <= most ? text : text.substring(text.length() - most);
  }

  private static Object number(Column column) {
    var number = column.type() == Source.Type.PERCENTAGE ? new BigDecimal("0.1") : BigDecimal.ONE;
    var least = column.min() != null ? column.min() : column.above();
    var most = column.max() != null ? column.max() : column.below();
    boolean low = least != null && number.compareTo(least) < (column.min() != null ? 0 : 1);
    boolean high = most != null && number.compareTo(most) > (column.max() != null ? 0 : -1);
    if (low || high) {
      number =
          most == null
              ? Objects.requireNonNull(least).add(BigDecimal.ONE)
              : least == null
                  ? most.subtract(BigDecimal.ONE)
                  : least.add(most).divide(BigDecimal.valueOf(2));
    }
    if (column.type() == Source.Type.INTEGER) {
      number = number.setScale(0, RoundingMode.CEILING);
    }
    return column.units().isEmpty() || column.unit() != null
        ? number
        : number.toPlainString() + " " + column.units().keySet().iterator().next();
  }

  private static LocalDate day(Column column, int number) {
    var day = DAY;
    if (column.earliest() != null && day.isBefore(column.earliest())) {
      day = column.earliest();
    }
    return column.latest() != null && day.isAfter(column.latest())
        ? column.latest().minusDays(number)
        : day.plusDays(number);
  }

  /** What a declared total says of so many rows. */
  @Nullable Object total(String what, int rows) {
    for (var total : source.gates().totals()) {
      if (total.title().equals(what)) {
        var summed = total.sums() == null ? null : source.columns().get(total.sums());
        var one = summed == null ? BigDecimal.ONE : number(summed);
        return one instanceof BigDecimal n ? n.multiply(BigDecimal.valueOf(rows)) : null;
      }
    }
    return null;
  }

  /** What a file of the source may be called. */
  String fileName() {
    var name = new ArrayList<String>();
    TemplateLayout.given(source)
        .forEach(
            (what, column) -> {
              var origin = column.origin();
              if (origin != null && origin.fileName() != null) {
                name.add(inName(what, column, origin.fileName()));
              }
            });
    var pattern = source.files().isEmpty() ? "*.xlsx" : source.files().get(0);
    return pattern
        .replaceFirst("(?<=[^-_ ])\\*", "-*")
        .replaceFirst("\\*", name.isEmpty() ? "1" : String.join("-", name));
  }

  /** What the sheet of the rows may be called, where the source says nothing but a form of it. */
  @Nullable String sheetName() {
    for (var given : TemplateLayout.given(source).entrySet()) {
      var origin = given.getValue().origin();
      if (origin != null && origin.sheetName() != null) {
        return inName(given.getKey(), given.getValue(), origin.sheetName());
      }
    }
    return null;
  }
}

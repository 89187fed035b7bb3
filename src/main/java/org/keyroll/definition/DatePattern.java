package org.keyroll.definition;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keyroll.unit.Spelling;

/**
 * One way to write a day or a period: {@code yyyy} and, as far as it goes, {@code h} (half year: 1,
 * 2, 上, 下), {@code q} (quarter: 1 to 4, 一 to 四), {@code MM}, {@code M}, {@code MMM} (name of the
 * month), {@code dd}, {@code d}, then {@code HH}, {@code H}, {@code mm}, {@code ss}; other letters
 * stand in single quotes. {@code M} and {@code d} take one digit or two.
 */
public final class DatePattern {
  private static final Map<String, String> TOKENS =
      Map.of(
          "yyyy", "([0-9]{4})",
          "MM", "([0-9]{2})",
          "M", "([0-9]{1,2})",
          "dd", "([0-9]{2})",
          "d", "([0-9]{1,2})",
          "HH", "([0-9]{2})",
          "H", "([0-9]{1,2})",
          "mm", "([0-9]{2})",
          "q", "([1-4一二三四])",
          "h", "([12上下])");
  private static final String SECONDS = "([0-9]{2}(?:[.][0-9]+)?)";

  private final String text;
  private final Pattern shape;
  private final List<Character> parts = new ArrayList<>();
  private final Map<String, Integer> months = new HashMap<>();

  /** How fine a pattern is. */
  public enum Grain {
    YEAR,
    HALF,
    QUARTER,
    MONTH,
    DAY
  }

  /**
   * What a text says.
   *
   * @param first first day of it; a day is its own
   * @param timeOfDay whether it names a time other than midnight
   */
  public record Parsed(Grain grain, LocalDate first, boolean timeOfDay) {

    /** Its last day. */
    public LocalDate last() {
      return switch (grain) {
        case YEAR -> first.plusYears(1).minusDays(1);
        case HALF -> first.plusMonths(6).minusDays(1);
        case QUARTER -> first.plusMonths(3).minusDays(1);
        case MONTH -> first.plusMonths(1).minusDays(1);
        case DAY -> first;
      };
    }

    /** {@code 2026}, {@code 2026-H1}, {@code 2026-Q3}, {@code 2026-09} or {@code 2026-09-30}. */
    public String canonical() {
      var year = String.format(Locale.ROOT, "%04d", first.getYear());
      return switch (grain) {
        case YEAR -> year;
        case HALF -> year + "-H" + (first.getMonthValue() / 6 + 1);
        case QUARTER -> year + "-Q" + (first.getMonthValue() / 3 + 1);
        case MONTH -> YearMonth.from(first).toString();
        case DAY -> first.toString();
      };
    }
  }

  private DatePattern(String text, String regex) {
    this.text = text;
    this.shape = Pattern.compile(regex);
  }

  /**
   * Compiles a pattern.
   *
   * @param language of the names of months
   * @throws IllegalArgumentException with a sentence that says what would be right
   */
  public static DatePattern of(String text, String language) {
    var regex = new StringBuilder();
    var parts = new ArrayList<Character>();
    var months = new HashMap<String, Integer>();
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int end = i;
      while (end < text.length() && text.charAt(end) == c) {
        end++;
      }
      if (c == '\'') {
        int close = text.indexOf('\'', i + 1);
        if (close < 0) {
          throw new IllegalArgumentException("a quote is not closed in \"" + text + "\"");
        }
        regex.append(Pattern.quote(Spelling.ascii(text.substring(i + 1, close))));
        i = close + 1;
        continue;
      }
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
        regex.append(Pattern.quote(Spelling.ascii(text.substring(i, end))));
        i = end;
        continue;
      }
      var token = text.substring(i, end);
      if (token.equals("MMM")) {
        months.putAll(namesOfMonths(language));
        regex.append("([\\p{L}\\p{M}]+)\\.?");
        parts.add('n');
      } else if (token.equals("ss")) {
        regex.append(SECONDS);
        parts.add('s');
      } else if (TOKENS.containsKey(token)) {
        regex.append(TOKENS.get(token));
        parts.add(c);
      } else {
        throw new IllegalArgumentException(
            "\"%s\" is not a date pattern such as yyyy-MM-dd: \"%s\" is not one of yyyy, MM, M, MMM, dd, d, q, h, HH, H, mm, ss; put other letters in single quotes"
                .formatted(text, token));
      }
      i = end;
    }
    var pattern = new DatePattern(text, regex.toString());
    pattern.parts.addAll(parts);
    pattern.months.putAll(months);
    pattern.check();
    return pattern;
  }

  private void check() {
    if (parts.stream().distinct().count() < parts.size()) {
      throw new IllegalArgumentException("\"" + text + "\" holds the same part twice");
    }
    int finer = (has('h') ? 1 : 0) + (has('q') ? 1 : 0) + (has('M') || has('n') ? 1 : 0);
    if (!has('y')
        || finer > 1
        || has('M') && has('n')
        || has('d') && !has('M') && !has('n')
        || has('H') && !has('d')
        || has('m') && !has('H')
        || has('s') && !has('m')) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" must hold year, month and day: yyyy, M and d; or, for a period, yyyy and one of M, q, h, or yyyy alone");
    }
  }

  private boolean has(char part) {
    return parts.contains(part);
  }

  /** How fine it is. */
  public Grain grain() {
    return has('d')
        ? Grain.DAY
        : has('M') || has('n')
            ? Grain.MONTH
            : has('q') ? Grain.QUARTER : has('h') ? Grain.HALF : Grain.YEAR;
  }

  /**
   * Reads a text without white space.
   *
   * @return empty where it does not have this form
   * @throws DateTimeException where it has, but there is no such day
   */
  public Optional<Parsed> parse(String value) {
    var match = shape.matcher(value);
    if (!match.matches()) {
      return Optional.empty();
    }
    int year = 0;
    int month = 1;
    int day = 1;
    boolean time = false;
    for (int i = 0; i < parts.size(); i++) {
      var digits = match.group(i + 1);
      switch (parts.get(i)) {
        case 'y' -> year = Integer.parseInt(digits);
        case 'M' -> month = Integer.parseInt(digits);
        case 'n' -> {
          var named = months.get(digits.toLowerCase(Locale.ROOT));
          if (named == null) {
            return Optional.empty();
          }
          month = named;
        }
        case 'd' -> day = Integer.parseInt(digits);
        case 'q' -> month = 3 * ("1一2二3三4四".indexOf(digits) / 2) + 1;
        case 'h' -> month = "1上".contains(digits) ? 1 : 7;
        case 'H' -> time |= within(digits, 24);
        default -> time |= within(digits, 60);
      }
    }
    return Optional.of(new Parsed(grain(), LocalDate.of(year, month, day), time));
  }

  private static boolean within(String digits, int end) {
    var value = Double.parseDouble(digits);
    if (value >= end) {
      throw new DateTimeException("no such time of day: " + digits);
    }
    return value > 0;
  }

  private static Map<String, Integer> namesOfMonths(String language) {
    var symbols = new DateFormatSymbols(ULocale.forLanguageTag(language));
    var names = new HashMap<String, Integer>();
    for (int context : new int[] {DateFormatSymbols.FORMAT, DateFormatSymbols.STANDALONE}) {
      for (int width : new int[] {DateFormatSymbols.ABBREVIATED, DateFormatSymbols.WIDE}) {
        var months = symbols.getMonths(context, width);
        for (int i = 0; i < 12; i++) {
          names.put(months[i].replace(".", "").toLowerCase(Locale.ROOT), i + 1);
        }
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return text;
  }
}

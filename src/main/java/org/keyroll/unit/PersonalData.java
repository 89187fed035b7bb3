package org.keyroll.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what looks like a person's data: identity cards of GB 11643 with 18 digits and the earlier
 * ones with 15, Chinese mobile numbers, e-mail addresses of persons, and headings. Valid credit
 * codes and registration numbers are none.
 */
public final class PersonalData {
  private static final List<String> HEADINGS = lines("personal-headings.txt");
  private static final Set<String> PROVIDERS = Set.copyOf(lines("personal-mail.txt"));
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern ABOUT_UNITS =
      Pattern.compile(
          ".*(是否|有无).*|.*(数|数量|比例|占比|率)(\\(.*\\))?|(number|count|share|percentage) of .*");
  private static final Pattern SPACED_MOBILE =
      Pattern.compile("(?:\\(?(?:\\+|00)?86\\)?[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}");
  private static final Pattern SPACED_CARD =
      Pattern.compile("([0-9]{6})[- ]([0-9]{8})[- ]?([0-9]{3}[0-9Xx])");
  private static final Pattern MAIL =
      Pattern.compile("([A-Za-z0-9._%+-]+)@([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)");
  private static final Pattern NAME_OF_PERSON = Pattern.compile("[a-z]{1,20}\\.[a-z]{2,20}");
  private static final int[] CARD_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CARD_CHECKS = "10X98765432";
  private static final Set<String> PROVINCES =
      Set.of(
          "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
          "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
          "65", "71", "81", "82", "83", "91");
  private static final int SHORTEST = 8;

  private PersonalData() {}

  /** What a text looks like. */
  public enum Kind {
    IDENTITY_CARD,
    MOBILE_NUMBER,
    EMAIL
  }

  /** The word that makes a heading one of persons' data; empty where none does. */
  public static Optional<String> heading(String heading) {
    var comparable = Spelling.comparable(heading);
    var words =
        " "
            + NOT_LETTERS
                .matcher(Spelling.halfWidth(heading).toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip()
            + " ";
    if (ABOUT_UNITS.matcher(comparable).matches() || ABOUT_UNITS.matcher(words.strip()).matches()) {
      return Optional.empty();
    }
    for (var entry : HEADINGS) {
      boolean whole = entry.startsWith("=");
      var word = whole ? entry.substring(1) : entry;
      boolean ideographs = word.codePointAt(0) >= 0x2E80;
      boolean found =
          whole
              ? comparable.equals(word)
              : ideographs ? comparable.contains(word) : words.contains(" " + word + " ");
      if (found) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  /** What a text holds of persons, anywhere in it; null: nothing that is known. */
  public static @Nullable Kind in(String sent) {
    if (sent.length() < SHORTEST) {
      return null;
    }
    var text = sent;
    boolean mail = false;
    boolean spaced = false;
    int digits = 0;
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '@' || c == '＠') {
        mail = true;
      } else if (c == '-' || c == ' ' || c == '+' || c == '(') {
        spaced = true;
      } else if (c >= 0xFF00 && c <= 0xFF5E) {
        text = Spelling.halfWidth(sent);
        digits++;
      }
    }
    if (digits >= 11) {
      var kind = numbers(text);
      if (kind != null) {
        return kind;
      }
      if (spaced && text.length() < 30) {
        var compact = text.strip();
        if (SPACED_MOBILE.matcher(compact).matches()) {
          return Kind.MOBILE_NUMBER;
        }
        var card = SPACED_CARD.matcher(compact);
        if (card.matches() && isCard(card.group(1) + card.group(2) + card.group(3))) {
          return Kind.IDENTITY_CARD;
        }
      }
    }
    return mail ? mail(text) : null;
  }

  private static @Nullable Kind numbers(String text) {
    for (int from = 0; from < text.length(); from++) {
      if (!isAlphanumeric(text.charAt(from))) {
        continue;
      }
      int to = from;
      while (to < text.length() && isAlphanumeric(text.charAt(to))) {
        to++;
      }
      int length = to - from;
      if (length == 11 || length == 13 || length == 15 || length == 18) {
        var kind = number(text.substring(from, to));
        if (kind != null) {
          return kind;
        }
      }
      from = to;
    }
    return null;
  }

  private static @Nullable Kind number(String run) {
    return switch (run.length()) {
      case 11 -> run.matches("1[3-9][0-9]{9}") ? Kind.MOBILE_NUMBER : null;
      case 13 -> run.matches("861[3-9][0-9]{9}") ? Kind.MOBILE_NUMBER : null;
      default -> isCard(run) ? Kind.IDENTITY_CARD : null;
    };
  }

  private static boolean isCard(String number) {
    if (!PROVINCES.contains(number.substring(0, 2))) {
      return false;
    }
    return number.length() == 18
        ? number.matches("[0-9]{17}[0-9Xx]")
            && isBirthDate(number.substring(6, 14))
            && Character.toUpperCase(number.charAt(17)) == cardCheck(number)
            && CreditCode.fault(number).isPresent()
        : number.matches("[0-9]{15}")
            && isBirthDate("19" + number.substring(6, 12))
            && !isRegistrationNumber(number)
            && !endsInOrganisationCode(number);
  }

  private static char cardCheck(String number) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (number.charAt(i) - '0') * CARD_WEIGHTS[i];
    }
    return CARD_CHECKS.charAt(sum % 11);
  }

  private static boolean isBirthDate(String digits) {
    int year = Integer.parseInt(digits.substring(0, 4));
    try {
      LocalDate.of(
          year, Integer.parseInt(digits.substring(4, 6)), Integer.parseInt(digits.substring(6)));
      return year >= 1900 && year < 2100;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The 15-digit business registration number: check digit of ISO 7064 MOD 11,10. */
  private static boolean isRegistrationNumber(String number) {
    int product = 10;
    for (int i = 0; i < 14; i++) {
      int sum = (product + number.charAt(i) - '0') % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == number.charAt(14) - '0';
  }

  /** The 15-digit taxpayer number: area, then an organisation code with check digit, GB 11714. */
  private static boolean endsInOrganisationCode(String number) {
    int[] weights = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += weights[i] * (number.charAt(6 + i) - '0');
    }
    return (11 - sum % 11) % 11 == number.charAt(14) - '0';
  }

  private static @Nullable Kind mail(String text) {
    var mails = MAIL.matcher(text);
    while (mails.find()) {
      if (PROVIDERS.contains(mails.group(2).toLowerCase(Locale.ROOT))
          || NAME_OF_PERSON.matcher(mails.group(1).toLowerCase(Locale.ROOT)).matches()) {
        return Kind.EMAIL;
      }
    }
    return null;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private static List<String> lines(String name) {
    try (var in = PersonalData.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

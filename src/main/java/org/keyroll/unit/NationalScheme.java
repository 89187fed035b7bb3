package org.keyroll.unit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.IdentifierFault.Kind;

/**
 * Numbers of the registers of one country. Where no register of it is known, any number is taken as
 * it stands.
 */
final class NationalScheme implements IdentifierScheme {
  /** Numbers of registration, and numbers for value added tax, which carry their country. */
  static final Set<String> KINDS = Set.of("registration", "vat");

  private static final Pattern SEPARATORS = Pattern.compile("[\\s.,:_'’\\-‐‑–—]+");
  private static final Pattern ANY = Pattern.compile("[\\p{L}0-9/]{1,40}");
  private static final ConcurrentHashMap<String, NationalScheme> KNOWN = new ConcurrentHashMap<>();

  private final String kind;
  private final String country;
  private final List<Register> registers;

  private NationalScheme(String kind, String country) {
    this.kind = kind;
    this.country = country;
    this.registers = Registers.of(kind, country);
  }

  /**
   * @param country two capital letters, or empty where it has to stand in each code
   */
  static NationalScheme of(String kind, String country) {
    var known = country.equals("EL") ? "GR" : country;
    return KNOWN.computeIfAbsent(kind + "/" + known, k -> new NationalScheme(kind, known));
  }

  @Override
  public String id() {
    return country.isEmpty() ? kind : kind + "/" + country;
  }

  @Override
  public String canonical(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    if (country.isEmpty()) {
      var own = countryOf(upper);
      return own.isEmpty() ? compact(upper) : of(kind, own).canonical(upper);
    }
    var bare =
        upper.startsWith(country + "-")
            ? compact(upper.substring(3))
            : withoutCountry(compact(upper));
    return prefix()
        + registers.stream().flatMap(r -> r.number(bare).stream()).findFirst().orElse(bare);
  }

  @Override
  public Optional<IdentifierFault> fault(String canonical) {
    if (country.isEmpty()) {
      var own = countryOf(canonical);
      return own.isEmpty()
          ? Optional.of(new IdentifierFault(Kind.COUNTRY, 1, canonical))
          : of(kind, own).fault(canonical);
    }
    var number = canonical.substring(Math.min(canonical.length(), prefix().length()));
    return check(number)
        .map(
            fault -> {
              var hint = Repair.of(number, other -> check(other).isEmpty());
              return fault.suggesting(hint == null ? null : prefix() + hint);
            });
  }

  @Override
  public String example() {
    return registers.isEmpty() ? "100000" : registers.get(0).example();
  }

  private Optional<IdentifierFault> check(String number) {
    if (registers.isEmpty()) {
      return ANY.matcher(number).matches() ? Optional.empty() : Optional.of(form());
    }
    boolean shaped = false;
    for (var register : registers) {
      if (register.number(number).isPresent()) {
        shaped = true;
        if (register.isValid(number)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        shaped
            ? new IdentifierFault(
                Kind.CHECK, number.length(), number.substring(number.length() - 1))
            : form());
  }

  private IdentifierFault form() {
    return new IdentifierFault(
        Kind.FORM,
        1,
        registers.isEmpty()
            ? country
            : registers.stream()
                .map(r -> r.title() + ": " + r.example())
                .collect(Collectors.joining("; ")));
  }

  private static String compact(String upper) {
    return SEPARATORS.matcher(upper).replaceAll("");
  }

  /** A number for value added tax begins with its country, one of registration gets it. */
  private String prefix() {
    return kind.equals("vat") ? (country.equals("GR") ? "EL" : country) : country + "-";
  }

  /** The country before a number is no part of it, unless a register's own numbers begin so. */
  private String withoutCountry(String compact) {
    boolean prefixed =
        compact.startsWith(country) || country.equals("GR") && compact.startsWith("EL");
    return prefixed && compact.length() > 2 && registers.stream().noneMatch(r -> r.fits(compact))
        ? compact.substring(2)
        : compact;
  }

  private static String countryOf(String code) {
    return code.matches("[A-Z]{2}[\\s.-]?[\\p{L}0-9].*") ? code.substring(0, 2) : "";
  }

  /**
   * One register.
   *
   * @param example a valid number as people write it
   */
  record Register(String title, Pattern pattern, CheckRule rule, String example) {
    boolean fits(String compact) {
      return pattern.matcher(compact).matches();
    }

    /** The number without the words around it; empty where the form is another. */
    Optional<String> number(String compact) {
      var matcher = pattern.matcher(compact);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      if (matcher.groupCount() == 0) {
        return Optional.of(compact);
      }
      var number = new StringBuilder();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        @Nullable String group = matcher.group(i);
        number.append(group == null ? "" : group);
      }
      return Optional.of(number.toString());
    }

    boolean isValid(String compact) {
      return number(compact).filter(rule::holds).isPresent();
    }
  }
}

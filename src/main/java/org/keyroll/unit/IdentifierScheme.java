package org.keyroll.unit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A scheme of identifiers that Keyroll can check by itself. Schemes of national registers are named
 * with their country, {@code registration/FI} or {@code vat/FI}; without it, the country has to
 * come with each code.
 */
public interface IdentifierScheme {
  /** As definitions name it. */
  String id();

  /**
   * The one form in which codes of this scheme are compared: upper case, without separators, with
   * its country where the scheme is of national registers, such as {@code FI-01120389}.
   *
   * @param text ASCII or letters of any script, without white space
   */
  String canonical(String text);

  /** A code as people write it. */
  String example();

  /** What is wrong with a canonical code; empty when it is valid. */
  Optional<IdentifierFault> fault(String canonical);

  /** The scheme that definitions name so. */
  static Optional<IdentifierScheme> of(String id) {
    int slash = id.indexOf('/');
    if (slash > 0 && NationalScheme.KINDS.contains(id.substring(0, slash))) {
      var country = id.substring(slash + 1);
      return country.matches("[A-Z]{2}")
          ? Optional.of(NationalScheme.of(id.substring(0, slash), country))
          : Optional.empty();
    }
    return Optional.ofNullable(Known.SCHEMES.get(id));
  }

  /** The names of all schemes; those of national registers without their country. */
  static Set<String> names() {
    return new TreeSet<>(Known.SCHEMES.keySet());
  }

  /** Whether a scheme is of national registers, so that each code needs a country. */
  static boolean isNational(String id) {
    return NationalScheme.KINDS.contains(id);
  }

  /**
   * What schemes have in common whose codes can be compared: {@code registration} for {@code
   * registration/FI}.
   */
  static String base(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }

  /** Held apart, so that an interface can have it. */
  final class Known {
    private static final Map<String, IdentifierScheme> SCHEMES = new TreeMap<>();

    static {
      for (var scheme : FixedScheme.values()) {
        SCHEMES.put(scheme.id(), scheme);
      }
      for (var kind : NationalScheme.KINDS) {
        SCHEMES.put(kind, NationalScheme.of(kind, ""));
      }
    }

    private Known() {}
  }
}

package org.keyroll.unit;

import java.util.Map;
import java.util.Optional;

/** Identifiers that are valid and belong, as far as can be, to nobody: for examples. */
public final class FictionalCodes {
  /** Area codes that begin with 88, and LEI of the issuer 9999, are assigned to nobody. */
  private static final Map<String, String> STARTS =
      Map.of(
          "uscc", "918801020000000000",
          "uscc/organisation", "91880102MA00000000",
          "registration/CN", "918801020000000000",
          "vat/CN", "918801020000000000",
          "cn-organisation", "MA0000000",
          "cn-registration", "880102000000000",
          "lei", "99990000000000000000",
          "duns", "990000000",
          "code", "A0000");

  private FictionalCodes() {}

  /**
   * A code of a scheme; other numbers give other codes.
   *
   * @param country whose register it is of, where the scheme is of national ones and names none
   * @param number from 0
   */
  public static Optional<String> of(String scheme, String country, int number) {
    boolean open = IdentifierScheme.isNational(scheme);
    return IdentifierScheme.of(open ? scheme + "/" + country : scheme)
        .flatMap(known -> valid(known, number));
  }

  /** Codes that differ in their last four digits, until enough of them have been valid. */
  private static Optional<String> valid(IdentifierScheme scheme, int number) {
    var start = new StringBuilder(STARTS.getOrDefault(scheme.id(), scheme.example()));
    int left = number;
    for (int n = 1; n < 10_000; n++) {
      int rest = n;
      int changed = 0;
      for (int at = start.length() - 1; at >= 0 && changed < 4; at--) {
        if (Character.isDigit(start.charAt(at))) {
          start.setCharAt(at, (char) ('0' + rest % 10));
          rest /= 10;
          changed++;
        }
      }
      var code = start.toString();
      if (rest == 0 && scheme.fault(scheme.canonical(code)).isEmpty() && left-- == 0) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}

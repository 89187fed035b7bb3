package org.keyroll.unit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keyroll.unit.IdentifierFault.Kind;

/** The schemes that are the same in every country. */
enum FixedScheme implements IdentifierScheme {
  /** Unified social credit code, GB 32100-2015, by its own check character. */
  USCC("uscc", "91350100M000100Y43") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return CreditCode.fault(code);
    }

    @Override
    boolean isPlausible(String code) {
      return CreditCode.fault(code).isEmpty() && CreditCode.hasOrganisationCode(code);
    }
  },
  /** The same, and the organisation code in it must have its own check character right. */
  USCC_ORGANISATION("uscc/organisation", "91350100M000100Y43") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return CreditCode.fault(code)
          .or(
              () ->
                  CreditCode.hasOrganisationCode(code)
                      ? Optional.empty()
                      : Optional.of(new IdentifierFault(Kind.CHECK, 17, code.substring(16, 17))));
    }
  },
  /** Organisation code, GB 11714. */
  CN_ORGANISATION("cn-organisation", "M000100Y4") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return shape(code, 9, "[0-9A-Z]{8}[0-9X]")
          .or(() -> wrongUnless(OrganisationCode.isValid(code), code));
    }
  },
  /** Business registration number in use before 2015: 15 digits, ISO 7064 MOD 11,10. */
  CN_REGISTRATION("cn-registration", "110108000000016") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return shape(code, 15, "[0-9]{15}")
          .or(() -> wrongUnless(CheckRule.ISO_7064_11_10.holds(code), code));
    }
  },
  /** Legal entity identifier, ISO 17442, ISO 7064 MOD 97-10. */
  LEI("lei", "529900T8BM49AURSDO55") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return shape(code, 20, "[0-9A-Z]{18}(?:0[2-9]|[1-8][0-9]|9[0-8])")
          .or(() -> wrongUnless(CheckRule.ISO_7064_97_10.holds(code), code));
    }
  },
  /** D-U-N-S number: nine digits, since 2006 without a check digit. */
  DUNS("duns", "150483782") {
    @Override
    Optional<IdentifierFault> check(String code) {
      return shape(code, 9, "[0-9]{9}");
    }
  },
  /** A code of the programme's own, such as that of a country: unique, without a check digit. */
  CODE("code", "AFG") {
    @Override
    public String canonical(String text) {
      return text.toUpperCase(Locale.ROOT);
    }

    @Override
    Optional<IdentifierFault> check(String code) {
      return code.length() <= LONGEST_CODE
          ? Optional.empty()
          : Optional.of(new IdentifierFault(Kind.LENGTH, code.length(), "1-" + LONGEST_CODE));
    }
  },
  /** European unique identifier of a company, Regulation (EU) 2021/1042. */
  EUID("euid", "DEK1101R.HRB116737") {
    private static final Pattern FORM =
        Pattern.compile("[A-Z]{2}[A-Z0-9]{1,10}\\.[A-Z0-9/]{1,30}(_[A-Z0-9])?");

    @Override
    public String canonical(String text) {
      return text.toUpperCase(Locale.ROOT);
    }

    @Override
    Optional<IdentifierFault> check(String code) {
      return FORM.matcher(code).matches()
          ? Optional.empty()
          : Optional.of(new IdentifierFault(Kind.FORM, 1, "EUID: " + example()));
    }
  };

  /** What fits a match key beside the name of the scheme. */
  private static final int LONGEST_CODE = 32;

  private final String id;
  private final String example;

  FixedScheme(String id, String example) {
    this.id = id;
    this.example = example;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String example() {
    return example;
  }

  @Override
  public String canonical(String text) {
    return text.toUpperCase(Locale.ROOT).replace("-", "");
  }

  @Override
  public Optional<IdentifierFault> fault(String canonical) {
    return check(canonical).map(f -> f.suggesting(Repair.of(canonical, this::isPlausible)));
  }

  abstract Optional<IdentifierFault> check(String code);

  /** Whether a repaired code may be suggested; where codes carry more than one check, by all. */
  boolean isPlausible(String code) {
    return check(code).isEmpty();
  }

  private static Optional<IdentifierFault> wrongUnless(boolean right, String code) {
    int last = code.length();
    return right
        ? Optional.empty()
        : Optional.of(new IdentifierFault(Kind.CHECK, last, code.substring(last - 1)));
  }

  /** Length first, then the first character that does not belong. */
  private static Optional<IdentifierFault> shape(String code, int length, String form) {
    if (code.length() != length) {
      return Optional.of(new IdentifierFault(Kind.LENGTH, code.length(), String.valueOf(length)));
    }
    var matcher = Pattern.compile(form).matcher(code);
    if (matcher.matches()) {
      return Optional.empty();
    }
    for (int i = 0; i < length; i++) {
      // The longest beginning that could still become a code ends before the wrong character.
      matcher.reset(code.substring(0, i + 1));
      if (!matcher.matches() && !matcher.hitEnd()) {
        return Optional.of(new IdentifierFault(Kind.CHARACTER, i + 1, code.substring(i, i + 1)));
      }
    }
    return Optional.of(new IdentifierFault(Kind.CHARACTER, length, code.substring(length - 1)));
  }
}

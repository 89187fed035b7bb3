package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keyroll.unit.IdentifierFault.Kind;

class IdentifierSchemeTest {
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static IdentifierScheme scheme(String id) {
    return IdentifierScheme.of(id).orElseThrow();
  }

  private static Optional<IdentifierFault> fault(String id, String text) {
    return scheme(id).fault(scheme(id).canonical(text));
  }

  @Test
  void acceptsTheExampleOfEveryRegisterAndBringsItToOneForm() {
    for (var id : Registers.all()) {
      for (var register : Registers.of(IdentifierScheme.base(id), id.substring(id.length() - 2))) {
        var canonical = scheme(id).canonical(register.example());
        assertThat(scheme(id).fault(canonical)).as(id + " " + register.example()).isEmpty();
        assertThat(scheme(id).canonical(canonical)).isEqualTo(canonical);
        assertThat(scheme(IdentifierScheme.base(id)).canonical(canonical)).isEqualTo(canonical);
        assertThat(fault(IdentifierScheme.base(id), canonical)).isEmpty();
      }
    }
    for (var fixed : FixedScheme.values()) {
      assertThat(fault(fixed.id(), fixed.example())).as(fixed.id()).isEmpty();
    }
  }

  @Test
  void knowsRegistrationAndTaxNumbersOfEveryMemberState() {
    Set<String> wanted = new HashSet<>();
    for (var country : LegalForms.MEMBER_STATES) {
      wanted.add("registration/" + country.toUpperCase(java.util.Locale.ROOT));
      wanted.add("vat/" + country.toUpperCase(java.util.Locale.ROOT));
    }
    wanted.addAll(List.of("registration/GB", "registration/CH", "registration/NO"));
    assertThat(Registers.all()).containsAll(wanted);
  }

  @Test
  void readsTheSameNumberHoweverItIsWritten() {
    for (var text : List.of("0112038-9", "FI01120389", "FI 0112038-9", "fi-01120389")) {
      assertThat(scheme("registration/FI").canonical(text)).isEqualTo("FI-01120389");
    }
    for (var text : List.of("HRB 116737", "hrb116737", "DE HRB 116737", "HRB 0116737")) {
      assertThat(scheme("registration/DE").canonical(text)).isEqualTo("DE-HRB116737");
    }
    assertThat(scheme("registration/DE").canonical("Amtsgericht München HRB 116737"))
        .isEqualTo("DE-MÜNCHENHRB116737");
    assertThat(scheme("vat").canonical("el 094259216")).isEqualTo("EL094259216");
    assertThat(scheme("vat/GR").canonical("GR 094259216")).isEqualTo("EL094259216");
    assertThat(scheme("lei").canonical("5299-00T8BM49AURSDO55")).isEqualTo("529900T8BM49AURSDO55");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(fault("lei", "529900T8BM49AURSDO5"))
        .get()
        .extracting(IdentifierFault::kind, IdentifierFault::detail)
        .containsExactly(Kind.LENGTH, "20");
    assertThat(fault("lei", "529900T8BM49AUR?DO55"))
        .get()
        .extracting(IdentifierFault::kind, IdentifierFault::position)
        .containsExactly(Kind.CHARACTER, 16);
    assertThat(fault("registration/FI", "0112038-8"))
        .get()
        .extracting(IdentifierFault::kind)
        .isEqualTo(Kind.CHECK);
    assertThat(fault("registration/DE", "12 345"))
        .get()
        .extracting(IdentifierFault::kind)
        .isEqualTo(Kind.FORM);
    assertThat(fault("vat", "123456789"))
        .get()
        .extracting(IdentifierFault::kind)
        .isEqualTo(Kind.COUNTRY);
  }

  @Test
  void takesNumbersOfRegistersThatItDoesNotKnowAsTheyAre() {
    assertThat(scheme("registration/BR").canonical("33.000.167/0001-01"))
        .isEqualTo("BR-33000167/000101");
    assertThat(fault("registration/BR", "33.000.167/0001-01")).isEmpty();
    assertThat(IdentifierScheme.of("registration/Brazil")).isEmpty();
    assertThat(IdentifierScheme.of("isbn")).isEmpty();
  }

  @Test
  void suggestsTheOnlyCodeThatOneSlipExplains() {
    assertThat(hint("lei", "529900T8BM49AURSD055")).isEqualTo("529900T8BM49AURSDO55");
    assertThat(hint("lei", "529900T8BM94AURSDO55")).isEqualTo("529900T8BM49AURSDO55");
    assertThat(hint("uscc", "9135O100M000100Y43")).isEqualTo("91350100M000100Y43");
    assertThat(hint("registration/BE", "403.170.701")).isEqualTo("BE-0403170701");
    assertThat(hint("registration/FR", "S52 008 443")).isEqualTo("FR-552008443");
  }

  private static String hint(String id, String text) {
    return String.valueOf(fault(id, text).orElseThrow().hint());
  }

  @Test
  void suggestsNothingWhereSeveralCodesAreAsLikely() {
    // One digit otherwise would do at any of eight places.
    assertThat(fault("registration/NO", "923 609 017").orElseThrow().hint()).isNull();
    assertThat(fault("lei", "XXXXXXXXXXXXXXXXXXXX").orElseThrow().hint()).isNull();
  }

  @Test
  void onlySuggestsWhatIsValid() {
    var random = new Random(4);
    for (int n = 0; n < 20_000; n++) {
      var id = List.of("lei", "uscc", "registration/FI", "vat/DE").get(n % 4);
      int length = List.of(20, 18, 8, 9).get(n % 4);
      var text = random(random, n % 4 < 2 ? LETTERS : DIGITS, length);
      var fault = fault(id, text);
      if (fault.isPresent() && fault.get().hint() != null) {
        assertThat(fault(id, fault.get().hint())).as(id + " " + text).isEmpty();
      }
    }
  }

  @Test
  void checksTheOrganisationCodeWithinACreditCodeWhereAsked() {
    var code = new StringBuilder("91350100M000100Z");
    code.setLength(15);
    code.append("11");
    code.append(CreditCode.checkCharacter(code));
    assertThat(fault("uscc", code.toString())).isEmpty();
    assertThat(fault("uscc/organisation", code.toString()))
        .get()
        .extracting(IdentifierFault::position)
        .isEqualTo(17);
    assertThat(fault("uscc/organisation", "91350100M000100Y43")).isEmpty();
  }

  private static String random(Random random, String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** Codes of one scheme: how to complete a body, and the alphabet of each place. */
  private record Maker(String id, String alphabet, int body, String check, int checks) {
    /** A valid code; the check characters are found by trying. */
    String code(Random random, IdentifierScheme scheme) {
      while (true) {
        var body = random(random, alphabet, this.body);
        for (int i = 0; i < Math.pow(check.length(), checks); i++) {
          var end =
              checks == 2
                  ? "" + check.charAt(i / check.length()) + check.charAt(i % check.length())
                  : "" + check.charAt(i);
          if (scheme.fault(body + end).isEmpty()) {
            return body + end;
          }
        }
      }
    }
  }

  @Test
  void detectsEverySingleWrongCharacterInAMillionRandomCodes() {
    // Only schemes whose arithmetic promises it: the modulus is prime to every weight and
    // difference.
    var random = new Random(20261102);
    long detected = 0;
    long tried = 0;
    for (int n = 0; n < 1_000_000; n++) {
      var code = new StringBuilder(18);
      boolean credit = n % 2 == 0;
      var alphabet = credit ? CreditCode.ALPHABET : DIGITS;
      code.append(random(random, alphabet, credit ? 17 : 14));
      code.append(credit ? CreditCode.checkCharacter(code) : oldCheck(code));
      int at = random.nextInt(code.length());
      char right = code.charAt(at);
      char wrong = alphabet.charAt(random.nextInt(alphabet.length()));
      if (wrong == right) {
        continue;
      }
      code.setCharAt(at, wrong);
      tried++;
      var text = code.toString();
      if (credit ? CreditCode.fault(text).isPresent() : !CheckRule.ISO_7064_11_10.holds(text)) {
        detected++;
      }
    }
    assertThat(detected).isEqualTo(tried).isGreaterThan(900_000);
  }

  private static char oldCheck(CharSequence first14) {
    for (char c = '0'; c <= '9'; c++) {
      if (CheckRule.ISO_7064_11_10.holds(first14.toString() + c)) {
        return c;
      }
    }
    throw new IllegalStateException("no check digit fits " + first14);
  }

  @Test
  void detectsEveryChangeOfEveryPlaceWhereTheArithmeticPromisesIt() {
    var makers =
        List.of(
            new Maker("lei", LETTERS, 18, DIGITS, 2),
            new Maker("cn-organisation", DIGITS, 8, DIGITS + "X", 1),
            new Maker("cn-registration", DIGITS, 14, DIGITS, 1),
            new Maker("registration/FI", DIGITS, 7, DIGITS, 1),
            new Maker("registration/FR", DIGITS, 8, DIGITS, 1),
            new Maker("registration/HR", DIGITS, 10, DIGITS, 1),
            new Maker("vat/DE", DIGITS, 8, DIGITS, 1),
            new Maker("vat/PL", DIGITS, 9, DIGITS, 1));
    var random = new Random(11);
    for (var maker : makers) {
      var scheme = scheme(maker.id());
      int country = scheme.canonical("1").length() - 1;
      for (int n = 0; n < 40; n++) {
        var valid = maker.code(random, prefixed(scheme, country));
        for (int i = 0; i < valid.length(); i++) {
          for (char c : maker.alphabet().toCharArray()) {
            var changed = valid.substring(0, i) + c + valid.substring(i + 1);
            // A letter counts as two digits in an LEI, so only its own kind is sure to be told
            // apart.
            boolean sameKind = Character.isDigit(c) == Character.isDigit(valid.charAt(i));
            if (c != valid.charAt(i) && sameKind) {
              assertThat(prefixed(scheme, country).fault(changed)).as(maker.id()).isPresent();
            }
          }
        }
      }
    }
  }

  /** The scheme over numbers without their country. */
  private static IdentifierScheme prefixed(IdentifierScheme scheme, int country) {
    var prefix = country == 0 ? "" : scheme.canonical("1").substring(0, country);
    return new IdentifierScheme() {
      @Override
      public String id() {
        return scheme.id();
      }

      @Override
      public String example() {
        return scheme.example();
      }

      @Override
      public String canonical(String text) {
        return text;
      }

      @Override
      public Optional<IdentifierFault> fault(String canonical) {
        return scheme.fault(prefix + canonical);
      }
    };
  }
}

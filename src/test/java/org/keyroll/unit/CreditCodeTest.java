package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditCodeTest {
  @Test
  void acceptsACodeThatIsKnownToBeValid() {
    assertThat(CreditCode.fault("91350100M000100Y43")).isEmpty();
  }

  @Test
  void namesLengthCharacterAndCheckCharacter() {
    assertThat(CreditCode.fault("9135010"))
        .contains(new IdentifierFault(IdentifierFault.Kind.LENGTH, 7, "18", null));
    assertThat(CreditCode.fault("91350100M000I00Y43"))
        .contains(new IdentifierFault(IdentifierFault.Kind.CHARACTER, 13, "I", null));
    assertThat(CreditCode.fault("91350100M000100Y44"))
        .contains(new IdentifierFault(IdentifierFault.Kind.CHECK, 18, "4", null));
  }

  @Test
  void givesZeroWhereTheSumIsAMultipleOf31() {
    assertThat(CreditCode.checkCharacter("0".repeat(17))).isEqualTo('0');
    assertThat(CreditCode.fault("0".repeat(18))).isEmpty();
  }

  @Test
  void detectsEveryChangeOfASingleCharacter() {
    var random = new Random(1);
    for (int n = 0; n < 200; n++) {
      var code = new StringBuilder();
      for (int i = 0; i < 17; i++) {
        code.append(CreditCode.ALPHABET.charAt(random.nextInt(31)));
      }
      code.append(CreditCode.checkCharacter(code));
      assertThat(CreditCode.fault(code.toString())).isEmpty();
      for (int i = 0; i < 18; i++) {
        char right = code.charAt(i);
        for (int c = 0; c < 31; c++) {
          if (CreditCode.ALPHABET.charAt(c) != right) {
            code.setCharAt(i, CreditCode.ALPHABET.charAt(c));
            assertThat(CreditCode.fault(code.toString())).isPresent();
          }
        }
        code.setCharAt(i, right);
      }
    }
  }

  @Test
  void detectsAChangeOfASingleCharacterInAMillionCodes() {
    var random = new Random(2);
    var code = new char[18];
    int missed = 0;
    for (int n = 0; n < 1_000_000; n++) {
      for (int i = 0; i < 17; i++) {
        code[i] = CreditCode.ALPHABET.charAt(random.nextInt(31));
      }
      code[17] = CreditCode.checkCharacter(new String(code, 0, 17));
      // Every place and every other character takes its turn.
      int place = n % 18;
      int other = CreditCode.ALPHABET.indexOf(code[place]) + 1 + n / 18 % 30;
      code[place] = CreditCode.ALPHABET.charAt(other % 31);
      missed += CreditCode.fault(new String(code)).isEmpty() ? 1 : 0;
    }
    assertThat(missed).isZero();
  }
}

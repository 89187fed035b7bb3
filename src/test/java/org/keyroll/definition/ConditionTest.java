package org.keyroll.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final Map<String, Policy.FactType> FACTS =
      Map.of(
          "secrecy", Policy.FactType.TEXT,
          "region", Policy.FactType.TEXT,
          "share", Policy.FactType.NUMBER,
          "sites", Policy.FactType.NUMBER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secrecy == "secret"                             | true
          secrecy != "secret"                             | false
          secrecy in ["top_secret", "secret"]             | true
          share >= 0.25 && sites > 3.0                    | true
          share >= 1                                      | false
          share + sites / 2.0 == 3.0                      | true
          -share < 0.0 ? region.startsWith("11") : false  | true
          share / 0.5 >= 1.0                              | true
          share in [0.5, 1.0]                             | true
          """)
  void isJudgedOverTheFacts(String expression, boolean holds) throws InvalidCondition {
    var values = Map.of("secrecy", "secret", "region", "110101", "share", 0.5, "sites", 5.0);

    assertThat(Condition.compile(expression, FACTS).holds(values)).isEqualTo(holds);
  }

  @Test
  void doesNotHoldWhenAFactThatItMentionsIsAbsent() throws InvalidCondition {
    var condition = Condition.compile("secrecy != \"none\" || share < 1.0", FACTS);

    assertThat(condition.facts()).containsExactlyInAnyOrder("secrecy", "share");
    assertThat(condition.holds(Map.of("secrecy", "secret"))).isFalse();
    assertThat(condition.holds(Map.of("secrecy", "secret", "share", 2.0))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          filled(share)                                       ; true
          filled(sites)                                       ; false
          !filled(sites) && share > 0.0                       ; true
          filled(sites) ? sites > 1.0 : share == 0.5          ; true
          filled(sites) && sites > 1.0                        ; false
          sites > 1.0 || filled(share)                        ; true
          filled(share) && sites > 1.0                        ; false
          """)
  void needsOnlyTheFactsThatTheAnswerTakesWhereItAsksForThem(String expression, boolean holds)
      throws InvalidCondition {
    assertThat(Condition.compile(expression, FACTS).holds(Map.of("share", 0.5))).isEqualTo(holds);
  }

  @Test
  void countsWhatIsKnownAndTakesTheNextWhereOneIsNot() throws InvalidCondition {
    var known = formula("(filled(share) ? 1.0 : 0.0) + (filled(sites) ? 1.0 : 0.0)");
    var next = formula("filled(share) ? share : sites");

    assertThat(known.value(Map.of())).isEqualTo(0.0);
    assertThat(known.value(Map.of("sites", 7.0))).isEqualTo(1.0);
    assertThat(next.value(Map.of("share", 0.5))).isEqualTo(0.5);
    assertThat(next.value(Map.of("sites", 7.0))).isEqualTo(7.0);
    assertThat(next.value(Map.of())).isNull();
    assertThat(next.facts()).containsExactlyInAnyOrder("share", "sites");
  }

  private static Formula formula(String expression) throws InvalidCondition {
    return Formula.compile(new Policy.Expression(expression, null), Policy.FactType.NUMBER, FACTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          share > "a"            | ">" cannot take a decimal and a text at column 7
          share == 1             | write whole numbers with a decimal point: 1.0
          share + 1 > 2.0        | write whole numbers with a decimal point: 1.0
          secrecy                | expected true or false, found a text at column 1
          secresy == "a"         | there is no fact "secresy"; did you mean "secrecy"? at column 1
          int(secrecy) > 1       | there is no function "int"
          share / 0.0 > 1.0      | this divides by zero
          share / sites > 1.0    | this may divide by zero
          share >=               | the condition ends too early at column 9
          filled(shar)           | there is no fact "shar"; did you mean "share"? at column 7
          filled(share + 1.0)    | "filled" asks for one fact by its name
          filled(share) > 0.5    | ">" cannot take
          'a                     | is a quote missing?
          secrecy in ["a", 1]    | a list must hold only texts or only numbers
          1 / 0 > 1              | "/" cannot take a whole number and a whole number
          {"a": true}.b          | maps and objects are not known
          secrecy.matches("[")   | there is no function "matches"
          [1].all(x, x > 0)      | there is no function "all"
          """)
  void isRefusedInWords(String expression, String words) {
    assertThatThrownBy(() -> Condition.compile(expression, FACTS))
        .isInstanceOf(InvalidCondition.class)
        .hasMessageContaining(words);
  }

  @Test
  void isRefusedWhenItIsNestedTooDeeplyOrTooLong() {
    var deep = "(".repeat(2000) + "true" + ")".repeat(1999);
    var length = String.join(" || ", java.util.Collections.nCopies(1000, "share > 1.0"));

    assertThatThrownBy(() -> Condition.compile(deep, FACTS)).isInstanceOf(InvalidCondition.class);
    assertThatThrownBy(() -> Condition.compile(length, FACTS)).isInstanceOf(InvalidCondition.class);
  }

  @Test
  void isJudgedInTimeBoundedByItsLength() throws InvalidCondition {
    var list = String.join(", ", IntStream.range(0, 300).mapToObj(i -> i + ".5").toList());
    var condition = Condition.compile("share in [" + list + "] || share < -1.0", FACTS);
    var start = System.nanoTime();

    IntStream.range(0, 1000).parallel().forEach(i -> condition.holds(Map.of("share", i + 0.5)));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(condition.holds(Map.of("share", 299.5))).isTrue();
    assertThat(condition.holds(Map.of("share", 300.5))).isFalse();
  }
}

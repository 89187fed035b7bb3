package org.keyroll.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionErrors.Fault;
import org.keyroll.definition.DefinitionReader;

class GoldenCasesTest {
  private static final String POLICY =
      """
      facts:
        x: {type: number, title: X, from: [data.x]}
        kind: {type: text, title: Kind, from: [data.kind]}
        double: {type: number, title: Double, expression: x * 2.0}
      criteria:
        - {id: a, title: A, weight: 0.5, fact: x, range: {from: 0, to: 10}}
        - {id: b, title: B, weight: 0.5, fact: double, range: {from: 0, to: 10}, missing: zero}
      triggers:
        - {id: big, title: Big, when: double >= 30.0, tier: very-high, legal_basis: methodology}
      thresholds:
        very-high: {enter: 0.9, leave: 0.8}
        high: {enter: 0.5, leave: 0.4}
      """;

  @TempDir Path jobs;

  private List<Fault> failing(String policy, String cases) throws Exception {
    var own = Files.createTempDirectory(jobs, "jobs");
    Policies.programme(own, Policies.columns("x", "decimal", "kind", "text"), policy);
    Files.writeString(own.resolve("index/cases.yml"), cases);
    return GoldenCases.failing(DefinitionReader.read(own, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter-espionage", "critical-entities"})
  void holdForTheSamples(String programme) throws Exception {
    var definitions = DefinitionReader.read(Path.of("jobs"), programme);

    assertThat(definitions.cases().cases()).hasSizeGreaterThan(4);
    assertThat(GoldenCases.failing(definitions)).isEmpty();
  }

  @Test
  void holdToTheDecimalsThatAreWritten() throws Exception {
    assertThat(failing(POLICY, "cases:\n  - {id: a, facts: {x: 4}, score: 0.6, tier: high}\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          facts: {x: 4}, score: 0.61                   | the score is 0.6000000000000001, not 0.61
          facts: {x: 4}, tier: very-high               | the tier is high, not very-high
          facts: {x: 4, kind: a}, criteria: {b: 0.7}   | b is 0.8, not 0.7
          facts: {kind: a}, score: 0                   | the score is none, not 0
          facts: {x: 4}, score: none                   | the score is 0.6000000000000001, not none
          facts: {x: 3}, now: very-high, tier: none    | the tier is high, not none
          facts: {x: 15}, triggers: []                 | the triggers are big, not none
          """)
  void areNamedWithLineAndWhatWasFound(String one, String words) throws Exception {
    var faults = failing(POLICY, "# A remark.\ncases:\n  - {id: a, " + one + "}\n");

    assertThat(faults).hasSize(1);
    assertThat(faults.get(0).toString()).endsWith("index/cases.yml:3: the case \"a\": " + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          facts: {y: 4}, score: 1          | there is no fact "y"
          facts: {double: 4}, score: 1     | the fact "double" is worked out; give the facts it is made of
          facts: {x: many}, score: 1       | the fact "x" is a number
          facts: {x: 1}, tier: hihg        | there is no tier "hihg"; did you mean "high"?
          facts: {x: 1}, triggers: [bigg]  | there is no trigger "bigg"; did you mean "big"?
          facts: {x: 1}, criteria: {c: 1}  | there is no criterion "c"
          facts: {x: 1}, score: low        | "score" must be a number or none; found "low"
          """)
  void areRefusedWhereTheyDoNotFitThePolicy(String one, String words) {
    assertThatThrownBy(() -> failing(POLICY, "cases:\n  - {id: a, " + one + "}\n"))
        .isInstanceOf(DefinitionErrors.class)
        .hasMessageContaining("cases.yml:2: ")
        .hasMessageContaining(words);
  }

  @Test
  void takeStatisticsOverTheirPopulation() throws Exception {
    var policy =
        POLICY.replace(
            "fact: x, range: {from: 0, to: 10}", "fact: x, steps: [{normalise: min-max}]");
    var cases = "cases:\n  - {id: a, facts: {x: 2}, criteria: {a: 0.25}}\n";

    assertThat(failing(policy, cases))
        .extracting(Fault::message)
        .containsExactly(
            "the policy compares units with each other; give the facts of some under \"population\"");
    assertThat(failing(policy, "population: [{x: 0}, {x: 8}]\n" + cases)).isEmpty();
  }
}

package org.keyroll.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing at a time that may not be meant: what to replace, by what, line, words. */
class PolicyLintTest {

  @ParameterizedTest
  @ValueSource(strings = {"counter-espionage", "critical-entities"})
  void hasNothingToSayOfTheSamples(String programme) throws Exception {
    assertThat(DefinitionReader.remarks(Path.of("jobs"), programme).remarks()).isEmpty();
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          secrecy == "top_secret" | secrecy == "top_secret" && secrecy == "none" | 65 | the trigger "top-secret" never holds
          secrecy == "top_secret" | !(secrecy == "top_secret" && secrecy == "none") | 65 | the trigger "top-secret" holds wherever its facts have values
          responsible_cases >= 1.0 | responsible_cases >= 2.0 && responsible_cases < 1.5 | 66 | the trigger "responsible-case" never holds
          responsible_cases >= 1.0 | responsible_cases >= 0.0 | 66 | holds wherever its facts have values
          responsible_cases >= 1.0 | secrecy == "top_secret" | 66 | the trigger "responsible-case" decides nothing: wherever it holds, "top-secret" does
          third: {enter: 0.45, leave: 0.40} | third: {enter: -3, leave: -4} | 72 | no unit leaves the tier "third"
          lookup: {top_secret: 1.0, secret: 0.8, confidential: 0.5, none: 0.0} | lookup: {top_secret: 0.5, secret: 0.5, confidential: 0.5, none: 0.5} | 41 | the criterion "secrecy" is 0.5 wherever it has a value; its weight never matters
          bands: [{from: 0, score: 0}, {from: 1, score: 0.6} | bands: [{from: 1, score: 0.6} | 60 | the criterion "incidents" has no score for values of incidents from 0.0 up to 1.0, its first band
          {from: 2, score: 0.85} | {from: 2, score: 0.6} | 60 | the criterion "incidents" has the same score below and above 2.0
          range: {from: 0, to: 0.5} | bands: [{from: 0, score: 0}, {from: 7, score: 1}] | 51 | never reaches the band from 7.0: foreign_share is 1.0 at the most
          third: {enter: 0.45, leave: 0.40} | third: {enter: 0.45, leave: 0} | 72 | no unit leaves the tier "third" by its score, which is 0.0 at the least
          from: [foreign-involvement.delegations]} | from: [foreign-involvement.delegations], freshness: {within: P1Y, stale: suspends}} | 17 | a silent feed may suspend the whole list
          facts: | facts:\\n  idle: {type: number, title: 无用, constant: 1} | 9 | nothing uses the fact "idle"
          facts: | facts:\\n  limit: {type: number, title: 限值, table: {by: [nature], rows: [{when: {}, value: 1}, {when: {nature: organ}, value: 2}]}} | 9 | this row is never reached: row 1 of the table fits wherever it does
          """)
  void isSaidWithFileAndLine(String old, String by, int line, String words, @TempDir Path jobs)
      throws Exception {
    var programme = jobs.resolve("counter-espionage");
    DefinitionReaderTest.copy(programme);
    DefinitionReaderTest.replace(programme.resolve("policy.yml"), old, by.replace("\\n", "\n"));

    var remarks = DefinitionReader.remarks(jobs, null).remarks();

    assertThat(remarks)
        .anySatisfy(
            remark -> {
              assertThat(remark.file()).endsWith("policy.yml");
              assertThat(remark.line()).isEqualTo(line);
              assertThat(remark.message()).contains(words);
            });
  }
}

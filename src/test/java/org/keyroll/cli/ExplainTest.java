package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain, check and export say of what is missing, faulty or not there. */
class ExplainTest {
  private static final String PROGRAMME =
      """
      id: gauge
      title: Gauge
      authority: {id: office, title: Office}
      legal_basis: [{id: method, title: Method, citation: edition 1}]
      tiers: [{id: high, title: High}]
      """;
  private static final String SOURCE =
      """
      id: units
      title: Units
      kind: registry
      sender: office
      supplies: snapshot
      files: ["units*.csv"]
      format: {kind: csv}
      header: {rows: 1}
      key: [code]
      columns:
        code: {label: [Code], type: identifier, scheme: code, required: true}
        name: {label: [Name], type: text, required: true}
        a: {label: [A], type: decimal}
        b: {label: [B], type: decimal}
        c: {label: [C], type: decimal}
      """;
  private static final String POLICY =
      """
      id: gauge
      title: Gauge
      legal_basis: method
      facts:
        a: {type: number, title: First, from: [units.a], missing: [-999]}
        b: {type: number, title: Second, from: [units.b]}
        c: {type: number, title: Third, from: [units.c]}
      score: {weights: equal}
      criteria:
        - id: pair
          title: Pair
          weights: equal
          criteria:
            - {id: a, title: Leaf A, fact: a}
            - {id: b, title: Leaf B, fact: b}
        - {id: c, title: Leaf C, fact: c}
      thresholds: {high: {enter: 5, leave: 4}}
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    var path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  @Test
  void namesTheLeafThatVoidsTheScoreAndSaysWhatIsKnownAllTheSame() throws Exception {
    file("jobs/gauge/programme.yml", PROGRAMME);
    file("jobs/gauge/sources/units.yml", SOURCE);
    var policy = file("jobs/gauge/policy.yml", POLICY);
    file("inbox/units.csv", "Code,Name,A,B,C\nAAA,Alpha,-999,2,3\nBBB,Beta,1,2,3\n");
    try (var shell = new Shell(folder.resolve("home"), folder.resolve("jobs"), "gauge")) {
      var inbox = folder.resolve("inbox").toString();
      // As an environment variable KEYROLL_HOME would be: it must not part the files from the
      // database.
      System.setProperty("keyroll.home", folder.resolve("elsewhere").toString());
      try {
        shell.run("nightly", "--inbox", inbox, "--as-of", "2026-11-02");
      } finally {
        System.clearProperty("keyroll.home");
      }
      assertThat(folder.resolve("elsewhere")).doesNotExist();
      assertThat(folder.resolve("home/deliveries")).exists();
      assertThat(shell.run("explain", "AAA"))
          .doesNotContain("other facts")
          .contains("score: none, for want of pair/a (Leaf A)")
          .contains("no value  pair/a (Leaf A): missing\n      stands for no value: units.csv")
          .contains("pair/b (Leaf B): 2, but pair has no value\n")
          .doesNotContain("outranked")
          .doesNotContain("is empty");

      Files.writeString(policy, POLICY.replace("title: Pair", "title: Pair\n    missing: 0.5"));
      shell.run("nightly", "--inbox", inbox, "--as-of", "2026-11-02");
      assertThat(shell.run("explain", "AAA"))
          .contains("score 1.750000")
          .contains("pair/b (Leaf B): 2, but pair has no value and counts as 0.5\n");

      assertThat(shell.attempt("export", "lists").err())
          .contains("\"lists\" is nothing that can be exported; give one of records,")
          .doesNotContain("RECORDS");
    }
  }

  @Test
  void checkGoesOnBehindAFaultyProgramme() throws Exception {
    file("jobs/another/programme.yml", "id: another\n");
    file("jobs/gauge/programme.yml", PROGRAMME);
    file("jobs/gauge/sources/units.yml", SOURCE);
    file("jobs/gauge/policy.yml", POLICY.replace("fact: c}", "fact: d}"));
    file("jobs/sound/programme.yml", PROGRAMME.replace("id: gauge", "id: sound"));
    file("jobs/sound/sources/units.yml", SOURCE);
    file("jobs/sound/policy.yml", POLICY);
    var ended = Shell.keyroll("check", folder.resolve("jobs").toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("another/programme.yml:1: missing key \"title\"")
        .contains("gauge/policy.yml:16: there is no fact \"d\"");
    assertThat(ended.out()).contains("sound: 1 sources, 3 facts");
  }
}

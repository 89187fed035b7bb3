package org.keyroll.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contributions add up to the score, whatever the tree. */
class ContributionsTest {
  private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> MEANS =
      List.of(
          "arithmetic",
          "arithmetic",
          "geometric",
          "harmonic",
          "power, exponent: 2",
          "power, exponent: -0.5",
          "sum",
          "product",
          "max",
          "min");
  private static final List<String> LEAF_STEPS =
      List.of(
          "",
          ", steps: [{normalise: min-max}]",
          ", steps: [{fill: median}, {normalise: percentile-rank, onto: [0, 10]}]",
          ", steps: [{normalise: z-score}]",
          ", range: {from: 80, to: -20, capped: false}",
          ", steps: [{fill: 0}, {multiply: -3}]");
  private static final List<String> NODE_STEPS =
      List.of("", "", ", steps: [{round: 2}]", ", steps: [{add: 7}]", ", steps: [{power: 2}]");
  private static final List<String> MISSING =
      List.of("", ", missing: reweight", ", missing: zero", ", missing: 3");

  @TempDir Path jobs;

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @Test
  void addUpToTheScoreOnRandomTrees() throws Exception {
    int scored = 0;
    for (int seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      for (var assessment :
          Policies.assess(
              jobs.resolve("seed-" + seed),
              String.join(" ", COLUMNS),
              policy(random),
              table(random))) {
        double sum = 0;
        for (var part : assessment.nodes()) {
          sum += part.contribution();
        }
        double score = assessment.score() == null ? 0 : assessment.score();
        assertThat(sum).as("seed " + seed).isCloseTo(score, within(1e-12 * Math.abs(score)));
        scored += assessment.score() == null ? 0 : 1;
      }
    }
    assertThat(scored).isGreaterThan(1500);
  }

  private static String policy(Random random) {
    var score = "score: {%s}\n".formatted(head(random).substring(2));
    return score + "criteria: " + criteria(random, 0, new int[1]) + "\n";
  }

  private static String head(Random random) {
    return ", aggregate: %s, weights: relative%s"
        .formatted(any(random, MEANS), any(random, NODE_STEPS));
  }

  private static String criteria(Random random, int depth, int[] count) {
    var list = new StringBuilder("[");
    int n = 2 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      var common =
          "id: n%d, title: N, weight: %s%s"
              .formatted(
                  count[0]++,
                  random.nextInt(8) == 0 && i > 0
                      ? "0"
                      : String.format(Locale.ROOT, "%.2f", 0.1 + random.nextDouble()),
                  any(random, MISSING));
      boolean leaf = depth == 3 || random.nextInt(3) > 0;
      list.append(i == 0 ? "" : ", ")
          .append("{")
          .append(common)
          .append(
              leaf
                  ? ", fact: " + any(random, COLUMNS) + any(random, LEAF_STEPS)
                  : head(random) + ", criteria: " + criteria(random, depth + 1, count))
          .append("}");
    }
    return list.append("]").toString();
  }

  private static String table(Random random) {
    var csv = new StringBuilder("name," + String.join(",", COLUMNS) + "\n");
    for (int unit = 0; unit < 40; unit++) {
      csv.append("U").append(unit);
      for (int c = 0; c < COLUMNS.size(); c++) {
        csv.append(",");
        if (random.nextInt(6) > 0) {
          csv.append(
              random.nextInt(7) == 0
                  ? "0"
                  : String.format(Locale.ROOT, "%.3f", random.nextDouble() * 100 - 8));
        }
      }
      csv.append("\n");
    }
    return csv.toString();
  }

  @Test
  void areWeightTimesValueWhereAllMeansAreArithmetic() throws Exception {
    var found =
        Policies.assess(
            jobs,
            "a b c",
            """
            criteria:
              - {id: a, title: A, weight: 0.4, fact: a}
              - id: bc
                title: B and C
                weight: 0.6
                criteria:
                  - {id: b, title: B, weight: 0.25, fact: b, missing: reweight}
                  - {id: c, title: C, weight: 0.75, fact: c}
            """,
            "name,a,b,c\nX,10,20,40\nY,10,,40\n");

    assertThat(found.get(0).score()).isCloseTo(4 + 0.6 * 35, within(1e-12));
    assertThat(found.get(0).nodes())
        .extracting(n -> n.path() + " " + n.weight() + " " + n.contribution())
        .containsExactly(
            "score 1.0 0.0",
            "a 0.4 4.0",
            "bc 0.6 0.0",
            "bc/b 0.15 3.0",
            "bc/c 0.44999999999999996 18.0");
    assertThat(found.get(1).nodes())
        .extracting(n -> n.path() + " " + n.weight() + " " + n.contribution())
        .containsExactly(
            "score 1.0 0.0", "a 0.4 4.0", "bc 0.6 0.0", "bc/b 0.0 0.0", "bc/c 0.6 24.0");
    assertThat(found.get(1).nodes().get(3).filled()).isEqualTo("missing");
  }

  @Test
  void areSharesOfTheExponentsInAGeometricMean() throws Exception {
    var found =
        Policies.assess(
            jobs,
            "a b",
            """
            score: {aggregate: geometric}
            criteria:
              - {id: a, title: A, weight: 0.25, fact: a}
              - {id: b, title: B, weight: 0.75, fact: b}
            """,
            "name,a,b\nX,16,81\n");

    assertThat(found.get(0).score()).isCloseTo(54, within(1e-12));
    assertThat(found.get(0).contributions().get(0).contribution()).isCloseTo(13.5, within(1e-12));
  }

  /** A unit of which nothing is known has no score, not a low one. */
  @Test
  void areNoneWithoutAScore() throws Exception {
    var found =
        Policies.assess(
            jobs,
            "a b",
            """
            criteria:
              - {id: a, title: A, weight: 0.5, fact: a, steps: [{fill: mean}]}
              - {id: b, title: B, weight: 0.5, fact: b, missing: zero}
            thresholds:
              very-high: {enter: 0, leave: 0}
              high: {enter: -1, leave: -1}
            """,
            "name,a,b\nX,16,81\nY,,\n");

    assertThat(found.get(1).score()).isNull();
    assertThat(found.get(1).rank()).isNull();
    assertThat(found.get(1).enters()).isEqualTo(2);
    assertThat(found.get(1).contributions()).allMatch(c -> c.contribution() == 0);
  }
}

package org.keyroll.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probabilities of being listed that can be worked out by hand, and draws that do not wander. */
class SensitivityTest {
  private static final int DRAWS = 20_000;

  @TempDir Path jobs;

  private static Variation weights(boolean dirichlet, double spread) {
    return new Variation(DRAWS, 7, dirichlet, spread, true, false, false);
  }

  private Sensitivity of(
      String columns, String policy, String table, Variation variation, int... listed)
      throws Exception {
    var types =
        List.of(columns.split(" ")).stream().collect(Collectors.toMap(c -> c, c -> "decimal"));
    var facts =
        types.keySet().stream()
            .sorted()
            .map(c -> "  %s: {type: number, title: %s, from: [data.%s]}\n".formatted(c, c, c))
            .collect(Collectors.joining());
    var engine =
        Policies.engine(
            Policies.programme(
                jobs,
                Map.copyOf(types),
                "facts:\n"
                    + facts
                    + policy.replace(
                        "thresholds:\n",
                        "thresholds:\n  very-high: {enter: 1000, leave: 1000}\n")));
    var matrix = engine.matrix();
    var reading = new Reading(false);
    Policies.units(engine, table).forEach(u -> engine.add(matrix, u, reading));
    var now = new int[matrix.size()];
    java.util.Arrays.fill(now, engine.rules().tiers());
    for (int number : listed) {
      now[number - 1] = engine.rules().tiers() - 1;
    }
    return new Sensitivity(engine, matrix, now, variation);
  }

  private static Robustness.Unit unit(Robustness robustness, int number) {
    return robustness.units().get(number - 1);
  }

  private static final String HALVES =
      """
      criteria:
        - {id: a, title: A, weight: 0.5, fact: a}
        - {id: b, title: B, weight: 0.5, fact: b}
      thresholds:
        high: {enter: LINE, leave: LINE}
      """;

  @Test
  void uniformWeightsListAUnitAsOftenAsTheAreaAboveItsLine() throws Exception {
    // Listed where w / (w + v) is at least 0.55, w and v uniform on 0.8 to 1.2: that is where
    // w ≥ 11/9 v, a triangle of base and height 0.4 × 0.4545… and 1.2 − 0.8 × 11/9.
    double base = 1.2 / (11.0 / 9) - 0.8;
    double area = base * (1.2 - 0.8 * 11 / 9) / 2 / 0.16;

    var robustness =
        of(
                "a b",
                HALVES.replace("LINE", "0.55"),
                "name,a,b\nX,1,0\nY,0.5,0.5\nZ,1,1",
                weights(false, 0.2))
            .run(0.9, done -> {});

    assertThat(unit(robustness, 1).probability()).isCloseTo(area, within(0.008));
    assertThat(unit(robustness, 2).band(0.95)).isEqualTo(Robustness.Band.CERTAIN_OUT);
    assertThat(unit(robustness, 3).probability()).isEqualTo(1);
    assertThat(unit(robustness, 3).band(0.95)).isEqualTo(Robustness.Band.CERTAIN_IN);
    assertThat(unit(robustness, 1).listed()).isFalse();
  }

  @Test
  void dirichletWeightsOfTwoAreABeta() throws Exception {
    // Beta(1, 1) is uniform: a share of at least 0.7 has the probability 0.3.
    var robustness =
        of("a b", HALVES.replace("LINE", "0.7"), "name,a,b\nX,1,0\nY,0,1", weights(true, 2))
            .run(0.9, done -> {});

    assertThat(unit(robustness, 1).probability()).isCloseTo(0.3, within(0.01));
    assertThat(unit(robustness, 2).probability()).isCloseTo(0.3, within(0.01));
  }

  @Test
  void aGapIsTreatedInFourWaysAndWhatThePolicyMeansByItStays() throws Exception {
    var policy =
        """
        criteria:
          - {id: a, title: A, weight: 0.5, fact: a}
          - {id: b, title: B, weight: 0.5, fact: b, missing: MISSING}
        thresholds:
          high: {enter: 0.75, leave: 0.75}
        """;
    var table = "name,a,b\nX,0.8,\nY,0,0.1\nZ,0,0.9\nU,0,0.5";
    var variation = new Variation(DRAWS, 7, false, 0, false, false, true);

    // As given and left out it has 0.8; with the mean or median of 0.5 it has 0.65.
    var gap = of("a b", policy.replace("MISSING", "reweight"), table, variation).run(0.9, d -> {});
    assertThat(unit(gap, 1).probability()).isCloseTo(0.5, within(0.01));
    assertThat(gap.byGaps()[0]).isZero();
    assertThat(gap.byGaps()[1]).isZero();
  }

  @Test
  void zeroThatThePolicyMeansIsNoGap() throws Exception {
    var policy =
        """
        criteria:
          - {id: a, title: A, weight: 0.5, fact: a}
          - {id: b, title: B, weight: 0.5, fact: b, missing: zero}
        thresholds:
          high: {enter: 0.75, leave: 0.75}
        """;
    var robustness =
        of(
                "a b",
                policy,
                "name,a,b\nX,0.8,\nY,0,0.1",
                new Variation(200, 7, false, 0, false, false, true))
            .run(0.9, d -> {});

    assertThat(unit(robustness, 1).probability()).isZero();
  }

  @Test
  void anotherNormalisationKeepsTheMeanAndDeviationThatThePolicyHas() throws Exception {
    var policy =
        """
        criteria:
          - {id: a, title: A, weight: 1, fact: a, steps: [{normalise: min-max, direction: down}]}
        thresholds:
          high: {enter: 0.95, leave: 0.95}
        """;
    // By min-max X has 1, Y 0.99, the others 0.98 and 0. By ranks the mean is 0.7425, the deviation
    // 0.4287 and X 0.7425 + 0.4287 × 1.5 / 1.118 = 1.318, Y 0.934; so Y is listed in 2 of 3.
    var robustness =
        of(
                "a",
                policy,
                "name,a\nX,0\nY,1\nZ,2\nU,100",
                new Variation(DRAWS, 7, false, 0, false, true, false))
            .run(0.9, d -> {});

    assertThat(unit(robustness, 1).probability()).isEqualTo(1);
    assertThat(unit(robustness, 2).probability()).isCloseTo(2 / 3.0, within(0.012));
    assertThat(unit(robustness, 4).probability()).isZero();
  }

  @Test
  void aUnitOnTheListIsHeldAgainstItsLineToStayAndAnInsufficientOneAgainstNone() throws Exception {
    var policy =
        """
        criteria:
          - {id: a, title: A, weight: 1, fact: a}
        triggers:
          - {id: big, title: Big, when: 'b >= 5.0', tier: high, legal_basis: methodology}
        thresholds:
          high: {enter: 0.8, leave: 0.6}
        """;
    var sensitivity =
        of(
            "a b",
            policy,
            "name,a,b\nX,0.7,1\nY,,1\nZ,,9\nU,0.7,1",
            new Variation(10, 7, false, 0, true, true, true),
            4);

    var robustness = sensitivity.run(0.9, d -> {});

    assertThat(robustness.units().stream().map(Robustness.Unit::probability))
        .containsExactly(0.0, 0.0, 1.0, 1.0);
    assertThat(unit(robustness, 2).score()).isNaN();
    assertThat(unit(robustness, 2).low()).isNaN();
  }

  @Test
  void theCriterionWithoutWhichItWouldStandOtherwiseDecides() throws Exception {
    var table = "name,a,b\nX,1,0.2\nY,0.2,1\nZ,0.9,0.9";
    var robustness =
        of("a b", HALVES.replace("LINE", "0.7"), table, weights(false, 0.1)).run(0.9, d -> {});

    // Without b, X has 1 and is listed; without a it has 0.2 and stays off.
    assertThat(unit(robustness, 1).decides()).isEqualTo("b");
    assertThat(unit(robustness, 2).decides()).isEqualTo("a");
    assertThat(robustness.effects().get(0).changed()).isEqualTo(1);
  }

  @Test
  void tellsCriteriaThatGoTogether() throws Exception {
    var table = new StringBuilder("name,a,b,c");
    var random = new Random(3);
    for (int i = 0; i < 60; i++) {
      double a = random.nextDouble();
      table.append(
          String.format(Locale.ROOT, "\nU%d,%.6f,%.6f,%.6f", i, a, 3 - 2 * a, random.nextDouble()));
    }
    var policy =
        """
        score: {weights: equal}
        criteria:
          - {id: a, title: A, fact: a}
          - {id: b, title: B, fact: b}
          - {id: c, title: C, fact: c}
        """;

    var pairs =
        of("a b c", policy, table.toString(), weights(false, 0.1)).run(0.9, d -> {}).pairs();

    assertThat(pairs).hasSize(1);
    assertThat(pairs.get(0).one() + " " + pairs.get(0).other()).isEqualTo("a b");
    assertThat(pairs.get(0).r()).isCloseTo(-1, within(1e-9));
    assertThat(pairs.get(0).units()).isEqualTo(60);
  }

  @Test
  void theSameSeedGivesTheSameWhateverTheThreads() throws Exception {
    var table = new StringBuilder("name,a,b");
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      table.append(
          String.format(
              Locale.ROOT, "\nU%d,%.4f,%.4f", i, random.nextDouble(), random.nextDouble()));
    }
    var sensitivity =
        of(
            "a b",
            HALVES.replace("LINE", "0.6"),
            table.toString(),
            new Variation(500, 7, false, 0.3, true, true, true));

    var alone = new ForkJoinPool(1);
    var four = new ForkJoinPool(4);
    try {
      var one = alone.submit(() -> sensitivity.run(0.9, d -> {})).get();
      var other = four.submit(() -> sensitivity.run(0.9, d -> {})).get();
      assertThat(other.units()).isEqualTo(one.units());
      assertThat(other.shift()).isEqualTo(one.shift());
    } finally {
      alone.shutdown();
      four.shutdown();
    }
  }
}

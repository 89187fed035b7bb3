package org.keyroll.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keyroll.definition.Policy.Ties;

/** What steps give; expected values by hand, or by numpy 2.4 and scipy 1.17. */
class StepsTest {
  private static final String NUMBERS = "3 1 4 1 5 9 2 6";
  private static final String LONG_TAIL = "1 2 3 4 5 6 7 50 400 9000";

  @TempDir Path jobs;

  private double[] run(String steps, String values) throws Exception {
    var csv = new StringBuilder("name,y,group,x\n");
    int i = 0;
    for (var value : values.split(" ", -1)) {
      csv.append("U%d,1,%s,%s\n".formatted(i, i % 2 == 0 ? "even" : "odd", value));
      i++;
    }
    return table(steps, csv.toString());
  }

  private double[] table(String steps, String csv) throws Exception {
    // A second fact that is known of every unit: of nothing but gaps there is no score.
    return Policies.scores(
        Policies.assess(
            jobs,
            Policies.columns("x y", "decimal", "group", "text"),
            Policies.facts("x y")
                + """
          group: {type: text, title: Group, from: [data.group]}
        criteria:
          - {id: x, title: X, weight: 1, fact: x, steps: [%s], missing: reweight}
          - {id: y, title: Y, weight: 0, fact: y}
        """
                    .formatted(steps),
            csv));
  }

  @Test
  void ranksOfManyAreThoseOfEach() {
    var random = new SplittableRandom(20261126);
    for (int round = 0; round < 200; round++) {
      var values = new double[1 + random.nextInt(300)];
      for (int i = 0; i < values.length; i++) {
        double x = random.nextDouble() * random.nextDouble() - (round % 3) * 0.2;
        values[i] = round % 2 == 0 ? Math.rint(x * 20) / 20 : x * Math.pow(10, round % 40);
      }
      for (var ties : Ties.values()) {
        var sorted = Ranks.sorted(values, ties);
        var index = new RankIndex(sorted);
        for (int i = 0; i < 100; i++) {
          double x =
              i < 50
                  ? values[random.nextInt(values.length)]
                  : (random.nextDouble() * 3 - 1) * values[random.nextInt(values.length)];
          assertThat(index.rank(x, ties)).isEqualTo(Ranks.rank(sorted, x, ties));
        }
        var packed = PackedColumn.pack(sorted);
        assertThat(packed).isNotNull();
        assertThat(PackedColumn.unpack(Objects.requireNonNull(packed))).isEqualTo(sorted);
      }
    }
    assertThat(PackedColumn.pack(new double[] {1, 0.5})).isNull();
    assertThat(PackedColumn.pack(new double[] {0.1})).isNull();
  }

  @Test
  void aCriterionOfWeightZeroInformsAndDecidesNothing() throws Exception {
    for (var score : new String[] {"", "score: {aggregate: sum}", "score: {coverage: 1.0}"}) {
      var scores =
          Policies.scores(
              Policies.assess(
                  jobs.resolve("score" + score.length()),
                  "x y",
                  """
              %s
              criteria:
                - {id: x, title: X, weight: 1, fact: x}
                - {id: y, title: Y, weight: 0, fact: y}
              """
                      .formatted(score),
                  "name,x,y\nA,0.5,0.1\nB,0.7,\nC,,0.3\n"));
      assertThat(scores).as(score).containsExactly(0.5, 0.7, Double.NaN);
    }
  }

  private static void assertClose(double[] found, String expected) {
    var wanted = expected.strip().split(" ", -1);
    assertThat(found).hasSize(wanted.length);
    for (int i = 0; i < found.length; i++) {
      if (wanted[i].equals("-")) {
        assertThat(found[i]).as("place " + i).isNaN();
      } else {
        double value = Double.parseDouble(wanted[i]);
        assertThat(found[i])
            .as("place " + i)
            .isCloseTo(value, within(1e-11 * Math.max(1, Math.abs(value))));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {normalise: rank}                                   | 4 1 5 1 6 8 3 7
          {normalise: rank, ties: max}                        | 4 2 5 2 6 8 3 7
          {normalise: rank, ties: mean}                       | 4 1.5 5 1.5 6 8 3 7
          {normalise: rank, ties: dense}                      | 3 1 4 1 5 7 2 6
          {normalise: rank, direction: down}                  | 5 7 4 7 3 1 6 2
          {normalise: borda}                                  | 3 0 4 0 5 7 2 6
          {normalise: percentile-rank}                        | 0.428571428571 0 0.571428571429 0 0.714285714286 1 0.285714285714 0.857142857143
          {normalise: percentile-rank, direction: down}       | 0.571428571429 0.857142857143 0.428571428571 0.857142857143 0.285714285714 0 0.714285714286 0.142857142857
          {normalise: percentile-rank, kind: exclusive}       | 0.444444444444 0.111111111111 0.555555555556 0.111111111111 0.666666666667 0.888888888889 0.333333333333 0.777777777778
          {normalise: percentile-rank, kind: proportion}      | 0.5 0.125 0.625 0.125 0.75 1 0.375 0.875
          {normalise: percentile-rank, kind: midpoint}        | 0.4375 0.0625 0.5625 0.0625 0.6875 0.9375 0.3125 0.8125
          {normalise: percentile-rank, ties: dense}           | 0.333333333333 0 0.5 0 0.666666666667 1 0.166666666667 0.833333333333
          {normalise: percentile-rank, onto: [1, 9]}          | 4.42857142857 1 5.57142857143 1 6.71428571429 9 3.28571428571 7.85714285714
          {normalise: quantiles, number: 4}                   | 2 1 3 1 3 4 2 4
          {normalise: z-score}                                | -0.340351646828 -1.11829826815 0.0486216638326 -1.11829826815 0.437594974494 1.99348821714 -0.729324957489 0.826568285155
          {normalise: z-score, deviation: sample, mean: 50, sd: 10, direction: down} | 53.1836981336 60.4607224391 49.5451859809 60.4607224391 45.9066738282 31.3526252172 56.8222102864 42.2681616754
          {normalise: min-max, onto: [1, 10]}                 | 3.25 1 4.375 1 5.5 10 2.125 6.625
          {normalise: min-max, direction: down}               | 0.75 1 0.625 1 0.5 0 0.875 0.375
          {normalise: distance, reference: max}               | 0.333333333333 0.111111111111 0.444444444444 0.111111111111 0.555555555556 1 0.222222222222 0.666666666667
          {normalise: distance, reference: mean, as: relative} | -0.225806451613 -0.741935483871 0.0322580645161 -0.741935483871 0.290322580645 1.32258064516 -0.483870967742 0.548387096774
          {normalise: distance, reference: median, as: difference} | -0.5 -2.5 0.5 -2.5 1.5 5.5 -1.5 2.5
          {normalise: distance, reference: 7, as: span}       | 0.333333333333 0 0.5 0 0.666666666667 1.33333333333 0.166666666667 0.833333333333
          {normalise: distance, reference: {fact: group, is: odd}} | 0.705882352941 0.235294117647 0.941176470588 0.235294117647 1.17647058824 2.11764705882 0.470588235294 1.41176470588
          {normalise: share}                                  | 0.0967741935484 0.0322580645161 0.129032258065 0.0322580645161 0.161290322581 0.290322580645 0.0645161290323 0.193548387097
          {normalise: cumulative-share}                       | 0.774193548387 0.935483870968 0.645161290323 0.935483870968 0.483870967742 0 0.870967741935 0.290322580645
          {normalise: rank, within: group}                    | 2 1 3 1 4 4 1 3
          {range: {from: {quantile: 0.1}, to: {quantile: 0.9}}} | 0.338983050847 0 0.508474576271 0 0.677966101695 1 0.169491525424 0.847457627119
          {range: {from: 6, to: 2, onto: [0, 8]}}             | 6 8 4 8 2 0 8 0
          {range: {from: 6, to: 2, capped: false}}            | 0.75 1.25 0.5 1.25 0.25 -0.75 1 0
          {winsorise: {lower: 0.1, upper: 0.9}}               | 3 1 4 1 5 6.9 2 6
          {winsorise: {lowest: 1, highest: 2}}                | 3 1 4 1 5 5 2 5
          {winsorise: {}}                                     | 3 1 4 1 5 9 2 6
          {box_cox: {lambda: 0.5}}                            | 1.46410161514 0 2 0 2.472135955 4 0.828427124746 2.89897948557
          {box_cox: {lambda: 0}}                              | 1.09861228867 0 1.38629436112 0 1.60943791243 2.19722457734 0.69314718056 1.79175946923
          {cap: {min: 2, max: 5}}                             | 3 2 4 2 5 5 2 5
          {bands: [{from: 2, score: 10}, {from: 4, score: 20}]} | 10 - 20 - 20 20 10 20
          {lookup: {1: 7, 9: 8}}                              | - 7 - 7 - 8 - -
          {lookup: {1: 7, 9: 8}, otherwise: 0}                | 0 7 0 7 0 8 0 0
          {add: -1}, {function: log}                          | 0.69314718056 - 1.09861228867 - 1.38629436112 2.07944154168 0 1.60943791243
          {add: -1}, {function: log, undefined: -5}           | 0.69314718056 -5 1.09861228867 -5 1.38629436112 2.07944154168 0 1.60943791243
          {multiply: 2}, {power: 2}, {add: 1}                 | 37 5 65 5 101 325 17 145
          {multiply: -1}, {root: 3}, {power: 3}               | -3 -1 -4 -1 -5 -9 -2 -6
          {multiply: 0.1}, {exponential: {scale: 23}}         | 8.07637464233 2.39025973242 11.551504456 2.39025973242 15.6467900726 50.4266542742 5.05804599388 20.6327067295
          {multiply: 0.095}, {round: 2}                       | 0.29 0.1 0.38 0.1 0.48 0.86 0.19 0.57
          {multiply: 0.25}, {round: 0, mode: half-even}       | 1 0 1 0 1 2 0 2
          {multiply: -0.25}, {round: 0, mode: up}             | -1 -1 -1 -1 -2 -3 -1 -2
          {multiply: -0.25}, {round: 0, mode: ceiling}        | 0 0 -1 0 -1 -2 0 -1
          {normalise: percentile-rank, kind: below}           | 0.375 0 0.5 0 0.625 0.875 0.25 0.75
          {normalise: percentile-rank, kind: tukey, ties: mean} | 0.44 0.14 0.56 0.14 0.68 0.92 0.32 0.8
          {normalise: percentile-rank, kind: blom, ties: mean}, {function: probit} | -0.152505974246 -1.09680356209 0.152505974246 -1.09680356209 0.472789120992 1.43420015969 -0.472789120992 0.852495034275
          {lookup: {1: 1e-9, 2: 1e-20, 3: 1e-5, 4: 0.07, 5: 0.075, 6: 0.425, 9: 0.925}}, {function: probit} | -4.26489079392 -5.99780701501 -1.47579102818 -5.99780701501 -1.43953147094 1.43953147094 -9.2623400898 -0.189118426273
          {multiply: 0.2}, {function: probit}                 | 0.253347103136 -0.841621233573 0.841621233573 -0.841621233573 - - -0.253347103136 -
          {range: {from: {quantile: 0, type: 1}, to: {quantile: 1}, within: group}} | 0.333333333333 0 0.666666666667 0 1 1 0 0.625
          {winsorise: {lower: 0.3, upper: 0.9, type: 6}}      | 3 1.7 4 1.7 5 9 2 6
          """)
  void givesByHand(String steps, String expected) throws Exception {
    assertClose(run(steps, NUMBERS), expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {winsorise: {}}                                             | 1 2 3 4 5 6 7 50 400 400
          {winsorise: {skewness: 1, kurtosis: 1}}                     | 1 2 3 4 5 6 7 50 50 50
          {winsorise: {skewness: 1, kurtosis: 1, most: 1}}            | 1 2 3 4 5 6 7 50 400 400
          {winsorise: {skewness: 1, kurtosis: 1, most: 1, fallback: log}} | 4.49969855305 4.51074961037 4.52167987549 4.53249196049 4.54318839363 4.5537716229 4.56424401938 4.9344019881 6.19234203937 9.11481906989
          {winsorise: {skewness: 1, kurtosis: 1, most: 1, fallback: log_gii}} | 0 0.69314718056 1.09861228867 1.38629436112 1.60943791243 1.79175946923 1.94591014906 3.91202300543 5.99146454711 9.10497985632
          {winsorise: {skewness: 1, kurtosis: 1, moments: population}}  | 1 2 3 4 5 6 7 50 400 400
          {winsorise: {most: 1}}, {multiply: -1}, {winsorise: {skewness: 1, kurtosis: 1}} | -1 -2 -3 -4 -5 -6 -7 -50 -50 -50
          """)
  void drawsOutliersIn(String steps, String expected) throws Exception {
    assertClose(run(steps, LONG_TAIL), expected);
  }

  /** By numpy's inverted_cdf, …, normal_unbiased, which are types 1 to 9. */
  @ParameterizedTest(name = "type {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | 1 1 3 2 9 9
          2 | 1 1.5 3.5 2 9 9
          3 | 1 1 3 1 6 9
          4 | 1 1 3 1.4 6.6 7.8
          5 | 1 1.5 3.5 1.9 8.1 9
          6 | 1 1.25 3.5 1.7 9 9
          7 | 1 1.75 3.5 2.1 6.9 7.95
          8 | 1 1.41666666666667 3.5 1.83333333333333 8.5 9
          9 | 1 1.4375 3.5 1.85 8.4 9
          """)
  void takesQuantilesOfNineTypes(int type, String expected) {
    var sorted = new double[] {1, 1, 2, 3, 4, 5, 6, 9};
    assertClose(
        DoubleStream.of(0.1, 0.25, 0.5, 0.3, 0.9, 0.95)
            .map(share -> Moments.quantile(sorted, share, type))
            .toArray(),
        expected);
  }

  /** Where scipy's brentq finds the derivative of the likelihood to be 0. */
  @Test
  void findsTheMostLikelyBoxCox() throws Exception {
    var found = run("{box_cox: {}}", NUMBERS);
    assertClose(
        found,
        "1.2410920114 0 1.61817026184 0 1.9273554307 2.81744902114 0.748166905123 2.19136655552");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {fill: mean}                            | 1 3 5 3.2 7 0
          {fill: median}                          | 1 3 5 3 7 0
          {fill: min}                             | 1 3 5 0 7 0
          {fill: max, within: group}              | 1 3 5 3 7 0
          {fill: 4}                               | 1 3 5 4 7 0
          {multiply: 2}                           | 2 6 10 - 14 0
          {fill: mean}, {normalise: rank}         | 2 3 5 4 6 1
          {multiply: 0}, {normalise: min-max, flat: 5} | 5 5 5 - 5 5
          {multiply: 0}, {normalise: z-score}     | - - - - - -
          {multiply: 0}, {normalise: share, flat: 0} | 0 0 0 - 0 0
          {statistic: mean}                       | 3.2 3.2 3.2 3.2 3.2 3.2
          {statistic: total, within: group}       | 13 3 13 3 13 3
          {statistic: count, within: group}       | 3 2 3 2 3 2
          {statistic: {quantile: 0.25}, within: group} | 3 0.75 3 0.75 3 0.75
          {statistic: median}, {multiply: -1}     | -3 -3 -3 -3 -3 -3
          """)
  void fillsOnlyWhereItIsTold(String steps, String expected) throws Exception {
    assertClose(
        table(steps, "name,y,group,x\nA,1,e,1\nB,1,o,3\nC,1,e,5\nD,1,o,\nE,1,e,7\nF,1,o,0\n"),
        expected);
  }

  /** 1 2 3 4 100 have the median 3 and the median absolute deviation 1. */
  @Test
  void aStatisticOfThePopulationGoesIntoExpressions() throws Exception {
    var found =
        Policies.scores(
            Policies.assess(
                jobs,
                Policies.columns("x", "decimal"),
                Policies.facts("x")
                    + """
              middle: {type: number, title: Median, derived: {fact: x, steps: [{statistic: median}]}}
              off: {type: number, title: Deviation, expression: x - middle}
              spread: {type: number, title: MAD, derived: {fact: off, steps: [{function: abs}, {statistic: median}]}}
              robust: {type: number, title: Robust, expression: off / spread, undefined: missing}
            criteria:
              - {id: robust, title: Robust, weight: 1, fact: robust}
            """,
                "name,x\nA,4\nB,1\nC,100\nD,3\nE,2\nF,\n"));

    assertThat(found).containsExactly(1, -2, 97, 0, -1, Double.NaN);
  }

  @Test
  void unitsOfWhichTooLittleIsKnownAreLeftOutOfThePopulation() throws Exception {
    var found =
        Policies.assess(
            jobs,
            Policies.columns("x y", "decimal"),
            Policies.facts("x y")
                + """
              known: {type: number, title: Known, expression: "(filled(x) ? 1.0 : 0.0) + (filled(y) ? 1.0 : 0.0)"}
              either: {type: number, title: Either, expression: "filled(x) ? x : y"}
            population: known >= 2.0
            criteria:
              - {id: either, title: Either, weight: 1, fact: either, steps: [{normalise: min-max}]}
            """,
            "name,x,y\nA,10,1\nB,20,1\nC,,15\nD,30,\nE,,\n");

    assertThat(Policies.scores(found)).containsExactly(0, 1, 0.5, 2, Double.NaN);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          aggregate: arithmetic                  | 5.2
          aggregate: geometric                   | 4.59479341998814
          aggregate: harmonic                    | 4
          aggregate: power, exponent: 2          | 5.72712842531054
          aggregate: sum                         | 5.2
          aggregate: product                     | 4.59479341998814
          aggregate: max                         | 8
          aggregate: min                         | 2
          """)
  void aggregates(String head, String expected) throws Exception {
    var found =
        Policies.scores(
            Policies.assess(
                jobs,
                "a b c",
                """
            score: {%s, weights: relative}
            criteria:
              - {id: a, title: A, weight: 0.2, fact: a}
              - {id: b, title: B, weight: 0.4, fact: b}
              - {id: c, title: C, weight: 0.4, fact: c}
            """
                    .formatted(head),
                "name,a,b,c\nX,2,4,8\n"));

    assertThat(found[0]).isCloseTo(Double.parseDouble(expected), within(1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          , missing: reweight                    | {}                         | 12 | 10 | 20
          , missing: zero                        | {}                         | 12 | 2  | 16
          , missing: 5                           | {}                         | 12 | 6  | 17
          , missing: fail                        | {}                         | 12 | -  | -
          , missing: reweight                    | {coverage: 0.5}            | 12 | -  | 20
          , missing: reweight                    | {coverage: {weight: 0.25}} | 12 | -  | 20
          , missing: zero, steps: [{fill: mean}] | {coverage: 1}              | 12 | -  | -
          """)
  void answersGapsAsDeclared(
      String missing, String score, String all, String onlyA, String onlyBAndC) throws Exception {
    var found =
        Policies.scores(
            Policies.assess(
                jobs,
                "a b c",
                """
            score: %s
            criteria:
              - {id: a, title: A, weight: 0.2, fact: a%s}
              - {id: b, title: B, weight: 0.3, fact: b%s}
              - {id: c, title: C, weight: 0.5, fact: c%s}
            """
                    .formatted(score, missing, missing, missing),
                "name,a,b,c\nX,10,20,8\nY,10,,\nZ,,20,20\n"));

    assertClose(found, String.join(" ", all, onlyA, onlyBAndC));
  }
}

package org.keyroll.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Indices of the kinds that are published, by definitions alone: tables that were made, and what
 * they come to by a calculation of its own (numpy, scipy) that shares nothing with Keyroll.
 */
class IndicesTest {
  private static final Path INDICES = Path.of("src/test/resources/indices");
  private static final String AS_OF = "2026-11-02";

  @TempDir static Path folder;
  private static Shell shell;

  @BeforeAll
  static void open() throws Exception {
    shell = new Shell(folder.resolve("home"), INDICES.resolve("jobs"), "human-development");
  }

  @AfterAll
  static void close() {
    shell.close();
  }

  /** Code, a space, criterion or fact, to value; also score, rank and tier. */
  private static Map<String, String> run(Path jobs, String programme, String source)
      throws Exception {
    shell.use(jobs, programme);
    shell.run("ingest", source, table(programme).toString(), "--as-of", AS_OF);
    var years = INDICES.resolve(programme + "-years.csv");
    if (Files.exists(years)) {
      shell.run("ingest", "years", years.toString(), "--as-of", AS_OF);
    }
    shell.run("assess", "--as-of", AS_OF);
    var code = new HashMap<String, String>();
    var found = new HashMap<String, String>();
    for (var row : shell.export("assessments")) {
      code.put(row.getField("unit_id"), row.getField("identifier"));
      for (var column : new String[] {"score", "rank", "tier"}) {
        found.put(row.getField("identifier") + " " + column, row.getField(column));
      }
    }
    for (var row : shell.export("contributions")) {
      found.putIfAbsent(
          code.get(row.getField("unit_id")) + " " + row.getField("criterion"),
          row.getField("normalised"));
    }
    for (var row : shell.export("facts")) {
      found.putIfAbsent(
          code.get(row.getField("unit_id")) + " " + row.getField("fact"), row.getField("value"));
    }
    contributionsAddUp(found, code);
    return found;
  }

  private static Path table(String programme) {
    return INDICES.resolve(
        programme.replaceFirst("-(min-max|z-score|percentile-rank|rank)$", "") + ".csv");
  }

  private static void contributionsAddUp(Map<String, String> found, Map<String, String> code)
      throws Exception {
    var sums = new HashMap<String, Double>();
    for (var row : shell.export("contributions")) {
      sums.merge(
          requireNonNull(code.get(row.getField("unit_id"))),
          Double.valueOf(row.getField("contribution")),
          Double::sum);
    }
    sums.forEach(
        (unit, sum) -> {
          var score = requireNonNull(found.get(unit + " score"));
          double exact = score.isEmpty() ? 0 : Double.parseDouble(score);
          assertThat(sum).as(unit).isCloseTo(exact, within(1e-12 * Math.abs(exact)));
        });
  }

  /**
   * Holds found values against the expected ones.
   *
   * @param variant what the first column must hold, where there is one
   */
  private static int compare(Path expected, String variant, Map<String, String> found)
      throws Exception {
    int compared = 0;
    for (var row : Shell.rows(Files.readString(expected))) {
      if (row.findField("variant").map(v -> !v.equals(variant)).orElse(false)) {
        continue;
      }
      var place = row.getField("code") + " " + row.getField("criterion");
      var value = found.getOrDefault(place, "");
      if (row.getField("criterion").equals("decile")) {
        value = requireNonNull(found.get(row.getField("code") + " tier")).replace("decile-", "");
      }
      if (row.getField("value").isEmpty()) {
        assertThat(value).as(place).isEmpty();
      } else {
        double wanted = Double.parseDouble(row.getField("value"));
        assertThat(value).as(place).isNotEmpty();
        assertThat(Double.parseDouble(value))
            .as(place)
            .isCloseTo(wanted, within(1e-10 * Math.max(1, Math.abs(wanted))));
      }
      compared++;
    }
    return compared;
  }

  @ParameterizedTest
  @CsvSource({
    "human-development, table, 300",
    "social-vulnerability, counties, 2040",
    "deprivation, areas, 2050",
    "frontier, economies, 560",
    "gender-inequality, countries, 200",
    "carstairs, wards, 360"
  })
  void isWhatAnIndependentCalculationGives(String programme, String source, int values)
      throws Exception {
    var found = run(INDICES.resolve("jobs"), programme, source);

    int compared = compare(INDICES.resolve(programme + "-expected.csv"), "", found);

    assertThat(compared).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min-max         | normalise: min-max, onto: [0, 100]
          z-score         | normalise: z-score, mean: 50, sd: 10, deviation: sample
          rank            | normalise: rank, ties: mean
          percentile-rank | normalise: percentile-rank, kind: exclusive, ties: mean, onto: [0, 100]
          """)
  void isSoOnEveryScale(String variant, String step) throws Exception {
    var jobs = folder.resolve("jobs-" + variant);
    var programme = "connectivity-" + variant;
    var from = INDICES.resolve("jobs/connectivity");
    Files.createDirectories(jobs.resolve(programme).resolve("sources"));
    for (var file : new String[] {"programme.yml", "policy.yml", "sources/economies.yml"}) {
      Files.writeString(
          jobs.resolve(programme).resolve(file),
          Files.readString(from.resolve(file))
              .replace("id: connectivity\n", "id: " + programme + "\n")
              .replace("normalise: min-max, onto: [0, 100]", step));
    }

    var found = run(jobs, programme, "economies");

    assertThat(compare(INDICES.resolve("connectivity-expected.csv"), variant, found))
        .isEqualTo(51 * 20);
  }
}

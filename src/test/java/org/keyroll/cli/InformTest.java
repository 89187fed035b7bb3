package org.keyroll.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A published index is reproduced by definitions alone, through the commands. */
class InformTest {
  private static final Path INFORM = Path.of("src/test/resources/inform");

  @TempDir Path home;

  private String run(String... command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    var arguments = new java.util.ArrayList<>(java.util.List.of(command));
    arguments.addAll(
        java.util.List.of("--jobs", INFORM.resolve("jobs").toString(), "--home", home.toString()));

    int code = Keyroll.run(console, arguments.toArray(String[]::new));

    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, NamedCsvRecord> by(String key, String csv) throws Exception {
    var rows = new HashMap<String, NamedCsvRecord>();
    try (var reader =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(csv)) {
      for (var row : reader) {
        rows.put(row.getField(key), row);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({
    "edition-2016, INFORM-2016.csv, UTF-8, 2016-06-01",
    "edition-2018, INFORM_Mid2018_v034.csv, windows-1252, 2018-07-01"
  })
  void givesEveryCountryItsPublishedRiskAndRank(
      String source, String file, String encoding, String asOf) throws Exception {
    run("ingest", source, INFORM.resolve(file).toString(), "--as-of", asOf);
    run("resolve", "--as-of", asOf);
    run("assess", "--as-of", asOf);

    var assessments = by("unit_id", run("export", "assessments"));
    var published =
        by("COUNTRY", Files.readString(INFORM.resolve(file), Charset.forName(encoding)));
    var units = by("unit_id", run("export", "units"));
    var contributions = new HashMap<String, Double>();
    try (var reader = CsvReader.builder().ofNamedCsvRecord(run("export", "contributions"))) {
      reader.forEach(
          c ->
              contributions.merge(
                  c.getField("unit_id"), Double.valueOf(c.getField("contribution")), Double::sum));
    }

    assertThat(units).hasSize(191);
    for (var unit : units.values()) {
      var id = unit.getField("unit_id");
      var assessment = requireNonNull(assessments.get(id));
      var row = requireNonNull(published.get(unit.getField("name")), unit.getField("name"));
      assertThat(Double.valueOf(assessment.getField("score")))
          .as(unit.getField("name"))
          .isEqualTo(Double.valueOf(row.getField("INFORM RISK")));
      assertThat(assessment.getField("rank")).isEqualTo(row.getField("Rank"));
      assertThat(contributions.get(id))
          .isCloseTo(Double.valueOf(assessment.getField("score")), within(1e-11));
    }
  }
}

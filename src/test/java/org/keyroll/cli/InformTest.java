package org.keyroll.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.Charset;
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
    Map<String, NamedCsvRecord> assessments;
    Map<String, NamedCsvRecord> units;
    var contributions = new HashMap<String, Double>();
    try (var shell = new Shell(home, INFORM.resolve("jobs"), "inform-risk")) {
      shell.run("ingest", source, INFORM.resolve(file).toString(), "--as-of", asOf);
      shell.run("assess", "--as-of", asOf);
      assessments = by("unit_id", shell.run("export", "assessments"));
      units = by("unit_id", shell.run("export", "units"));
      shell
          .export("contributions")
          .forEach(
              c ->
                  contributions.merge(
                      c.getField("unit_id"),
                      Double.valueOf(c.getField("contribution")),
                      Double::sum));
    }
    var published =
        by("COUNTRY", Files.readString(INFORM.resolve(file), Charset.forName(encoding)));

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
          .isCloseTo(Double.valueOf(assessment.getField("score")), within(1e-12));
    }
  }
}

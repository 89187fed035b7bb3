package org.keyroll.scoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.intake.Fields;

/** Programmes of one csv source and a policy that is written out, and units for them. */
final class Policies {
  static final LocalDate AS_OF = LocalDate.of(2026, 11, 2);

  private Policies() {}

  /**
   * A programme whose source {@code data} has the columns given.
   *
   * @param columns name to type, such as {@code decimal}
   * @param policy facts and all that follows, in YAML
   */
  static Definitions programme(Path jobs, Map<String, String> columns, String policy)
      throws IOException, DefinitionErrors {
    var folder = jobs.resolve("index");
    var inform = Path.of("src/test/resources/inform/jobs/inform-risk");
    Files.createDirectories(folder.resolve("sources"));
    for (var name : List.of("departments.yml", "followup.yml")) {
      Files.copy(inform.resolve(name), folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("programme.yml"),
        Files.readString(inform.resolve("programme.yml")).replace("id: inform-risk", "id: index"));
    Files.writeString(
        folder.resolve("publication.yml"),
        Files.readString(inform.resolve("publication.yml")).replaceAll(".*fact: iso3.*\n", ""));
    Files.writeString(
        folder.resolve("matching.yml"),
        """
        registries: [data]
        name: name
        rules:
          - {id: name, by: name}
        """);
    var source =
        new StringBuilder(
            """
            id: data
            title: Data
            kind: registry
            sender: inform
            supplies: snapshot
            files: ["data*.csv"]
            format: {kind: csv}
            header: {rows: 1}
            key: [name]
            columns:
              name: {label: [Name], type: text, required: true}
            """);
    columns.forEach(
        (name, type) ->
            source.append("  %s: {label: [\"%s\"], type: %s}\n".formatted(name, name, type)));
    Files.writeString(folder.resolve("sources/data.yml"), source);
    Files.writeString(
        folder.resolve("policy.yml"),
        "id: index\ntitle: Index\nlegal_basis: methodology\n"
            + policy
            + (policy.contains("thresholds:")
                ? ""
                : """

                    thresholds:
                      very-high: {enter: 1000002, leave: 1000002}
                      high: {enter: 1000001, leave: 1000001}
                    """));
    return DefinitionReader.read(jobs, null);
  }

  /** An engine for a programme of {@link #programme}. */
  static Engine engine(Definitions definitions) {
    return new Engine(
        definitions.policy(),
        definitions.programme(),
        definitions.sources(),
        new Basis(AS_OF, Set.of("data"), Map.of()));
  }

  /**
   * Units from lines of a table.
   *
   * @param csv headings first; an empty cell is missing
   */
  static List<UnitInput> units(Engine engine, String csv) {
    var lines = csv.strip().split("\n", -1);
    var headings = lines[0].split(",", -1);
    var units = new ArrayList<UnitInput>();
    for (int i = 1; i < lines.length; i++) {
      var values = new LinkedHashMap<String, String>();
      var cells = lines[i].split(",", -1);
      for (int c = 0; c < cells.length; c++) {
        if (!cells[c].isBlank()) {
          values.put(headings[c].strip(), cells[c].strip());
        }
      }
      units.add(unit(engine, i, values));
    }
    return units;
  }

  /** A unit with one record of the source {@code data}. */
  static UnitInput unit(Engine engine, long id, Map<String, String> values) {
    return new UnitInput(id, null, true, List.of(record(engine, id, values)));
  }

  static UnitRecord record(Engine engine, long id, Map<String, String> values) {
    var json = new StringBuilder("{");
    values.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append("\"%s\":\"%s\"".formatted(name, value)));
    Fields fields = engine.facts().fields(0);
    return new UnitRecord(
        id, 0, AS_OF, fields.read(json.append("}").toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Assesses all units against each other. */
  static List<Assessment> assess(Engine engine, List<UnitInput> units) {
    var matrix = engine.matrix();
    var reading = new Reading(false);
    units.forEach(u -> engine.add(matrix, u, reading));
    var statistics = new Statistics();
    engine.scores(matrix, statistics, true, null);
    return engine.explain(units, statistics);
  }

  /** Assesses the units of a table against each other, in its order. */
  static List<Assessment> assess(Path jobs, Map<String, String> columns, String policy, String csv)
      throws IOException, DefinitionErrors {
    var engine = engine(programme(jobs, columns, policy));
    return assess(engine, units(engine, csv));
  }

  /**
   * As {@link #assess}, of columns of numbers that are facts of the same names.
   *
   * @param rest what follows the facts in the policy
   */
  static List<Assessment> assess(Path jobs, String numbers, String rest, String csv)
      throws IOException, DefinitionErrors {
    return assess(jobs, columns(numbers, "decimal"), facts(numbers) + rest, csv);
  }

  /** Facts that are numbers, each from the column of its name. */
  static String facts(String numbers) {
    var yaml = new StringBuilder("facts:\n");
    for (var name : numbers.split(" ", -1)) {
      yaml.append("  %1$s: {type: number, title: %1$s, from: [data.%1$s]}\n".formatted(name));
    }
    return yaml.toString();
  }

  /** Scores by the order of the units; NaN for none. */
  static double[] scores(List<Assessment> assessments) {
    return assessments.stream()
        .mapToDouble(a -> a.score() == null ? Double.NaN : a.score())
        .toArray();
  }

  /** The same type for several columns. */
  static Map<String, String> columns(String... namesAndTypes) {
    var columns = new TreeMap<String, String>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      for (var name : namesAndTypes[i].split(" ", -1)) {
        columns.put(name, namesAndTypes[i + 1]);
      }
    }
    return columns;
  }
}

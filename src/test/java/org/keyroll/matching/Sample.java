package org.keyroll.matching;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Similarity;
import org.keyroll.unit.Names;

/** A file of records whose truth is known, and what the matcher makes of it. */
final class Sample {
  private static final Path FOLDER = Path.of("src/test/resources/matching");

  final Similarity similarity;
  final List<Map<String, String>> rows = new ArrayList<>();
  final List<String> truth;

  Sample(String programme, String file, String key, Function<Map<String, String>, String> truth)
      throws Exception {
    similarity =
        Objects.requireNonNull(
            DefinitionReader.read(FOLDER.resolve("jobs"), programme).matching().similarity());
    try (var csv = CsvReader.builder().ofNamedCsvRecord(FOLDER.resolve(file))) {
      for (var record : csv) {
        var row = new HashMap<String, String>();
        record.getFieldsAsMap().forEach((k, v) -> row.put(k.strip(), v.strip()));
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparing(r -> r.get(key)));
    this.truth = rows.stream().map(truth).toList();
  }

  static Sample febrl() throws Exception {
    return new Sample(
        "febrl", "febrl3.csv", "rec_id", r -> r.getOrDefault("rec_id", "").split("-", -1)[1]);
  }

  static Sample people() throws Exception {
    return new Sample("people", "fake_1000.csv", "unique_id", r -> r.getOrDefault("cluster", ""));
  }

  Population population() {
    var population = new Population(similarity, rows.size());
    for (var row : rows) {
      population.add(
          1,
          population.names().stream()
              .map(n -> row.getOrDefault(n, "").isEmpty() ? null : row.get(n))
              .toList());
    }
    population.complete();
    return population;
  }

  Matcher.Trained train() throws Exception {
    return Matcher.train(similarity, population(), new Names(List.of()), (rule, keys) -> {});
  }

  int[] clusters(Matcher.Trained trained) {
    int[] own = new int[rows.size()];
    Arrays.setAll(own, i -> i);
    var matcher = trained.matcher();
    return new Clusters(own, Model.bits(similarity.link()), matcher::weight, matcher::ruledOut)
        .of(trained.outcome().pairs());
  }

  /** Precision, recall and F1 over pairs. */
  record Quality(double precision, double recall, double f1) {}

  Quality quality(int[] clusters) {
    double both = pairs(i -> clusters[i] + "/" + truth.get(i));
    double found = pairs(i -> Integer.toString(clusters[i]));
    double right = pairs(truth::get);
    return new Quality(both / found, both / right, 2 * both / (found + right));
  }

  private double pairs(Function<Integer, String> group) {
    var sizes = new HashMap<String, Integer>();
    for (int i = 0; i < rows.size(); i++) {
      sizes.merge(group.apply(i), 1, Integer::sum);
    }
    return sizes.values().stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, duplicates and the parts in which rows come make no difference to what is one unit. */
class SameClustersTest {
  private static final Path PEOPLE = Path.of("src/test/resources/matching/jobs/people");
  private static final Path ROWS = Path.of("src/test/resources/matching/fake_1000.csv");
  private static final long SEED = 7;

  @TempDir Path home;
  private Shell shell;
  private String heading;
  private List<String> rows;

  @BeforeEach
  void open() throws Exception {
    shell = new Shell(home, home.resolve("jobs"), "people");
    var lines = Files.readAllLines(ROWS);
    heading = lines.get(0);
    rows = lines.subList(1, 401);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  /** A programme of its own. */
  private void programme(String id, String supplies) throws Exception {
    var folder = home.resolve("jobs").resolve(id);
    try (var files = Files.walk(PEOPLE)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(PEOPLE.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.writeString(
            copy,
            Files.readString(file)
                .replace("id: people", "id: " + id)
                .replace("supplies: snapshot", "supplies: " + supplies));
      }
    }
    shell.use(home.resolve("jobs"), id);
  }

  /** The keys that are one unit each, after the deliveries have come one night after another. */
  private Set<Set<String>> clusters(String id, List<List<String>> deliveries) throws Exception {
    programme(id, "additions");
    nights(id, deliveries);
    var units = new TreeMap<String, Set<String>>();
    for (var link : shell.export("links")) {
      units
          .computeIfAbsent(link.getField("unit_id"), u -> new TreeSet<>())
          .add(link.getField("record_key"));
    }
    return units.values().stream().collect(Collectors.toSet());
  }

  private void nights(String id, List<List<String>> deliveries) throws Exception {
    for (int n = 0; n < deliveries.size(); n++) {
      var file = home.resolve("fake-" + id + "-" + n + ".csv");
      var lines = new ArrayList<>(List.of(heading));
      lines.addAll(deliveries.get(n));
      Files.write(file, lines);
      var day = "2026-11-%02d".formatted(n + 2);
      shell.run("ingest", "rows", file.toString(), "--as-of", day);
      shell.run("resolve", "--as-of", day);
    }
  }

  /** Rows of which those in a stretch are misspelt. */
  private List<String> changed(int to) {
    var now = new ArrayList<>(rows);
    for (int i = 0; i < to; i++) {
      var cells = now.get(i * 5).split(",", -1);
      cells[2] = cells[2].length() < 2 ? "Morgan" : cells[2].substring(1) + "e";
      now.set(i * 5, String.join(",", cells));
    }
    return now;
  }

  /** What is one unit and on what evidence, by its smallest key. */
  private List<String> links(String id, List<List<String>> deliveries) throws Exception {
    programme(id, "snapshot");
    nights(id, deliveries);
    var smallest = new TreeMap<String, String>();
    var links = shell.export("links");
    for (var link : links) {
      smallest.merge(
          link.getField("unit_id"),
          link.getField("record_key"),
          (x, y) -> x.compareTo(y) <= 0 ? x : y);
    }
    return links.stream()
        .map(
            l ->
                "%s with %s: %s"
                    .formatted(
                        l.getField("record_key"),
                        smallest.get(l.getField("unit_id")),
                        l.getField("probability")))
        .sorted()
        .toList();
  }

  @Test
  void whetherFewRowsChangeInANightOrSoManyThatAllAreComparedAgain() throws Exception {
    var atOnce = links("once", List.of(rows, changed(60)));
    assertThat(links("nightly", List.of(rows, changed(20), changed(40), changed(60))))
        .isEqualTo(atOnce);
  }

  @Test
  void whateverTheOrderTheDuplicatesAndTheParts() throws Exception {
    var whole = clusters("whole", List.of(rows));
    assertThat(whole).hasSizeBetween(80, 200);

    var shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(SEED));
    assertThat(clusters("shuffled", List.of(shuffled))).isEqualTo(whole);

    var doubled = new ArrayList<>(rows);
    doubled.addAll(rows.subList(100, 200));
    assertThat(clusters("doubled", List.of(doubled))).isEqualTo(whole);

    assertThat(
            clusters(
                "parted",
                List.of(
                    shuffled.subList(0, 150),
                    shuffled.subList(150, 290),
                    shuffled.subList(290, 400))))
        .isEqualTo(whole);
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rows of a source of which no two are one unit fit the same one: a person says which. */
class RivalsTest {
  private static final Path PEOPLE = Path.of("src/test/resources/matching/jobs/people");
  private static final String SOURCE =
      """
      id: %1$s
      title: %1$s
      kind: %2$s
      sender: office
      supplies: snapshot
      files: ["%1$s*.csv"]
      format: {kind: csv}
      header: {rows: 1}
      key: [id]
      columns:
        id: {label: [id], type: text, required: true}
        name: {label: [name], type: text}
        city: {label: [city], type: text}
      """;
  private static final String BY_EVIDENCE =
      """
      registries: [register]
      name: name
      rules:
        - {id: similar, by: similarity}
      similarity:
        fields:
          name: {as: text, levels: [exact, "edits <= 2"], frequencies: false, m: [0.8, 0.15, 0.05], u: [0.001, 0.009, 0.99]}
          city: {as: name, levels: [exact], frequencies: false, m: [0.9, 0.1], u: [0.05, 0.95]}
        blocking:
          - {id: city, on: [exact(city)]}
        distinct: [letters]
        training: {prior: 0.1}
      """;
  private static final String BY_NAME =
      """
      registries: [register]
      name: name
      rules:
        - {id: same-name, by: name}
        - {id: similar, by: similarity}
      similarity:
        fields:
          name: {as: text, levels: [exact], frequencies: false, m: [0.8, 0.2], u: [0.001, 0.999]}
        blocking:
          - {id: name, on: [exact(name)]}
        distinct: [letters]
        training: {prior: 0.1}
      """;

  @TempDir Path home;

  @SuppressWarnings("NullAway.Init")
  private Shell shell;

  private int day = 1;

  private void open(String matching) throws Exception {
    var folder = home.resolve("jobs/people");
    try (var files = Files.walk(PEOPLE)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(PEOPLE.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    Files.delete(folder.resolve("sources/rows.yml"));
    Files.writeString(
        folder.resolve("sources/register.yml"), SOURCE.formatted("register", "registry"));
    Files.writeString(folder.resolve("sources/letters.yml"), SOURCE.formatted("letters", "report"));
    Files.writeString(folder.resolve("matching.yml"), matching);
    Files.writeString(
        folder.resolve("policy.yml"),
        Files.readString(folder.resolve("policy.yml")).replace("rows.city", "register.city"));
    shell = new Shell(home, home.resolve("jobs"), "people");
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private void take(String source, String... rows) throws Exception {
    var file = home.resolve(source + day + ".csv");
    Files.writeString(file, "id,name,city\n" + String.join("\n", rows) + "\n");
    shell.run("ingest", source, file.toString(), "--as-of", date());
  }

  private void resolve() {
    shell.run("resolve", "--as-of", date());
    day++;
  }

  private String date() {
    return "2026-11-%02d".formatted(day);
  }

  /** The key of the register row whose unit each letter counts for; "waits" for none. */
  private Map<String, String> letters() throws Exception {
    var registered = new TreeMap<String, String>();
    var links = shell.export("links");
    for (var link : links) {
      if (link.getField("source").equals("register")) {
        registered.put(link.getField("unit_id"), link.getField("record_key"));
      }
    }
    return links.stream()
        .filter(l -> l.getField("source").equals("letters"))
        .collect(
            Collectors.toMap(
                l -> l.getField("record_key"),
                l -> registered.getOrDefault(l.getField("unit_id"), "waits")));
  }

  /** Number of each candidate, by the keys of its two rows, and why a person is asked. */
  private Map<String, String> candidates() throws Exception {
    var found = new TreeMap<String, String>();
    for (var row : Shell.rows(shell.run("review", "list", "--format", "csv"))) {
      var keys = new String[] {row.getField("key_a"), row.getField("key_b")};
      java.util.Arrays.sort(keys);
      found.put(String.join("-", keys), row.getField("candidate"));
      assertThat(row.getField("asked_because")).isEqualTo("two rows of one source fit one unit");
    }
    return found;
  }

  @Test
  void theBetterOfTwoIsTakenInTheOpenAndOfTwoEqualsNeither() throws Exception {
    open(BY_EVIDENCE);
    take("register", "a1,Aldous Mill,Seaton", "a2,Borrow Works,Seaton", "a3,Cat Island,Marlow");
    take(
        "letters",
        "b1,Aldous Mill,Seaton",
        "b2,Aldous Mil,Seaton",
        "b3,Borrow Workes,Seaton",
        "b4,Borow Works,Seaton");
    resolve();

    assertThat(letters())
        .isEqualTo(Map.of("b1", "a1", "b2", "waits", "b3", "waits", "b4", "waits"));
    var asked = candidates();
    assertThat(asked).containsOnlyKeys("a1-b2", "a2-b3", "a2-b4");
    assertThat(shell.run("review", "show", Objects.requireNonNull(asked.get("a2-b4"))))
        .contains(
            "two rows of one source fit one unit", "at most 2 edits apart", "probability 0.97");

    // Nothing new, nothing else said.
    resolve();
    assertThat(candidates()).isEqualTo(asked);

    shell.run(
        "review",
        "decide",
        Objects.requireNonNull(asked.get("a2-b4")),
        "reject",
        "--cause",
        "another works");
    shell.run(
        "review",
        "decide",
        Objects.requireNonNull(asked.get("a1-b2")),
        "confirm",
        "--cause",
        "its letterhead");
    resolve();
    assertThat(letters()).isEqualTo(Map.of("b1", "waits", "b2", "a1", "b3", "a2", "b4", "waits"));
    assertThat(candidates()).isEmpty();
  }

  @Test
  void aLaterRivalDoesNotPushOutInSilenceNorIsItPassedOver() throws Exception {
    open(BY_EVIDENCE);
    take("register", "a1,Aldous Mill,Seaton", "a2,Borrow Works,Seaton");
    take("letters", "b3,Borrow Workes,Seaton");
    resolve();
    assertThat(letters()).isEqualTo(Map.of("b3", "a2"));
    assertThat(candidates()).isEmpty();

    take("letters", "b3,Borrow Workes,Seaton", "b4,Borow Works,Seaton");
    resolve();
    assertThat(letters()).isEqualTo(Map.of("b3", "waits", "b4", "waits"));
    assertThat(candidates()).containsOnlyKeys("a2-b3", "a2-b4");
  }

  @Test
  void twoThatARuleHasLinkedStayLinkedUntilSomeoneRejectsIt() throws Exception {
    open(BY_NAME);
    take("register", "a1,Aldous Mill,Seaton");
    take("letters", "b1,Aldous Mill,Seaton", "b2,aldous  mill,Seaton");
    resolve();
    assertThat(letters()).isEqualTo(Map.of("b1", "a1", "b2", "a1"));
    var asked = candidates();
    assertThat(asked).containsOnlyKeys("b1-b2");

    shell.run(
        "review",
        "decide",
        Objects.requireNonNull(asked.get("b1-b2")),
        "reject",
        "--cause",
        "two mills");
    resolve();
    assertThat(letters()).isEqualTo(Map.of("b1", "a1", "b2", "waits"));
    // Which of the two is meant is still to be said.
    assertThat(candidates()).containsOnlyKeys("a1-b2");
  }
}

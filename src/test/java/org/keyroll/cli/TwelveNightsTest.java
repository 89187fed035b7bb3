package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.bench.SampleCodes;

/**
 * Twelve nights in which units change name, merge, split, end and come back, and are joined wrongly
 * until a person says so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwelveNightsTest {
  private static final Path JOBS = Path.of("src/test/resources/identity/jobs");

  @TempDir static Path home;
  private Shell shell;
  private int night;
  // Rows in force, by key; each night delivers all of them.
  private final Map<String, String> register = new TreeMap<>();
  private final Map<String, String> chamber = new TreeMap<>();
  private final Map<String, String> inspection = new TreeMap<>();
  // What each night knew, as exported then.
  private final Map<Integer, String> units = new HashMap<>();
  private final Map<Integer, String> links = new HashMap<>();
  private final Map<Integer, String> list = new HashMap<>();

  private static String code(String who) {
    return SampleCodes.code(who, "enterprise", "310000", false);
  }

  private static String day(int night) {
    return "2026-11-%02d".formatted(night);
  }

  private void registered(String who, String name, String former, String status, String successor) {
    register.put(
        who,
        "%s,%s,%s,%s,%s,%s"
            .formatted(
                code(who),
                name,
                former,
                status,
                successor.isEmpty() ? "" : code(successor),
                status.equals("active") ? "" : "2026-10-31"));
  }

  private void member(String number, String name, String who, String town) {
    chamber.put(
        number, "%s,%s,%s,%s".formatted(number, name, who.isEmpty() ? "" : code(who), town));
  }

  private void inspected(String number, String name, String who, int findings) {
    inspection.put(
        number,
        "%s,%s,%s,%d,2026-10-01".formatted(number, name, who.isEmpty() ? "" : code(who), findings));
  }

  private String nightly() throws Exception {
    night++;
    var inbox = home.resolve("inbox-" + night);
    Files.createDirectories(inbox);
    write(inbox, "trade-register", "code,name,former name,status,successor,since", register);
    write(inbox, "chamber", "member,name,code,town", chamber);
    write(inbox, "inspection", "number,name,code,findings,visited", inspection);
    var out = shell.run("nightly", "--inbox", inbox.toString(), "--as-of", day(night));
    units.put(night, shell.run("export", "units"));
    links.put(night, shell.run("export", "links"));
    list.put(night, shell.run("export", "list"));
    return out;
  }

  private void write(Path inbox, String source, String heading, Map<String, String> rows)
      throws Exception {
    var lines = new ArrayList<>(List.of(heading));
    lines.addAll(rows.values());
    Files.write(inbox.resolve(source + "-" + night + ".csv"), lines);
  }

  /** The unit that a row is linked to since the last night; empty for none. */
  private String unitOf(String source, String key) throws Exception {
    return rows(links).stream()
        .filter(l -> l.getField("source").equals(source) && l.getField("record_key").equals(key))
        .map(l -> l.getField("unit_id"))
        .findFirst()
        .orElse("no such row");
  }

  private Map<String, String> unit(String id) throws Exception {
    return rows(units).stream()
        .filter(u -> u.getField("unit_id").equals(id))
        .map(u -> u.getFieldsAsMap())
        .findFirst()
        .orElseThrow();
  }

  private List<NamedCsvRecord> rows(Map<Integer, String> exports) throws Exception {
    try (var reader = CsvReader.builder().ofNamedCsvRecord(exports.getOrDefault(night, ""))) {
      return reader.stream().toList();
    }
  }

  private String candidate(String because, String key) {
    var found =
        shell
            .run("review", "list", "--format", "csv")
            .lines()
            .filter(l -> l.contains(because) && l.contains("," + key + ","))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0).substring(0, found.get(0).indexOf(','));
  }

  private void act(String... command) {
    var words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--as-of", day(night)));
    shell.run(words.toArray(String[]::new));
  }

  private final Map<String, String> id = new LinkedHashMap<>();

  private String id(String who) {
    return Objects.requireNonNull(id.get(who));
  }

  @BeforeAll
  void live() throws Exception {
    shell = new Shell(home, JOBS, "register");

    registered("A", "Alder Works Limited", "", "active", "");
    registered("B", "Birch Yard Limited", "", "active", "");
    registered("C", "Cedar Mill Limited", "", "active", "");
    registered("D", "Dogwood Foundry Limited", "", "active", "");
    registered("E", "Elm Transport Limited", "", "active", "");
    registered("F", "Fir Power Limited", "", "active", "");
    member("m1", "Alder Works", "", "Northport");
    member("m2", "Gorse Chemicals", "", "Northport");
    member("m3", "Birch Yard Limited", "B", "Northport");
    member("m7", "Hazel Optics", "", "Westport");
    inspected("r1", "Alder Works Limited", "A", 6);
    inspected("r2", "Gorse Chemicals", "", 7);
    inspected("r3", "Birch Yard", "B", 1);
    inspected("r4", "", "C", 8);
    nightly();
    for (var who : List.of("A", "B", "C", "D", "E", "F")) {
      id.put(who, unitOf("trade-register", code(who)));
    }
    id.put("G", unitOf("chamber", "m2"));
    id.put("H", unitOf("chamber", "m7"));
    assertThat(id.values()).doesNotHaveDuplicates().allMatch(i -> i.matches("U[0-9]{7}"));
    assertThat(unitOf("chamber", "m1")).isEqualTo(id("A"));
    assertThat(unitOf("inspection", "r2")).isEqualTo(id("G"));
    assertThat(list.get(1)).contains(id("A"), id("C"), id("G"));
  }

  @AfterAll
  void close() {
    shell.close();
  }

  @Test
  void keepsIdsThroughRenamesMergersSplitsAndWrongMerges() throws Exception {
    renamed();
    nothingNew();
    merged();
    identified();
    oneCodeOfTwoNames();
    rejectedForGood();
    dissolvedAndWronglyJoined();
    splitByAPerson();
    joinedByAPerson();
    takenBackAndBlocked();
    revived();

    everyNightIsKnownAsItWas();
    nothingWasRenumbered();
    theTrailSaysWhoAndWhy();
  }

  private void renamed() throws Exception {
    registered("A", "Aspen Works Limited", "Alder Works Limited", "active", "");
    nightly();

    assertThat(unitOf("trade-register", code("A"))).isEqualTo(id("A"));
    assertThat(unitOf("chamber", "m1")).isEqualTo(id("A"));
    assertThat(unit(id("A")))
        .containsEntry("name", "Aspen Works Limited")
        .containsEntry("events", day(2) + " renamed, until then Alder Works Limited");
    for (var name : List.of("Aspen Works Limited", "ＡＳＰＥＮ works", "Alder Works Limited")) {
      assertThat(shell.run("explain", name)).as(name).contains(id("A"));
    }
  }

  private void nothingNew() throws Exception {
    assertThat(nightly()).contains("0 of them new");
    assertThat(units.get(3)).isEqualTo(units.get(2));
    assertThat(links.get(3)).isEqualTo(links.get(2));
  }

  /** The register says that one merged into another; it dates that itself. */
  private void merged() throws Exception {
    registered("C", "Cedar Mill Limited", "", "merged", "D");
    nightly();

    assertThat(unit(id("C")))
        .containsEntry("state", "merged")
        .containsEntry("merged_into", id("D"))
        .containsEntry("ended_on", "2026-10-31")
        .containsEntry("events", "2026-10-31 merged " + id("D"));
    assertThat(unitOf("inspection", "r4")).isEqualTo(id("D"));
    assertThat(unitOf("trade-register", code("C"))).isEqualTo(id("C"));
    assertThat(list.get(4)).contains(id("D")).doesNotContain(id("C"));
    assertThat(shell.run("explain", id("C")))
        .contains("it leads on to", id("D") + "  Dogwood Foundry Limited");
  }

  /** A unit known by name alone turns up in the register: it is the same one. */
  private void identified() throws Exception {
    registered("G", "Gorse Chemicals", "", "active", "");
    nightly();

    assertThat(unitOf("trade-register", code("G"))).isEqualTo(id("G"));
    assertThat(unit(id("G"))).containsEntry("identifier", code("G"));
  }

  private void oneCodeOfTwoNames() throws Exception {
    inspected("r9", "Zebra Circus", "B", 9);
    nightly();

    assertThat(unitOf("inspection", "r9")).isEqualTo(id("B"));
    var candidate = candidate("\"one identifier, two names\"", "r9");
    assertThat(shell.run("review", "show", candidate))
        .contains("Zebra Circus", "Birch Yard Limited", "if rejected", "score");
    var ended = shell.attempt("review", "decide", candidate, "reject");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("say why");
    act("review", "decide", candidate, "reject", "--cause", "the circus gave a wrong code");
    assertThat(shell.run("review", "list")).doesNotContain("Zebra");
  }

  private void rejectedForGood() throws Exception {
    nightly();
    assertThat(unitOf("inspection", "r9")).isEmpty();
    assertThat(list.get(6)).contains(id("B"));
    assertThat(list.get(7)).doesNotContain(id("B"));

    // A new version of the row does not bring it back.
    inspected("r9", "Zebra Circus", "B", 10);
  }

  private void dissolvedAndWronglyJoined() throws Exception {
    registered("F", "Fir Power Limited", "", "dissolved", "");
    registered("H", "Hazel Optics", "", "active", "");
    member("m9", "Elm Haulage", "", "Eastport");
    nightly();

    assertThat(unitOf("inspection", "r9")).isEmpty();
    assertThat(unit(id("F"))).containsEntry("events", "2026-10-31 dissolved");
    // The register's Hazel Optics is not the chamber's; nobody has said so yet.
    assertThat(unitOf("trade-register", code("H"))).isEqualTo(id("H"));
    act("review", "split", id("H"), "chamber:m7", "--cause", "another town");
    id.put("N", unitOf("chamber", "m9"));
  }

  private void splitByAPerson() throws Exception {
    nightly();

    id.put("O", unitOf("chamber", "m7"));
    assertThat(id("O")).isNotEqualTo(id("H")).startsWith("U");
    assertThat(unitOf("trade-register", code("H"))).isEqualTo(id("H"));
    assertThat(unit(id("H")).get("events"))
        .isEqualTo(day(8) + " identified; " + day(9) + " split " + id("O"));
    assertThat(unit(id("O"))).containsEntry("events", day(9) + " split_from " + id("H"));
    member("m7", "Hazel Optics", "", "Southport");
    act("review", "join", id("N"), id("E"), "--cause", "a trading name");
  }

  private void joinedByAPerson() throws Exception {
    nightly();

    assertThat(unitOf("chamber", "m7")).isEqualTo(id("O"));
    assertThat(unitOf("chamber", "m9")).isEqualTo(id("E"));
    assertThat(unit(id("N")))
        .containsEntry("state", "merged")
        .containsEntry("merged_into", id("E"));
    assertThat(shell.run("explain", id("N")))
        .contains("it leads on to", id("E") + "  Elm Transport Limited");
    member("m9", "Elm Haulage", "", "Midport");
  }

  private void takenBackAndBlocked() throws Exception {
    nightly();
    // A new version of a joined row stays joined.
    assertThat(unitOf("chamber", "m9")).isEqualTo(id("E"));

    var verdict =
        shell
            .run("review", "verdicts")
            .lines()
            .filter(l -> l.contains("a trading name"))
            .map(l -> l.substring(0, l.indexOf(' ')))
            .findFirst()
            .orElseThrow();
    act("review", "undo", verdict, "--block", "--cause", "two companies after all");
  }

  private void revived() throws Exception {
    nightly();

    assertThat(unitOf("chamber", "m9")).isEqualTo(id("N"));
    assertThat(unit(id("N"))).containsEntry("state", "active").containsEntry("merged_into", "");
    assertThat(unit(id("N")).get("events"))
        .isEqualTo(day(10) + " merged " + id("E") + "; " + day(12) + " revived " + id("E"));
    assertThat(night).isEqualTo(12);
  }

  private void everyNightIsKnownAsItWas() {
    for (int n = 1; n <= night; n++) {
      assertThat(shell.run("export", "units", "--as-of", day(n))).isEqualTo(units.get(n));
      assertThat(shell.run("export", "links", "--as-of", day(n))).isEqualTo(links.get(n));
    }
  }

  private void nothingWasRenumbered() throws Exception {
    for (var who : List.of("A", "B", "C", "D", "E", "F", "G", "H")) {
      assertThat(unitOf("trade-register", code(who))).isEqualTo(id(who));
    }
    assertThat(rows(units)).hasSize(10);
  }

  private void theTrailSaysWhoAndWhy() throws Exception {
    var trail = shell.export("audit");
    for (var why :
        List.of(
            "the circus gave a wrong code",
            "another town",
            "a trading name",
            "two companies after all")) {
      assertThat(trail)
          .anySatisfy(
              line -> {
                assertThat(line.getField("act")).contains("verdict");
                assertThat(line.getField("detail")).contains(why);
                assertThat(line.getField("actor")).isEqualTo(org.keyroll.audit.Account.current());
              });
    }
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.scoring.Replays;
import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Another policy over the two nights of the samples, with an override between them. */
class SimulateTest {
  private static final Map<String, String> SAID = new TreeMap<>();

  @TempDir static Path folder;
  private static Office office;
  private static Path heavier;

  @BeforeAll
  static void runTwoNights() throws Exception {
    office = new Office(folder);
    office.ground("wound-up", "exclude", "P1Y");
    office.register("ada", "administrator", "");
    office.register("bea", "approver", "ada");
    office.register("cem", "editor", "ada");
    night(Homes.FIRST);
    office.as(
        "cem",
        "override",
        "U0000001",
        "--ground",
        "wound-up",
        "--until",
        "2026-12-31",
        "--cause",
        "moves abroad",
        "--as-of",
        Homes.SECOND);
    var approved = office.as("bea", "approve", "O1", "--as-of", Homes.SECOND);
    assertThat(approved.code()).as(approved.err()).isZero();
    night(Homes.SECOND);
    heavier =
        policy(
            "heavier.yml",
            "weight: 0.30",
            "weight: 0.20",
            "weight: 0.15\n    fact: nature",
            "weight: 0.25\n    fact: nature");
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private static void night(String date) throws Exception {
    var ended = office.run("nightly", "--inbox", Homes.inbox(date).toString(), "--as-of", date);
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  /** The policy in force with passages replaced, in a file of its own. */
  private static Path policy(String name, String... replaced) throws Exception {
    var text = Files.readString(Path.of("jobs", Office.PROGRAMME, "policy.yml"));
    for (int i = 0; i < replaced.length; i += 2) {
      assertThat(text).contains(replaced[i]);
      text = text.replace(replaced[i], replaced[i + 1]);
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static String simulate(Path policy, String... options) throws Exception {
    var command = new java.util.ArrayList<>(List.of("simulate", policy.toString()));
    command.addAll(List.of(options));
    var ended = office.run(command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out();
  }

  private static String csv(Path policy, String table) throws Exception {
    var key = policy + " " + table;
    if (!SAID.containsKey(key)) {
      SAID.put(key, simulate(policy, "--format", "csv", "--table", table));
    }
    return java.util.Objects.requireNonNull(SAID.get(key));
  }

  private static Map<String, NamedCsvRecord> figures(String revision) throws Exception {
    return Shell.rows(csv(heavier, "figures")).stream()
        .filter(r -> r.getField("revision").equals(revision))
        .collect(
            Collectors.toMap(r -> (r.getField("figure") + " " + r.getField("of")).strip(), r -> r));
  }

  private static Map<String, NamedCsvRecord> units(Path policy, String revision) throws Exception {
    return Shell.rows(csv(policy, "units")).stream()
        .filter(r -> r.getField("revision").equals(revision))
        .collect(Collectors.toMap(r -> r.getField("unit_id"), r -> r));
  }

  private static String cell(Map<String, NamedCsvRecord> rows, String key, String field) {
    assertThat(rows).containsKey(key);
    return java.util.Objects.requireNonNull(rows.get(key)).getField(field);
  }

  @Test
  void thePolicyInForceGivesWhatWasPublishedOnEachDate() throws Exception {
    var published = new TreeMap<String, Integer>();
    Shell.rows(office.run("export", "changes").out()).stream()
        .filter(r -> r.getField("revision").equals("2"))
        .forEach(r -> published.merge(r.getField("change"), 1, Integer::sum));

    var first = figures("1");
    var second = figures("2");

    assertThat(cell(first, "units", "in_force")).isEqualTo("55");
    assertThat(cell(second, "entering", "in_force"))
        .isEqualTo(String.valueOf(published.get("add")));
    assertThat(cell(second, "leaving", "in_force"))
        .isEqualTo(String.valueOf(published.get("drop")));
    assertThat(cell(second, "moving", "in_force")).isEqualTo(String.valueOf(published.get("tier")));
    assertThat(cell(second, "units", "in_force"))
        .isEqualTo(Integer.toString(Shell.rows(office.run("export", "list").out()).size()));
  }

  @Test
  void theOtherPolicyScoresWhatWasKnownThen() throws Exception {
    var first = units(heavier, "1");
    var second = units(heavier, "2");

    // 0.20 × 0.8 secret + 0.20 × 0.75 electronics + 0.25 × 0.5 enterprise; it was 0.465 in force.
    assertThat(cell(first, "U0000040", "score_simulated")).startsWith("0.435");
    assertThat(cell(first, "U0000040", "tier_in_force")).isEqualTo("third");
    assertThat(cell(first, "U0000040", "tier_simulated")).isEmpty();
    assertThat(cell(first, "U0000040", "differs")).isEqualTo("true");
    // Its list goes on from its own: what never entered does not leave.
    assertThat(cell(second, "U0000043", "change_in_force")).isEqualTo("leaves");
    assertThat(cell(second, "U0000043", "change_simulated")).isEmpty();
  }

  @Test
  void whatPersonsDecidedHoldsUnderBoth() throws Exception {
    var first = units(heavier, "1");
    var second = units(heavier, "2");

    assertThat(cell(first, "U0000001", "change_simulated")).isEqualTo("enters");
    assertThat(cell(second, "U0000001", "change_in_force")).isEqualTo("leaves");
    assertThat(cell(second, "U0000001", "change_simulated")).isEqualTo("leaves");
    assertThat(cell(second, "U0000001", "reason_simulated")).contains("moves abroad");
  }

  @Test
  void workOfADepartmentCountsMeasuresThatChangesOpen() throws Exception {
    var science = "department measures science-technology";
    var second = figures("2");

    assertThat(second.keySet()).as("%s", second.keySet()).contains(science);
    int inForce = Integer.parseInt(cell(second, science, "in_force"));
    int simulated = Integer.parseInt(cell(second, science, "simulated"));
    assertThat(inForce).isEqualTo(3);
    assertThat(simulated).isEqualTo(1);
  }

  @Test
  void aUnitWhoseFactsAreInsufficientIsTold() throws Exception {
    var strict =
        policy(
            "strict.yml",
            "confidential: 0.5, none: 0.0}\n    missing: zero",
            "confidential: 0.5, none: 0.0}");

    var told =
        units(strict, "1").values().stream()
            .filter(r -> r.getField("insufficient_simulated").equals("true"))
            .toList();

    assertThat(told).isNotEmpty();
    assertThat(told).allSatisfy(r -> assertThat(r.getField("score_simulated")).isEmpty());
    assertThat(told)
        .allSatisfy(r -> assertThat(r.getField("insufficient_in_force")).isEqualTo("false"));
    assertThat(simulate(strict)).contains("simulated, the facts make no score:");
  }

  @Test
  void nothingIsKeptAndTheSameIsSaidAgain() throws Exception {
    var before = office.checksums();
    var published = Homes.published(office.home());

    var once = simulate(heavier);

    assertThat(simulate(heavier)).isEqualTo(once);
    assertThat(office.checksums()).isEqualTo(before);
    assertThat(Homes.published(office.home())).isEqualTo(published);
    assertThat(once).startsWith("SIMULATION").endsWith("SIMULATION: the list is as it was.\n");
  }

  @Test
  void sensitivityKeepsNothingAndSaysTheSameAgain() throws Exception {
    var before = office.checksums();
    var once = office.run("sensitivity", "--draws", "60");

    assertThat(once.code()).as(once.err()).isZero();
    assertThat(office.run("sensitivity", "--draws", "60").out()).isEqualTo(once.out());
    assertThat(office.checksums()).isEqualTo(before);
    assertThat(once.out()).contains("nothing is kept").contains("contested").contains("secrecy");

    var units =
        Shell.rows(
            office
                .run("sensitivity", heavier.toString(), "--draws", "60", "--format", "csv")
                .out());
    assertThat(units).hasSizeGreaterThan(100);
    assertThat(units)
        .allSatisfy(
            r -> assertThat(r.getField("band")).isIn("certain-in", "contested", "certain-out"));

    var wrong = office.run("sensitivity", "--weights", "uniform:2");
    assertThat(wrong.code()).isEqualTo(Stop.USAGE);
    assertThat(wrong.err()).contains("uniform: and a share below 1");
  }

  @Test
  void theDatabaseItselfRefusesToKeepAnything() throws Exception {
    var globals = new Globals();
    globals.home = office.home();
    try (var session = Session.open(globals, new Console(), WebApplicationType.NONE)) {
      var db = session.get(JdbcClient.class);

      assertThatThrownBy(
              () ->
                  session
                      .get(Replays.class)
                      .readOnly(() -> db.sql("UPDATE programme SET assessed_run = 0").update()))
          .hasMessageContaining("READ ONLY");
    }
  }

  @Test
  void dateOptionsAndFormsAreAsAsked() throws Exception {
    assertThat(simulate(heavier, "--since", Homes.SECOND)).doesNotContain("revision 1");
    var workbook = folder.resolve("simulation.xlsx");
    simulate(heavier, "--format", "xlsx", "-o", workbook.toString());
    assertThat(workbook).isNotEmptyFile();
    assertThat(simulate(heavier, "--format", "json")).contains("\"simulation\":\"counter-");

    var late = office.run("simulate", heavier.toString(), "--since", "2027-01-01");
    assertThat(late.code()).isEqualTo(Stop.FAILED);
    assertThat(late.err()).contains("the last one is as of 2026-11-03");
  }

  @Test
  void aPolicyThatIsAtFaultOrInForceIsRefusedWithItsPlace() throws Exception {
    var wrong = policy("wrong.yml", "weight: 0.30", "weight: 0.35");
    var ended = office.run("simulate", wrong.toString());
    assertThat(ended.code()).isEqualTo(Stop.USAGE);
    assertThat(ended.err()).contains("wrong.yml:");

    var same = office.run("simulate", policy("same.yml").toString());
    assertThat(same.code()).isEqualTo(Stop.USAGE);
    assertThat(same.err()).contains("is what is in force");

    var folderOfProgramme = office.run("simulate", Path.of("jobs", Office.PROGRAMME).toString());
    assertThat(folderOfProgramme.code()).as(folderOfProgramme.out()).isZero();
  }
}

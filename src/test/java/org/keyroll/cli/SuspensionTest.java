package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.bench.SampleCodes;

/** Who stays on the list says why: for want of fresh data, or by the line to stay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuspensionTest {
  private static final Path JOBS = Path.of("src/test/resources/causes/jobs");

  @TempDir static Path folder;
  private Shell shell;
  private Path policy;
  private int night;
  private final Map<String, Integer> findings = new TreeMap<>();
  private final Map<String, String> asked = new TreeMap<>();

  @BeforeAll
  void found() throws Exception {
    var jobs = folder.resolve("jobs");
    Homes.copy(JOBS, jobs);
    policy = jobs.resolve("quarter/policy.yml");
    freshness("within: P2M, dated: asked_on, stale: suspends, longest: P1M, legal_basis: order");
    shell = new Shell(folder.resolve("home"), jobs, "quarter");
  }

  @AfterAll
  void close() {
    shell.close();
  }

  private void freshness(String keys) throws IOException {
    Files.writeString(
        policy,
        Files.readString(policy).replaceFirst("freshness: \\{[^}]*}", "freshness: {" + keys + "}"));
  }

  private void approval(String keys) throws IOException {
    var programme = policy.resolveSibling("programme.yml");
    Files.writeString(
        programme,
        Files.readString(programme).replaceFirst("approval: .*", "approval: {" + keys + "}"));
  }

  private String night(String asOf) throws Exception {
    var ended = attempt(asOf);
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out();
  }

  private Homes.Ended attempt(String asOf) throws Exception {
    night++;
    var inbox = Files.createDirectories(folder.resolve("inbox-" + night));
    var register = new ArrayList<>(List.of("code,name,region,staff"));
    var inspection = new ArrayList<>(List.of("number,name,code,findings,visited"));
    var survey = new ArrayList<>(List.of("number,name,share,asked"));
    findings.forEach(
        (unit, found) -> {
          var code = SampleCodes.code(unit, "enterprise", "310000", false);
          register.add("%s,%s,n,0".formatted(code, unit));
          inspection.add("%s,%s,%s,%d,2026-01-15".formatted(unit, unit, code, found));
        });
    asked.forEach((unit, on) -> survey.add("%s,%s,100,%s".formatted(unit, unit, on)));
    Files.write(inbox.resolve("register-" + night + ".csv"), register);
    Files.write(inbox.resolve("inspection-" + night + ".csv"), inspection);
    Files.write(inbox.resolve("survey-" + night + ".csv"), survey);
    return shell.attempt("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
  }

  /** Name to tier and status of the list. */
  private Map<String, String> listed() throws Exception {
    return shell.export("list").stream()
        .collect(
            Collectors.toMap(
                e -> e.getField("name"), e -> e.getField("tier") + " " + e.getField("status")));
  }

  /** Name to what the last revision said of it. */
  private Map<String, String> changes() throws Exception {
    var changes = shell.export("changes");
    var last = changes.get(changes.size() - 1).getField("revision");
    return changes.stream()
        .filter(c -> c.getField("revision").equals(last))
        .collect(
            Collectors.toMap(
                c -> c.getField("name"),
                c ->
                    String.join(
                        " ",
                        c.getField("change"),
                        c.getField("cause"),
                        c.getField("reason"),
                        c.getField("legal_basis"))));
  }

  @Test
  void staleDataNeitherDropNorSilentlyKeep() throws Exception {
    findings.putAll(Map.of("Stale", 4, "Renewed", 4, "Firm", 10, "Late", 0));
    asked.putAll(Map.of("Stale", "2026-01-10", "Renewed", "2026-01-10"));
    night("2026-01-20");
    assertThat(listed())
        .isEqualTo(
            Map.of(
                "Stale", "second confirmed",
                "Renewed", "second confirmed",
                "Firm", "second confirmed"));

    // A stale value brings nobody onto the list.
    findings.put("Late", 4);
    asked.put("Late", "2026-01-09");
    assertThat(night("2026-03-10")).contains("proposed   2 suspend");
    assertThat(listed())
        .isEqualTo(
            Map.of(
                "Stale", "second suspended",
                "Renewed", "second suspended",
                "Firm", "second confirmed"));
    assertThat(changes().get("Stale"))
        .startsWith(
            "suspend time suspended for stale data: Share of 2026-01-10 is stale since 2026-03-10,"
                + " and nothing is decided without it until 2026-04-10.")
        .endsWith("Order, Order 1");
    assertThat(shell.run("explain", SampleCodes.code("Stale", "enterprise", "310000", false)))
        .contains("suspended")
        .contains("the value of 2026-01-10 is stale since 2026-03-10 and suspends a unit");

    asked.put("Renewed", "2026-03-11");
    assertThat(night("2026-03-12")).contains("proposed   1 resume");
    assertThat(changes().get("Renewed")).startsWith("resume data score 0.5000");
    assertThat(listed()).containsEntry("Renewed", "second confirmed");
    assertThat(night("2026-04-09")).contains("proposed   no change");

    assertThat(night("2026-04-10")).contains("proposed   1 drop");
    assertThat(changes().get("Stale"))
        .startsWith("drop time the score 0.2000 is below 0.4, the line to stay on the list");

    // Between the lines, a unit is kept and its entry says so.
    findings.put("Firm", 8);
    assertThat(night("2026-04-11")).contains("proposed   1 keep");
    assertThat(changes().get("Firm"))
        .startsWith(
            "keep data kept in Second: the score 0.4000 is below 0.45, the line to enter, but not"
                + " below 0.4, the line to stay.");
    assertThat(listed()).containsEntry("Firm", "second kept");

    aSimulationTellsWhoIsSuspendedResumedAndKept();
    keepingTakesPersonsUnlessItIsExempt();
    aSilentFeedSuspendsNoMoreThanTheEnvelopeAllows();
    noTermNeedsASuspension();
  }

  private void aSimulationTellsWhoIsSuspendedResumedAndKept() throws Exception {
    var lapse =
        Files.writeString(
            folder.resolve("lapse.yml"),
            Files.readString(policy).replaceFirst(", stale: suspends[^}]*}", "}"));
    var told = new TreeMap<String, String>();
    for (var row : Shell.rows(shell.run("simulate", lapse.toString(), "--format", "csv"))) {
      told.put(
          row.getField("as_of") + " " + row.getField("name"),
          String.join(
              " ",
              row.getField("change_in_force"),
              row.getField("status_in_force"),
              "|",
              row.getField("change_simulated"),
              row.getField("status_simulated")));
    }
    assertThat(told)
        .containsEntry("2026-03-10 Stale", "suspended suspended | leaves ")
        .containsEntry("2026-03-12 Renewed", "resumed confirmed | enters confirmed")
        .containsEntry("2026-04-10 Stale", "leaves  |  ")
        .containsEntry("2026-04-11 Firm", "kept kept | kept kept");
    var figures =
        Shell.rows(shell.run("simulate", lapse.toString(), "--format", "csv", "--table", "figures"))
            .stream()
            .filter(f -> f.getField("as_of").equals("2026-03-10"))
            .collect(
                Collectors.toMap(
                    f -> (f.getField("figure") + " " + f.getField("of")).strip(),
                    f -> f.getField("in_force") + " " + f.getField("simulated")));
    assertThat(figures)
        .containsEntry("suspending", "2 0")
        .containsEntry("suspended", "2 0")
        .containsEntry("leaving", "0 2");
    assertThat(shell.run("simulate", lapse.toString()))
        .contains("  are kept below the line to enter")
        .contains("the same under both: 1 is kept");
  }

  private void keepingTakesPersonsUnlessItIsExempt() throws Exception {
    findings.put("Firm", 11);
    night("2026-04-12");
    assertThat(listed()).containsEntry("Firm", "second confirmed");

    approval("founding: automatic, persons: 2, envelope: {entering: 1, leaving: 1}");
    findings.putAll(Map.of("Firm", 8, "Late", 5));
    var waits = attempt("2026-04-13");
    assertThat(waits.code()).isEqualTo(Stop.HELD);
    assertThat(waits.out()).contains("proposed   1 keep");
    assertThat(listed()).containsEntry("Firm", "second confirmed");

    approval(
        "founding: automatic, persons: 2, exempt: [keep], envelope: {entering: 1, leaving: 1}");
    night("2026-04-14");
    assertThat(listed()).containsEntry("Firm", "second kept");
  }

  private void aSilentFeedSuspendsNoMoreThanTheEnvelopeAllows() throws Exception {
    approval("founding: automatic, envelope: {entering: 1, leaving: 1, suspended: 0.4}");
    var held = attempt("2026-05-11");
    assertThat(held.code()).isEqualTo(Stop.HELD);
    assertThat(held.out() + held.err())
        .contains(
            "1 of 2 units would be suspended for stale data, after 0; programme.yml allows 40 % of"
                + " the list without a person.");
    assertThat(listed()).containsEntry("Renewed", "second confirmed");

    asked.put("Renewed", "2026-05-12");
    night("2026-05-12");
    assertThat(listed()).containsEntry("Renewed", "second confirmed");
    assertThat(shell.attempt("check").err()).doesNotContain("silent feed");
    approval("founding: automatic, envelope: {entering: 1, leaving: 1}");
    assertThat(shell.attempt("check").err()).contains("has no \"suspended\"");
  }

  private void noTermNeedsASuspension() throws IOException {
    freshness("within: P2M, dated: asked_on, stale: kept, longest: P1M");
    var check = shell.attempt("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("\"longest\" goes with \"stale: suspends\" only");
    freshness("within: P2M, dated: asked_on, stale: suspends, legal_basis: ordr");
    check = shell.attempt("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains("ordr");
  }
}

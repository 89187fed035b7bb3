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

  private String night(String asOf) throws Exception {
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
    return shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
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

    noTermNeedsASuspension();
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

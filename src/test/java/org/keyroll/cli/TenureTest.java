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

/** A unit stays for its tenure whatever its score, and in the buffer no longer than it may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenureTest {
  private static final Path JOBS = Path.of("src/test/resources/causes/jobs");

  @TempDir static Path folder;
  private Shell shell;
  private Path policy;
  private int night;
  private final Map<String, Integer> findings = new TreeMap<>();

  @BeforeAll
  void found() throws Exception {
    var jobs = folder.resolve("jobs");
    Homes.copy(JOBS, jobs);
    policy = jobs.resolve("quarter/policy.yml");
    second("enter: 0.45, leave: 0.3, tenure: P2M, buffer: P3M");
    shell = new Shell(folder.resolve("home"), jobs, "quarter");
    for (var unit : List.of("Falls", "Lingers", "Recovers", "Remains")) {
      findings.put(unit, 10);
    }
    night("2026-01-20");
    assertThat(listed()).containsOnly("Falls", "Lingers", "Recovers", "Remains");
  }

  @AfterAll
  void close() {
    shell.close();
  }

  private void second(String threshold) throws IOException {
    Files.writeString(
        policy,
        Files.readString(policy).replaceFirst("second: \\{.*}", "second: {" + threshold + "}"));
  }

  private static String code(String who) {
    return SampleCodes.code(who, "enterprise", "310000", false);
  }

  private String night(String asOf) throws Exception {
    night++;
    var inbox = Files.createDirectories(folder.resolve("inbox-" + night));
    var register = new ArrayList<>(List.of("code,name,region,staff"));
    var inspection = new ArrayList<>(List.of("number,name,code,findings,visited"));
    findings.forEach(
        (unit, found) -> {
          register.add("%s,%s,n,0".formatted(code(unit), unit));
          inspection.add("%s,%s,%s,%d,2026-01-15".formatted(unit, unit, code(unit), found));
        });
    Files.write(inbox.resolve("register-" + night + ".csv"), register);
    Files.write(inbox.resolve("inspection-" + night + ".csv"), inspection);
    return shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
  }

  private List<String> listed() throws Exception {
    return shell.export("list").stream().map(e -> e.getField("name")).toList();
  }

  /** What the last revision said of each unit that it changed. */
  private Map<String, String> changes() throws Exception {
    var changes = shell.export("changes");
    var last = changes.get(changes.size() - 1).getField("revision");
    return changes.stream()
        .filter(c -> c.getField("revision").equals(last))
        .collect(
            Collectors.toMap(
                c -> c.getField("name"),
                c ->
                    c.getField("change") + " " + c.getField("cause") + " " + c.getField("reason")));
  }

  @Test
  void clocksHoldAndLetGo() throws Exception {
    findings.putAll(Map.of("Falls", 2, "Lingers", 7, "Recovers", 7));
    night("2026-01-21");
    assertThat(listed()).containsOnly("Falls", "Lingers", "Recovers", "Remains");
    assertThat(shell.run("explain", code("Falls")))
        .contains("stays in its tier until 2026-03-20 at least, having come into it on 2026-01-20");
    assertThat(shell.run("explain", code("Lingers")))
        .contains("below the line to enter since 2026-01-21, and may be until 2026-04-21")
        .contains("  would leave the list on 2026-04-21");
    assertThat(shell.run("explain", code("Falls")))
        .contains("  would stay in Second if findings (Findings) ≥ 6, now 2")
        .contains("  would leave the list on 2026-03-20");
    assertThat(shell.run("explain", code("Remains")))
        .contains("  would leave the list from 2026-03-20 on if findings (Findings) ≤ 5, now 10")
        .contains("  would leave the list on 2026-06-15");

    findings.put("Recovers", 10);
    night("2026-03-01");
    findings.put("Recovers", 7);
    night("2026-03-19");
    assertThat(listed()).contains("Falls");

    night("2026-03-20");
    assertThat(listed()).containsOnly("Lingers", "Recovers", "Remains");
    assertThat(changes().get("Falls")).startsWith("drop time the score 0.1000 is below 0.3");

    night("2026-04-20");
    assertThat(listed()).contains("Lingers");
    night("2026-04-21");
    assertThat(listed()).containsOnly("Recovers", "Remains");
    assertThat(changes().get("Lingers"))
        .startsWith("drop time since 2026-01-21 the line to enter Second has not been reached");

    // The next night has nothing to say, and who has left must reach the line to enter again.
    assertThat(night("2026-04-22")).contains("proposed   no change");
    findings.put("Lingers", 10);
    night("2026-04-23");
    assertThat(listed()).contains("Lingers");

    aBufferNeedsRoom();
  }

  private void aBufferNeedsRoom() throws IOException {
    second("enter: 0.45, leave: 0.45, buffer: P3M");
    var check = shell.attempt("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err())
        .contains("policy.yml:")
        .contains("\"leave\" is \"enter\", so nothing lies between them");
  }
}

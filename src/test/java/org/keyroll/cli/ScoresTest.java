package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.bench.SampleCodes;

/** Where one unit changes the scores of all, a home that has grown says what a new one would. */
class ScoresTest {
  private static final Path JOBS = Path.of("src/test/resources/causes/jobs");
  private static final String RANKED =
      "findings, title: Findings, weight: 0.5, fact: findings, steps: [{normalise: min-max, flat: 0}]";
  private static final String PLAIN =
      "findings, title: Findings, weight: 0.5, fact: findings, range: {from: 0, to: 10}";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path policy;

  private final Map<String, Integer> findings = new TreeMap<>();

  private Shell shell(String home) throws Exception {
    return new Shell(folder.resolve(home), folder.resolve("jobs"), "quarter");
  }

  private String night(Shell shell, String asOf) throws Exception {
    var inbox = Files.createTempDirectory(folder, "inbox");
    var register = new ArrayList<>(List.of("code,name,region,staff"));
    var inspection = new ArrayList<>(List.of("number,name,code,findings,visited"));
    findings.forEach(
        (unit, found) -> {
          var code = SampleCodes.code(unit, "enterprise", "310000", false);
          register.add("%s,%s,n,100".formatted(code, unit));
          inspection.add("%s,%s,%s,%d,2026-01-15".formatted(unit, unit, code, found));
        });
    Files.write(inbox.resolve("register-" + asOf + ".csv"), register);
    Files.write(inbox.resolve("inspection-" + asOf + ".csv"), inspection);
    return shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
  }

  private void criterion(String is) throws IOException {
    Files.writeString(
        policy, Files.readString(policy).replaceFirst("id: findings, .*}", "id: " + is + "}"));
  }

  /** Name to score, rank, tier and date. */
  private static Map<String, String> assessments(Shell shell, boolean dated) throws Exception {
    return shell.export("assessments").stream()
        .collect(
            Collectors.toMap(
                a -> a.getField("name"),
                a ->
                    a.getField("score")
                        + " "
                        + a.getField("rank")
                        + " "
                        + a.getField("tier")
                        + (dated ? " " + a.getField("as_of") : "")));
  }

  /** The same in a home that knows nothing else. */
  private Map<String, String> anew(String home, String asOf) throws Exception {
    try (var shell = shell(home)) {
      night(shell, asOf);
      return assessments(shell, false);
    }
  }

  /** Puts another number in the place of one that the facts are kept with. */
  private void tamper(double old, double by, boolean sumUp) throws IOException {
    var file = folder.resolve("home/cache/facts-quarter.bin");
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (bytes.getDouble(at) != old) {
      at++;
    }
    bytes.putDouble(at, by);
    if (sumUp) {
      var sum = new CRC32C();
      sum.update(bytes.array(), 0, bytes.limit() - Long.BYTES);
      bytes.putLong(bytes.limit() - Long.BYTES, sum.getValue());
    }
    Files.write(file, bytes.array());
  }

  @Test
  void whatIsKeptOfFactsIsTakenAndWhereItIsWrongOrGoneRecordsAre() throws Exception {
    Homes.copy(JOBS, folder.resolve("jobs"));
    policy = folder.resolve("jobs/quarter/policy.yml");
    criterion(RANKED);
    findings.putAll(Map.of("Amber", 0, "Birch", 10, "Cedar", 7, "Dogwood", 2));
    try (var shell = shell("home")) {
      night(shell, "2026-02-01");

      tamper(7, 5, true);
      findings.put("Dogwood", 1);
      night(shell, "2026-02-02");
      assertThat(assessments(shell, false)).containsEntry("Cedar", "0.45 2 second");

      tamper(5, 6, false);
      findings.put("Elm", 3);
      night(shell, "2026-02-03");
      assertThat(assessments(shell, false)).isEqualTo(anew("second", "2026-02-03"));

      Files.delete(folder.resolve("home/cache/facts-quarter.bin"));
      findings.put("Fir", 4);
      night(shell, "2026-02-04");
      assertThat(assessments(shell, false)).isEqualTo(anew("third", "2026-02-04"));

      // What was kept before a night that looked at no population is of another day.
      var old = Files.readAllBytes(folder.resolve("home/cache/facts-quarter.bin"));
      criterion(PLAIN);
      findings.put("Fir", 9);
      night(shell, "2026-02-05");
      criterion(RANKED);
      Files.write(folder.resolve("home/cache/facts-quarter.bin"), old);
      night(shell, "2026-02-06");
      assertThat(assessments(shell, false)).isEqualTo(anew("fourth", "2026-02-06"));
      findings.put("Elm", 8);
      Files.write(folder.resolve("home/cache/facts-quarter.bin"), old);
      night(shell, "2026-02-07");
      assertThat(assessments(shell, false)).isEqualTo(anew("fifth", "2026-02-07"));
    }
  }

  @Test
  void scoresAreThoseOfANewHome() throws Exception {
    Homes.copy(JOBS, folder.resolve("jobs"));
    policy = folder.resolve("jobs/quarter/policy.yml");
    criterion(RANKED);
    findings.putAll(Map.of("Amber", 0, "Birch", 10, "Cedar", 6, "Dogwood", 2));
    try (var shell = shell("home")) {
      assertThat(night(shell, "2026-02-01")).contains("assessed   4 units anew");
      assertThat(assessments(shell, true))
          .isEqualTo(
              Map.of(
                  "Amber", "0.2 4  2026-02-01",
                  "Birch", "0.7 1 first 2026-02-01",
                  "Cedar", "0.5 2 second 2026-02-01",
                  "Dogwood", "0.30000000000000004 3  2026-02-01"));

      // One unit has more findings, so that all others have a smaller part of the most.
      findings.put("Birch", 11);
      assertThat(night(shell, "2026-02-02"))
          .contains("assessed   2 units anew")
          .contains("proposed   2 details");
      assertThat(assessments(shell, true))
          .containsEntry("Amber", "0.2 4  2026-02-01")
          .containsEntry("Cedar", "0.4727272727272727 2 second 2026-02-02")
          .containsEntry("Dogwood", "0.2909090909090909 3  2026-02-02");
      assertThat(assessments(shell, false)).isEqualTo(anew("second", "2026-02-02"));
      var scores =
          shell.export("list").stream()
              .collect(Collectors.toMap(e -> e.getField("name"), e -> e.getField("score")));
      assertThat(scores).containsEntry("Cedar", "0.4727");
      assertThat(night(shell, "2026-02-03")).contains("proposed   no change");

      criterion(PLAIN);
      night(shell, "2026-02-04");
      assertThat(assessments(shell, false)).isEqualTo(anew("third", "2026-02-04"));
      criterion(RANKED);
      night(shell, "2026-02-05");
      assertThat(assessments(shell, false)).isEqualTo(anew("fourth", "2026-02-05"));
    }
  }
}

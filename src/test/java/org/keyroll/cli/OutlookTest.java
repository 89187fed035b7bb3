package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.bench.SampleCodes;

/** What explain says would change a unit's place does so when it happens, and a little less not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutlookTest {
  private static final int UNITS = 16;
  private static final Pattern CHANGE =
      Pattern.compile("  would (.+) if (\\w+) \\(\\w+\\) [≤≥] (\\S+), now (\\S+)");
  private static final Pattern PASSING = Pattern.compile("  would (.+) on (\\d{4}-\\d\\d-\\d\\d)");

  @TempDir static Path home;
  private Shell shell;
  private int night;
  private LocalDate asOf = LocalDate.of(2026, 1, 20);
  private final Map<String, Map<String, Double>> facts = new TreeMap<>();

  /** A change of one fact that is told, and what would follow. */
  private record Told(String fact, double to, double from, String consequence) {}

  private final Map<String, Told> told = new LinkedHashMap<>();

  @BeforeAll
  void found() throws Exception {
    shell = new Shell(home, Path.of("src/test/resources/causes/jobs"), "quarter");
    var random = new Random(20261127);
    for (int i = 0; i < UNITS; i++) {
      var values = new TreeMap<String, Double>();
      values.put("findings", (double) random.nextInt(10));
      values.put("share", random.nextInt(1000) / 10.0);
      values.put("staff", (double) random.nextInt(120));
      facts.put("R" + i, values);
    }
    night();
    for (var unit : facts.keySet()) {
      var line = CHANGE.matcher(explain(unit));
      if (line.find()) {
        told.put(
            unit,
            new Told(
                line.group(2),
                Double.parseDouble(line.group(3)),
                Double.parseDouble(line.group(4)),
                line.group(1)));
      }
    }
    assertThat(told).hasSizeGreaterThan(UNITS / 2);
    assertThat(told.values().stream().map(Told::fact).distinct()).hasSizeGreaterThan(1);
    assertThat(told.values().stream().map(Told::consequence).distinct()).hasSizeGreaterThan(2);
  }

  @AfterAll
  void close() {
    shell.close();
  }

  private static String code(String who) {
    return SampleCodes.code(who, "enterprise", "310000", false);
  }

  private String explain(String unit) {
    return shell.run("explain", code(unit), "--as-of", asOf.toString());
  }

  private double fact(String unit, String fact) {
    return facts.getOrDefault(unit, Map.of()).getOrDefault(fact, Double.NaN);
  }

  private void set(String unit, String fact, double value) {
    facts.computeIfAbsent(unit, u -> new TreeMap<>()).put(fact, value);
  }

  private void night() throws Exception {
    night++;
    var inbox = Files.createDirectories(home.resolve("inbox-" + night));
    var register = new ArrayList<>(List.of("code,name,region,staff"));
    var inspection = new ArrayList<>(List.of("number,name,code,findings,visited"));
    var survey = new ArrayList<>(List.of("number,name,share,asked"));
    for (var unit : facts.keySet()) {
      var on = "2025-%02d-15".formatted(11 + Math.floorMod(unit.hashCode(), 2));
      register.add("%s,Works %s,n,%.0f".formatted(code(unit), unit, fact(unit, "staff")));
      inspection.add(
          "%s,Works %s,%s,%.0f,%s".formatted(unit, unit, code(unit), fact(unit, "findings"), on));
      survey.add("%s,Works %s,%s,2026-01-15".formatted(unit, unit, fact(unit, "share")));
    }
    Files.write(inbox.resolve("register-" + night + ".csv"), register);
    Files.write(inbox.resolve("inspection-" + night + ".csv"), inspection);
    Files.write(inbox.resolve("survey-" + night + ".csv"), survey);
    Files.write(inbox.resolve("chamber-" + night + ".csv"), List.of("member,name", "m,Yard"));
    shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf.toString());
  }

  /** Unit to its tier. */
  private Map<String, String> list() throws Exception {
    var byCode = facts.keySet().stream().collect(Collectors.toMap(OutlookTest::code, unit -> unit));
    return shell.export("list").stream()
        .collect(
            Collectors.toMap(
                e -> byCode.getOrDefault(e.getField("identifier"), "?"), e -> e.getField("tier")));
  }

  private static void follows(String consequence, String unit, Map<String, String> list) {
    if (consequence.equals("leave the list")) {
      assertThat(list).as(unit).doesNotContainKey(unit);
    } else {
      var tier =
          consequence
              .substring(consequence.lastIndexOf(' ') + 1)
              .toLowerCase(java.util.Locale.ROOT);
      assertThat(list).as(unit).containsEntry(unit, tier);
    }
  }

  @Test
  void followsWhenItHappensAndNotWhenALittleLessDoes() throws Exception {
    var founded = list();
    // A share is told to a twentieth of the way.
    told.forEach(
        (unit, change) ->
            set(
                unit,
                change.fact(),
                change.fact().equals("share")
                    ? change.from() + 0.94 * (change.to() - change.from())
                    : change.to() + Math.signum(change.from() - change.to())));
    night();
    assertThat(list()).isEqualTo(founded);

    told.forEach((unit, change) -> set(unit, change.fact(), change.to()));
    night();
    var changed = list();
    told.forEach((unit, change) -> follows(change.consequence(), unit, changed));

    passes(changed);
  }

  /** The findings leave their window of five months, the share is too old after two. */
  private void passes(Map<String, String> before) throws Exception {
    var passing = new TreeMap<LocalDate, Map<String, String>>();
    for (var unit : facts.keySet()) {
      var line = PASSING.matcher(explain(unit));
      if (line.find()) {
        passing
            .computeIfAbsent(LocalDate.parse(line.group(2)), d -> new TreeMap<>())
            .put(unit, line.group(1));
      }
    }
    assertThat(passing).hasSizeGreaterThan(1);
    var first = passing.firstEntry();
    asOf = first.getKey().minusDays(1);
    night();
    assertThat(list()).isEqualTo(before);
    asOf = first.getKey();
    night();
    var after = list();
    first.getValue().forEach((unit, consequence) -> follows(consequence, unit, after));
  }
}

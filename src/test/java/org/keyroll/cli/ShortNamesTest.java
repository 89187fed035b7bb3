package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.bench.ShortNames;

/** Short names are led to the registered ones; of what could be several, a person is asked. */
class ShortNamesTest {
  private static final String DAY = "2026-11-02";

  @TempDir Path home;

  @Test
  void leadsShortNamesToRegisteredOnesAndAsksWhereSeveralFit() throws Exception {
    var set = ShortNames.make();
    var register = home.resolve("trade-register.csv");
    var reports = home.resolve("inspection.csv");
    ShortNames.write(set, register, reports);
    var unitOfCode = new HashMap<String, String>();
    var unitOfRow = new HashMap<String, String>();
    var asked = new LinkedHashSet<String>();
    try (var shell = new Shell(home, Path.of("src/test/resources/identity/jobs"), "register")) {
      shell.run("ingest", "trade-register", register.toString(), "--as-of", DAY);
      shell.run("ingest", "inspection", reports.toString(), "--as-of", DAY);
      shell.run("resolve", "--as-of", DAY);
      for (var link : shell.export("links")) {
        (link.getField("source").equals("inspection") ? unitOfRow : unitOfCode)
            .put(link.getField("record_key"), link.getField("unit_id"));
      }
      shell
          .run("review", "list", "--format", "csv")
          .lines()
          .forEach(l -> asked.addAll(java.util.List.of(l.split(",", -1))));
    }

    var found = ShortNames.rate(set, unitOfCode, unitOfRow, asked);

    var all = found.getOrDefault("all", new ShortNames.Found(0, 0, 0, 0));
    assertThat(set.written()).hasSize(560);
    assertThat(all.precision()).as(ShortNames.table(found)).isGreaterThanOrEqualTo(0.995);
    assertThat(all.right()).as(ShortNames.table(found)).isGreaterThanOrEqualTo(440);
    assertThat(all.right() + all.asked()).as(ShortNames.table(found)).isGreaterThanOrEqualTo(475);
    assertThat(found.get("nothing")).isEqualTo(new ShortNames.Found(0, 0, 0, 20));
  }
}

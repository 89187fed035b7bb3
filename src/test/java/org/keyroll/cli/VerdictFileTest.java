package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;
import org.keyroll.bench.SampleCodes;

/** Many verdicts at once, from a filled-in list, by a person who signs with a key. */
class VerdictFileTest {
  private static final Path JOBS = Path.of("src/test/resources/identity/jobs");

  @TempDir Path home;

  private Path verdicts(String... rows) throws Exception {
    var lines = new ArrayList<>(List.of("candidate,verdict,cause,remark"));
    lines.addAll(List.of(rows));
    return Files.write(home.resolve("verdicts.csv"), lines);
  }

  private Path keyOf(Shell shell, String person, String... more) throws Exception {
    var key = home.resolve(person + ".key");
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    var words = new ArrayList<>(List.of("people", "add", person));
    words.addAll(List.of(more));
    Files.writeString(key, shell.run(words.toArray(String[]::new)));
    return key;
  }

  private static List<String> waiting(Shell shell) throws Exception {
    return Shell.rows(shell.run("review", "list", "--format", "csv")).stream()
        .map(row -> row.getField("candidate"))
        .toList();
  }

  @Test
  void allRowsOrNoneAreTakenDownAndEachCanBeTakenBack() throws Exception {
    try (var shell = new Shell(home, JOBS, "register")) {
      var rows = new ArrayList<>(List.of("code,name,former name,status,successor,since"));
      for (var name : List.of("Otter Works", "Badger Mill", "Heron Yard")) {
        for (var town : List.of("east", "west")) {
          var code = SampleCodes.code(name + town, "enterprise", "310000", false);
          rows.add("%s,%s Limited,,active,,".formatted(code, name));
        }
      }
      var register = Files.write(home.resolve("trade-register.csv"), rows);
      shell.run("ingest", "trade-register", register.toString(), "--as-of", "2026-11-02");
      shell.run("resolve", "--as-of", "2026-11-02");
      var candidates = waiting(shell);
      assertThat(candidates).hasSize(3);
      var one = candidates.get(0);
      var two = candidates.get(1);

      var admin = keyOf(shell, "ann", "--role", "administrator");
      var key = keyOf(shell, "eve", "--role", "editor", "--key", admin.toString());
      var file =
          verdicts(one + ",confirm,a second code,", "99999,reject,nobody,", two + ",maybe,,");
      var wrong = decide(shell, file, key);
      assertThat(wrong.code()).isNotZero();
      assertThat(wrong.err())
          .contains("row 3: there is no candidate 99999", "row 4: \"maybe\" is no verdict")
          .contains("None of the verdicts is taken down");
      assertThat(shell.run("review", "verdicts")).isEmpty();

      file = verdicts(one + ",confirm,a second code,seen", two + ",reject,two mills,", "7,,,later");
      assertThat(decide(shell, file, null).code()).isNotZero();
      assertThat(decide(shell, file, key).out()).contains("2 verdicts taken down");
      assertThat(shell.run("review", "verdicts"))
          .contains("by eve: a second code", "by eve: two mills");
      shell.run("resolve", "--as-of", "2026-11-03");
      assertThat(waiting(shell)).containsExactly(candidates.get(2));
      assertThat(states(shell)).containsOnlyOnce("merged");

      var undone =
          shell.attempt("review", "undo", "1", "--cause", "two works", "--key", key.toString());
      assertThat(undone.out()).contains("verdict 1 is taken back");
      shell.run("resolve", "--as-of", "2026-11-04");
      assertThat(states(shell)).doesNotContain("merged");
    }
  }

  private static List<String> states(Shell shell) throws Exception {
    return shell.export("units").stream().map(unit -> unit.getField("state")).toList();
  }

  private static Ended decide(Shell shell, Path file, @Nullable Path key) {
    var words =
        new ArrayList<>(
            List.of("review", "decide", "--file", file.toString(), "--as-of", "2026-11-03"));
    if (key != null) {
      words.addAll(List.of("--key", key.toString()));
    }
    return shell.attempt(words.toArray(String[]::new));
  }
}

package org.keyroll.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keyroll.table.UnreadableFile.Reason;

class CorpusTest {

  static final Path CORPUS = Path.of("src/test/resources/spreadsheets");

  static Stream<List<String>> index() throws UnreadableFile {
    var options = new ReadOptions(StandardCharsets.UTF_8, ',', null);
    return Received.from(CORPUS.resolve("INDEX.csv"), options).rows().stream()
        .skip(1)
        .map(row -> List.of(row.cell(0).text(), row.cell(1).text(), row.cell(2).text()));
  }

  @ParameterizedTest
  @MethodSource("index")
  void readsOrRefusesEachFileAsTheIndexSays(List<String> entry) {
    var file = CORPUS.resolve(entry.get(0));
    var expectation = entry.get(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try {
            var rows = Received.from(file, ReadOptions.detect()).rows().size();
            assertThat(expectation).startsWith("RE").isNotIn("REJECT", "REJECT_ENCRYPTED");
            assertThat(rows).isEqualTo(Integer.parseInt(entry.get(2)));
          } catch (UnreadableFile e) {
            assertThat(expectation).as(e.getMessage()).isNotEqualTo("READ");
            assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
            if (expectation.equals("REJECT_ENCRYPTED")) {
              assertThat(e.reason()).isEqualTo(Reason.ENCRYPTED);
            }
          }
        });
  }
}

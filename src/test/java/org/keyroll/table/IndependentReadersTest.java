package org.keyroll.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keyroll.table.UnreadableFile.Reason;

/**
 * Compares what is read with what readers of others make of the same files: LibreOffice, SheetJS,
 * openpyxl, xlrd, calamine, Python's csv. They are not needed here: {@code expected.csv} beside the
 * files holds what they agree on, and src/test/spreadsheets how it was worked out.
 */
class IndependentReadersTest {

  private static final Path GIVEN = CorpusTest.CORPUS;
  private static final Path MADE = CorpusTest.CORPUS.resolve("made");

  /** A file and the charset that the definition of its source would name, empty for none. */
  record Entry(Path file, String expect, String reason, String charset) {
    ReadOptions options() {
      return new ReadOptions(charset.isEmpty() ? null : Charset.forName(charset), null, null);
    }

    @Override
    public String toString() {
      return file.getFileName().toString();
    }
  }

  static List<Entry> made() throws UnreadableFile {
    return rows(MADE.resolve("INDEX.csv")).stream()
        .map(
            r ->
                new Entry(
                    MADE.resolve(r.cell(0).text()),
                    r.cell(1).text(),
                    r.cell(2).text(),
                    r.cell(3).text()))
        .toList();
  }

  static Stream<Entry> read() throws UnreadableFile {
    var given =
        rows(GIVEN.resolve("INDEX.csv")).stream()
            .map(r -> new Entry(GIVEN.resolve(r.cell(0).text()), r.cell(1).text(), "", ""));
    return Stream.concat(given, made().stream()).filter(e -> e.expect.equals("READ"));
  }

  static Stream<Entry> refused() throws UnreadableFile {
    return made().stream().filter(e -> e.expect.equals("REFUSE"));
  }

  @ParameterizedTest
  @MethodSource("read")
  void readsWhatOtherReadersRead(Entry entry) throws Exception {
    var expected = new LinkedHashMap<String, Canonical.Sum>();
    for (var row : rows(entry.file.resolveSibling("expected.csv"))) {
      if (row.cell(0).text().equals(entry.toString())) {
        expected.put(
            row.cell(1).text(),
            new Canonical.Sum(
                Integer.parseInt(row.cell(2).text()),
                Integer.parseInt(row.cell(3).text()),
                row.cell(4).text()));
      }
    }
    assertThat(expected).as("expected.csv names the file").isNotEmpty();
    Map<String, Canonical.Sum> sums = Canonical.of(entry.file, entry.options());
    assertThat(sums).containsExactlyEntriesOf(expected);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithTheReason(Entry entry) {
    var refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                catchThrowableOfType(
                    UnreadableFile.class, () -> Canonical.of(entry.file, entry.options())));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Reason.valueOf(entry.reason));
    assertThat(refusal.getMessage()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void knowsEveryFileThatIsThere() throws Exception {
    try (var files = Files.list(MADE)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      made().stream().map(Entry::toString), Stream.of("INDEX.csv", "expected.csv"))
                  .toList());
    }
  }

  private static List<Row> rows(Path csv) throws UnreadableFile {
    var all = Received.from(csv, new ReadOptions(StandardCharsets.UTF_8, ',', null)).rows();
    return all.subList(1, all.size());
  }
}

package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.bench.LinkQuality;
import org.keyroll.bench.LinkQuality.Quality;

/** Links as the commands give them, of records whose truth is known and never shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinksTest {
  private static final Path FOLDER = Path.of("src/test/resources/matching");

  @TempDir static Path home;
  private Shell shell;

  @BeforeAll
  void open() throws Exception {
    shell = new Shell(home, FOLDER.resolve("jobs"), "febrl");
  }

  @AfterAll
  void close() {
    shell.close();
  }

  private Quality quality(String programme, String file, String column, String keyOrPattern)
      throws Exception {
    shell.use(FOLDER.resolve("jobs"), programme);
    shell.run("ingest", "rows", FOLDER.resolve(file).toString(), "--as-of", "2026-11-02");
    shell.run("resolve", "--as-of", "2026-11-02");
    var links = home.resolve(programme + ".csv");
    shell.run("export", "links", "-o", links.toString());
    assertThat(Files.readString(links))
        .startsWith("source,delivery,sheet,row,record_key,unit_id,rule,probability\n");
    return Quality.of(links, LinkQuality.truth(FOLDER.resolve(file), column, keyOrPattern));
  }

  @Test
  void findsTheDuplicatesOfFebrl() throws Exception {
    var quality = quality("febrl", "febrl3.csv", "rec_id", "rec-([0-9]+)-");

    assertThat(quality.records()).isEqualTo(5000);
    assertThat(quality.f1()).isGreaterThanOrEqualTo(0.995);
  }

  @Test
  void findsMostDuplicatesOfSparseRecordsAndNothingElse() throws Exception {
    var quality = quality("people", "fake_1000.csv", "cluster", "unique_id");

    assertThat(quality.records()).isEqualTo(1000);
    assertThat(quality.precision()).isGreaterThanOrEqualTo(0.99);
    assertThat(quality.recall()).isGreaterThanOrEqualTo(0.93);
  }
}

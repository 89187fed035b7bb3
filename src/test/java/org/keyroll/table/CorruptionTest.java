package org.keyroll.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than the usual number of damaged files: {@code -Dkeyroll.corruptions=20000}. */
class CorruptionTest {

  private static final String COUNT = System.getProperty("keyroll.corruptions", "2000");

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void refusesOrReadsWhateverIsDamagedInHalfAGigabyte() throws Exception {
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Corruptions.class.getName(),
                    CorpusTest.CORPUS.toString(),
                    "1",
                    COUNT))
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("CORRUPT=", "read=", "read, the same=");
  }
}

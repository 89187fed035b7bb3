package org.keyroll.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalsTest {
  @TempDir Path folder;

  @Test
  void keepsTheBytesReadOnlyUnderTheirHash() throws Exception {
    var file = Files.writeString(folder.resolve("report.csv"), "name\nAlder Works\n");
    var originals = new Originals(folder);
    var sha256 = originals.keep(file);
    assertThat(originals.of(sha256)).hasSameBinaryContentAs(file);
    assertThat(Files.getPosixFilePermissions(originals.of(sha256)).toString())
        .doesNotContain("WRITE");
    assertThat(originals.keep(file)).isEqualTo(sha256);
  }

  @Test
  void keepsNothingOfAFileThatIsStillWritten() throws Exception {
    var file = Files.writeString(folder.resolve("report.csv"), "name\n");
    var done = new AtomicBoolean();
    var begun = new CountDownLatch(1);
    var writer = Executors.newSingleThreadExecutor();
    try {
      var writing =
          writer.submit(
              () -> {
                try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
                  while (!done.get()) {
                    out.write('x');
                    begun.countDown();
                    // Slower than it is read, or reading would never come to an end.
                    LockSupport.parkNanos(50_000);
                  }
                }
                return null;
              });
      begun.await();
      assertThatThrownBy(() -> new Originals(folder).keep(file))
          .isInstanceOf(Originals.StillArriving.class)
          .hasMessageContaining("still arriving");
      done.set(true);
      writing.get();
    } finally {
      done.set(true);
      writer.shutdown();
    }
    try (var kept = Files.walk(folder.resolve("deliveries"))) {
      assertThat(kept.filter(Files::isRegularFile)).isEmpty();
    }
  }
}

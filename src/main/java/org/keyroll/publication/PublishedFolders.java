package org.keyroll.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where revisions are on the disk. */
@Component
public class PublishedFolders {
  private final Path home;

  PublishedFolders(@Value("${keyroll.home}") Path home) {
    this.home = home;
  }

  /** The folder of all revisions of a programme. */
  public Path of(String programme) {
    return home.resolve("published").resolve(programme);
  }

  /** The folder of one revision. */
  public Path of(String programme, long revision) {
    return of(programme).resolve(name(revision));
  }

  /** What a revision consists of; empty where there is no such revision on the disk. */
  public Optional<Manifest> manifest(String programme, long revision) throws IOException {
    var file = of(programme, revision).resolve(Manifest.NAME);
    return Files.isRegularFile(file)
        ? Optional.of(Manifest.read(Files.readAllBytes(file)))
        : Optional.empty();
  }

  static String name(long revision) {
    return String.format(Locale.ROOT, "revision-%04d", revision);
  }
}

package org.keyroll.publication;

import java.nio.file.Path;
import java.util.Locale;
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

  static String name(long revision) {
    return String.format(Locale.ROOT, "revision-%04d", revision);
  }
}

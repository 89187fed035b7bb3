package org.keyroll.run;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param inbox folder to look through; null for none
 * @param source with {@code files}, the source they are for
 */
public record Order(
    JobName job, LocalDate asOf, @Nullable Path inbox, @Nullable String source, List<Path> files) {

  /** The whole night, or one part of it. */
  public enum JobName {
    NIGHTLY,
    INGEST,
    RESOLVE,
    ASSESS,
    ADJUST,
    PUBLISH;

    /** Whether a part of the night belongs to this job. */
    public boolean does(JobName part) {
      return this == NIGHTLY || this == part;
    }

    String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Order nightly(LocalDate asOf, @Nullable Path inbox) {
    return new Order(JobName.NIGHTLY, asOf, inbox, null, List.of());
  }

  public static Order part(JobName job, LocalDate asOf) {
    return new Order(job, asOf, null, null, List.of());
  }
}

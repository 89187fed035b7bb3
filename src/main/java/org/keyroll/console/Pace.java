package org.keyroll.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Slows down programs that ask without a pause, so that they leave room for others. */
@Component
class Pace {
  static final Duration WHILE = Duration.ofMinutes(1);

  /** Requests of a caller within that time. */
  static final int MOST = 1_200;

  private final Clock clock;
  private final Map<String, Asked> asked = new HashMap<>();

  Pace(Clock clock) {
    this.clock = clock;
  }

  private record Asked(int count, Instant first) {}

  /** Whether one more request of a caller is to be answered. */
  synchronized boolean lets(String caller) {
    var now = clock.instant();
    // Only callers who are known come here, so there are never many.
    var latest =
        asked.merge(
            caller,
            new Asked(1, now),
            (old, one) ->
                old.first().plus(WHILE).isBefore(now)
                    ? one
                    : new Asked(old.count() + 1, old.first()));
    return latest.count() <= MOST;
  }
}

package org.keyroll.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever tries secrets: so many failures from one address for one name, from one
 * address for any name, or for one name from anywhere, and all further tries are turned away for a
 * while, right ones too.
 */
@Component
class Throttle {
  static final Duration WHILE = Duration.ofMinutes(15);
  private static final int OF_NAME_FROM_ADDRESS = 5;
  private static final int FROM_ADDRESS = 30;
  private static final int OF_NAME = 50;

  /** Somebody who makes up names shall not fill the memory. */
  private static final int KEPT = 100_000;

  private final Clock clock;
  private final Map<String, Failures> failures = new HashMap<>();

  Throttle(Clock clock) {
    this.clock = clock;
  }

  private record Failures(int count, Instant first) {}

  private record Limit(String key, int most) {}

  private static List<Limit> limits(String name, String address) {
    return List.of(
        new Limit("b " + address + " " + name, OF_NAME_FROM_ADDRESS),
        new Limit("a " + address, FROM_ADDRESS),
        new Limit("n " + name, OF_NAME));
  }

  /** Whether a try is to be looked at. */
  synchronized boolean lets(String name, String address) {
    var now = clock.instant();
    return limits(name, address).stream()
        .allMatch(
            limit -> {
              var failed = failures.get(limit.key());
              return failed == null
                  || failed.first().plus(WHILE).isBefore(now)
                  || failed.count() < limit.most();
            });
  }

  synchronized void failed(String name, String address) {
    var now = clock.instant();
    if (failures.size() > KEPT) {
      failures.values().removeIf(f -> f.first().plus(WHILE).isBefore(now));
    }
    for (var limit : limits(name, address)) {
      failures.merge(
          limit.key(),
          new Failures(1, now),
          (old, one) ->
              old.first().plus(WHILE).isBefore(now)
                  ? one
                  : new Failures(old.count() + 1, old.first()));
    }
  }

  synchronized void succeeded(String name, String address) {
    failures.remove(limits(name, address).get(0).key());
  }
}

package org.keyroll.console;

import java.time.Clock;
import java.time.LocalDate;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.springframework.stereotype.Component;

/** The business date on which somebody at the console acts. */
@Component
class Times {
  private final Clock clock;
  private final Revisions revisions;

  Times(Clock clock, Revisions revisions) {
    this.clock = clock;
    this.revisions = revisions;
  }

  /**
   * Today in the programme's zone, or the date that the list was last adjusted to if it is later.
   */
  LocalDate businessDate(Scope scope) {
    var today = LocalDate.now(clock.withZone(scope.programme().timeZone()));
    var last = revisions.lastAsOf(scope);
    return last.isAfter(today) ? last : today;
  }
}

package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.Person;
import org.springframework.stereotype.Component;

/**
 * Whoever decides has proved within the last minutes that it is them; otherwise the form asks for
 * key or password beside the decision, so that nothing of it has to be filled in twice.
 */
@Component
class Proof {
  static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final String PROVED = "keyroll.proved";

  private final Identification identification;
  private final Clock clock;

  Proof(Identification identification, Clock clock) {
    this.identification = identification;
    this.clock = clock;
  }

  /** Notes that the person has just proved who they are. */
  void given(HttpServletRequest request) {
    request.getSession().setAttribute(PROVED, clock.instant());
  }

  boolean isFresh(HttpServletRequest request) {
    return request.getSession().getAttribute(PROVED) instanceof Instant proved
        && clock.instant().isBefore(proved.plus(GOOD_FOR));
  }

  /** Whether the person has proved it, by now at the latest. */
  boolean holds(HttpServletRequest request, Person person, @Nullable String secret) {
    if (isFresh(request)) {
      return true;
    }
    if (secret != null
        && !secret.isEmpty()
        && identification.proves(person, secret, request.getRemoteAddr())) {
      given(request);
      return true;
    }
    return false;
  }
}

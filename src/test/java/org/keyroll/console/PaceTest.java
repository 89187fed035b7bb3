package org.keyroll.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.parse("2026-11-02T10:00:00Z");
  private final InstantSource source = () -> now;
  private final Pace pace = new Pace(source.withZone(ZoneOffset.UTC));

  @Test
  void whoeverAsksWithoutAPauseWaitsAndNobodyElseDoes() {
    for (int i = 0; i < Pace.MOST; i++) {
      assertThat(pace.lets("a")).isTrue();
    }
    assertThat(pace.lets("a")).isFalse();
    assertThat(pace.lets("b")).isTrue();
    now = now.plus(Pace.WHILE).plusMillis(1);
    assertThat(pace.lets("a")).isTrue();
  }
}

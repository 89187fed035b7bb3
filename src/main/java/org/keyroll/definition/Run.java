package org.keyroll.definition;

import java.time.LocalDate;

/**
 * One run over a programme.
 *
 * @param id counts runs; it is the clock of what was known when
 * @param asOf the business date; rules ask this and never the wall clock
 */
public record Run(Scope scope, long id, LocalDate asOf) {

  /** {@code until_run} of what is still in force. */
  public static final long STILL = 4294967295L;

  /** Stands for the last run there will be: what is known after it is what is known now. */
  public static final long LATEST = STILL - 1;

  public Definitions definitions() {
    return scope.definitions();
  }
}

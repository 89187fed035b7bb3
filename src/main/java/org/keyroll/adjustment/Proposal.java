package org.keyroll.adjustment;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A change of the list that the rules suggest.
 *
 * @param entry as it would be in force; null for a drop
 * @param was what changes, in words
 */
public record Proposal(
    long run,
    long unit,
    Act act,
    @Nullable Entry entry,
    String was,
    String becomes,
    String reason,
    String legalBasis,
    LocalDate effectiveOn,
    State state) {

  /** Kinds of change. */
  public enum Act {
    ADD,
    DROP,
    TIER,
    DEPARTMENT,
    DETAILS
  }

  /** What has become of a proposal. */
  public enum State {
    PROPOSED,
    HELD,
    ACCEPTED,
    SUPERSEDED
  }
}

package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.UnitId;

/**
 * What persons say of a unit against the rules for a while, or where the rules ask them.
 *
 * @param tier where the unit is listed; null: not on the list, or no more than the rules say
 * @param zone of a judgement: rank of the tier that was asked about
 * @param ground id in {@code programme.yml}; null of a judgement
 * @param endsOn last day
 * @param makers who made or edited it
 * @param needs persons beside them that must approve it
 * @param was tier of the unit when it was approved; null: not on the list
 */
public record UnitOverride(
    OverrideId id,
    UnitId unit,
    Kind kind,
    @Nullable String tier,
    @Nullable Integer zone,
    @Nullable String ground,
    String cause,
    LocalDate startsOn,
    LocalDate endsOn,
    List<String> makers,
    int needs,
    State state,
    @Nullable String decidedBy,
    @Nullable String was) {

  /** What it does. */
  public enum Kind {
    /** The unit is in the tier, or a higher one where the rules say so. */
    LIST,
    /** It is not on the list. */
    EXCLUDE,
    /** It stays as it stood. */
    KEEP,
    /** Persons have decided between two thresholds. */
    JUDGEMENT,
    /** The rules decide again. */
    RULES;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What has become of it. */
  public enum State {
    PROPOSED,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    SUPERSEDED,
    ENDED,
    EXPIRED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same, found when the unit was in a tier. */
  UnitOverride of(@Nullable String tierThen) {
    return new UnitOverride(
        id, unit, kind, tier, zone, ground, cause, startsOn, endsOn, makers, needs, state,
        decidedBy, tierThen);
  }

  /** Whether it holds on a date. */
  public boolean inForce(LocalDate asOf) {
    return state == State.APPROVED && !startsOn.isAfter(asOf) && !endsOn.isBefore(asOf);
  }
}

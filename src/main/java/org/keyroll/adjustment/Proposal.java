package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.unit.UnitId;

/**
 * A change of the list that is suggested.
 *
 * @param entry as it would be in force; null for a drop
 * @param was what changes, in words
 * @param cause what made it follow; null where that was not told yet
 * @param since run after which nothing of the kind followed, against which the cause was found; 0
 *     for before the first list
 * @param effectiveOn when it would take effect; once it is published, when it did
 * @param makers who made or edited it; {@code keyroll} for the rules
 * @param needs persons that must approve it
 * @param judged rank of the tier on which a person decides; null where the rules do
 * @param finalOn when it is no longer provisional; null where it never is, or is not published yet
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
    @Nullable Cause cause,
    long since,
    LocalDate effectiveOn,
    List<String> makers,
    int needs,
    @Nullable Integer judged,
    State state,
    boolean released,
    @Nullable LocalDate finalOn) {

  /** Stands for the rules among the makers. */
  static final List<String> KEYROLL = List.of("keyroll");

  private static final int WORDS = 400;

  public Proposal {
    was = cut(was);
    becomes = cut(becomes);
  }

  private static String cut(String words) {
    return words.length() <= WORDS ? words : words.substring(0, WORDS - 1) + "…";
  }

  /** Kinds of change. */
  public enum Act {
    ADD,
    DROP,
    TIER,
    DEPARTMENT,
    DETAILS,
    /** It stays, but its data have become too old. */
    SUSPEND,
    /** It stays, and its data are fresh again. */
    RESUME,
    /** It stays, though it would not enter its tier now. */
    KEEP;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What has become of a proposal. */
  public enum State {
    /** Waits for persons, or for the next revision. */
    PROPOSED,
    /** Its revision is outside the envelope. */
    HELD,
    /** Goes out with the next revision. */
    APPROVED,
    /** In force, and may be objected to. */
    PROVISIONAL,
    /** In force. */
    FINAL,
    /** Decided against. */
    REJECTED,
    /** Something else follows from what is known since. */
    SUPERSEDED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it has neither been published nor decided against. */
    public boolean open() {
      return this == PROPOSED || this == HELD || this == APPROVED;
    }
  }

  /** What it is decided by: all changes of a unit that one run proposes stand and fall together. */
  public ProposalId id() {
    return new ProposalId(run, new UnitId(unit));
  }

  /** Whether it says the same, whenever it takes effect. */
  boolean saysTheSameAs(Proposal other) {
    return unit == other.unit
        && act == other.act
        && Objects.equals(undated(), other.undated())
        && was.equals(other.was)
        && becomes.equals(other.becomes)
        && reason.equals(other.reason)
        && legalBasis.equals(other.legalBasis)
        && needs == other.needs
        && Objects.equals(judged, other.judged);
  }

  private @Nullable Entry undated() {
    return entry == null || act != Act.ADD ? entry : entry.enteredOn(LocalDate.EPOCH);
  }

  /** The same, with what made it follow. */
  Proposal causedBy(Cause by, long run) {
    return new Proposal(
        this.run,
        unit,
        act,
        entry,
        was,
        becomes,
        reason,
        legalBasis,
        by,
        run,
        effectiveOn,
        makers,
        needs,
        judged,
        state,
        released,
        finalOn);
  }

  /** The same, taking effect on a date. */
  Proposal effective(LocalDate on) {
    var then = entry == null || act != Act.ADD ? entry : entry.enteredOn(on);
    return new Proposal(
        run,
        unit,
        act,
        then,
        was,
        becomes,
        reason,
        legalBasis,
        cause,
        since,
        on,
        makers,
        needs,
        judged,
        state,
        released,
        finalOn);
  }
}

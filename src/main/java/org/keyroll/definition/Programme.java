package org.keyroll.definition;

import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One list kept under one legal basis.
 *
 * @param tiers highest first
 * @param timeZone where its business dates are taken
 * @param overrides the closed list of grounds on which persons may go against the rules
 * @param judgement how long a person's judgement between two thresholds is good
 * @param marker what is added to the name of a file in the inbox for the file that says that it is
 *     complete; null: none is waited for
 */
public record Programme(
    String id,
    String title,
    String language,
    ZoneId timeZone,
    Authority authority,
    List<LegalBasis> legalBasis,
    List<Tier> tiers,
    Approval approval,
    List<Ground> overrides,
    Period judgement,
    @Nullable String marker) {

  /** Who keeps the list and receives the whole of it. */
  public record Authority(String id, String title) {}

  /** A law or order that decisions are founded on. */
  public record LegalBasis(String id, String title, String citation) {}

  /** A grade of the list. */
  public record Tier(String id, String title) {}

  /**
   * What takes whose approval.
   *
   * @param persons that must approve a change that the rules propose; 0: none inside the envelope
   * @param exempt kinds of change that take nobody, such as {@code details}
   * @param provisional how long an addition, removal or change of tier is provisional; null for not
   * @param objections null where none are taken
   */
  public record Approval(
      Founding founding,
      Envelope envelope,
      int persons,
      List<String> exempt,
      @Nullable Period provisional,
      @Nullable ObjectionClock objections) {

    /** Persons that must approve a change of this kind that the rules propose. */
    public int needs(String act) {
      return exempt.contains(act) ? 0 : persons;
    }
  }

  /**
   * The clocks of objections.
   *
   * @param within after a change took effect
   * @param answer after an objection came
   */
  public record ObjectionClock(Period within, Period answer) {}

  /** What happens with the first revision, which has none to compare with. */
  public enum Founding {
    AUTOMATIC,
    HELD
  }

  /**
   * How far a revision may differ from the last one and still go out by itself. Shares are 0 to 1.
   *
   * @param entering share of the units on the last revision that may enter
   * @param leaving share of them that may leave
   * @param turnover share of them that may enter or leave, both together; null for any
   * @param tiers share by which the number of units in a tier may change; null for any
   * @param departments how far a department's share of the list may move; null for any
   * @param suspended share of the list that may be suspended for stale data; null for any
   * @param units so many units may always change, or be suspended
   */
  public record Envelope(
      double entering,
      double leaving,
      @Nullable Double turnover,
      @Nullable Double tiers,
      @Nullable Double departments,
      @Nullable Double suspended,
      int units) {}

  /**
   * A ground on which persons may go against the rules for a while.
   *
   * @param longest how long at most
   */
  public record Ground(String id, String title, String legalBasis, Effect effect, Period longest) {}

  /** What an override does to a unit. */
  public enum Effect {
    /** It is in a tier, or a higher one where the rules say so. */
    LIST,
    /** It is not on the list. */
    EXCLUDE,
    /** It stays as it stands. */
    KEEP
  }

  /** The ground with this id, where it is declared. */
  public Optional<Ground> ground(String id) {
    return overrides.stream().filter(g -> g.id().equals(id)).findFirst();
  }

  /** The rank of a tier, 0 the highest; the number of tiers for a unit that is not listed. */
  public int rankOf(@Nullable String tier) {
    for (int i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).id().equals(tier)) {
        return i;
      }
    }
    return tiers.size();
  }

  /** The tier with this id; the definitions were checked, so it is there. */
  public Tier tier(String id) {
    return tiers.get(rankOf(id));
  }

  /** The legal basis with this id; the definitions were checked, so it is there. */
  public LegalBasis basis(String id) {
    return legalBasis.stream().filter(b -> b.id().equals(id)).findFirst().orElseThrow();
  }
}

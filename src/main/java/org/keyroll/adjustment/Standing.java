package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Comparison.Unit;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Programme;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.FactValue.Suspends;

/**
 * Where a unit should stand on the list.
 *
 * @param rank of the tier; the number of tiers for not on the list
 * @param judged rank of the tier that a person is asked about; null where nobody is
 * @param by the override or judgement that it stands there by; null where the rules say so
 * @param status what keeps it in a tier that it would not enter now; null where nothing need
 * @param stale the facts for want of which it is suspended; empty where it is not
 */
record Standing(
    int rank,
    @Nullable Integer judged,
    @Nullable UnitOverride by,
    Entry.@Nullable Status status,
    Map<String, Suspends> stale) {

  static Standing of(
      Definitions definitions,
      LocalDate asOf,
      Unit unit,
      Assessment assessment,
      @Nullable Entry current) {
    var programme = definitions.programme();
    int none = programme.tiers().size();
    int now = current == null ? none : programme.rankOf(current.tier());
    var lapsed = unit.lapsed();
    // Nobody comes to stay by an override: when it has ended, it is as if it had never been.
    int stood = lapsed == null ? now : programme.rankOf(lapsed.was());
    int rule =
        unit.ended() ? none : Assessment.tier(assessment.enters(), assessment.stays(), stood, none);
    var clock = unit.clock();
    if (clock != null && current != null && stood == now && !unit.ended()) {
      rule =
          clock.tier(
              definitions.policy().thresholds().get(current.tier()),
              asOf,
              assessment.enters(),
              !assessment.exemptions().isEmpty(),
              now,
              rule);
    }
    Map<String, Suspends> stale = Map.of();
    if (stood < none && !unit.ended() && assessment.exemptions().isEmpty()) {
      stale = assessment.suspending();
      rule = stale.isEmpty() ? rule : Math.min(rule, stood);
    }
    var status =
        !stale.isEmpty()
            ? Entry.Status.SUSPENDED
            : rule < none && assessment.enters() > rule ? Entry.Status.KEPT : null;
    return said(programme, unit, assessment, new Standing(rule, null, null, status, stale), now);
  }

  /** With what persons say of it. */
  private static Standing said(
      Programme programme, Unit unit, Assessment assessment, Standing rules, int now) {
    int rule = rules.rank();
    var override = unit.override();
    if (override != null) {
      int forced = forced(programme, override, rule, unit.ended());
      return forced == rule ? rules : new Standing(forced, null, override, null, Map.of());
    }
    int judged = assessment.judged();
    if (unit.ended() || judged >= rule) {
      return rules;
    }
    var judgement = unit.judgement();
    if (judgement != null && judgement.zone() != null && judged >= judgement.zone()) {
      int said = Math.max(judged, programme.rankOf(judgement.tier()));
      return said < rule ? new Standing(said, null, judgement, null, Map.of()) : rules;
    }
    // Whoever would fall is asked about by the fall; whoever could rise, by the rise.
    boolean falls = now < rule && judged <= now;
    return falls
        ? new Standing(rule, judged, null, rules.status(), rules.stale())
        : new Standing(judged, judged, null, null, Map.of());
  }

  private static int forced(Programme programme, UnitOverride override, int rule, boolean ended) {
    int tier = programme.rankOf(override.tier());
    return override.kind() == Kind.LIST && !ended
        ? Math.min(rule, tier)
        : override.kind() == Kind.KEEP ? tier : programme.tiers().size();
  }
}

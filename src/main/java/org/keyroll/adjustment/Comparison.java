package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry.Status;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.definition.Policy.By;
import org.keyroll.definition.Run;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Clock;
import org.keyroll.unit.UnitId;

/** Holds what is known of a unit against its entry and says what should change. */
final class Comparison {
  private final Run run;
  private final Reasons reasons;
  private final Assignment assignment;
  private final int none;

  /**
   * A unit as identity knows it, and what persons have said of it.
   *
   * @param override that is in force
   * @param judgement that is in force
   * @param lapsed override that has ended, where the list does not show it yet
   * @param answered judgement that has ended likewise
   * @param clock how long it has been in its tier; null where nothing asks
   * @param disputed whether an override waits for persons
   */
  record Unit(
      long id,
      @Nullable String identifier,
      String name,
      boolean merged,
      boolean dissolved,
      @Nullable String successor,
      @Nullable UnitOverride override,
      @Nullable UnitOverride judgement,
      @Nullable UnitOverride lapsed,
      @Nullable UnitOverride answered,
      @Nullable Clock clock,
      boolean disputed) {

    /** The same, having been in its tier for a time. */
    Unit timed(@Nullable Clock nowClock) {
      return new Unit(
          id,
          identifier,
          name,
          merged,
          dissolved,
          successor,
          override,
          judgement,
          lapsed,
          answered,
          nowClock,
          disputed);
    }

    /** The same, while persons say something else of it. */
    Unit said(@Nullable UnitOverride nowOverride, @Nullable UnitOverride nowJudgement) {
      return new Unit(
          id,
          identifier,
          name,
          merged,
          dissolved,
          successor,
          nowOverride,
          nowJudgement,
          nowOverride == null ? lapsed : null,
          answered,
          clock,
          disputed);
    }

    /** The same, as identity knew it at another time. */
    Unit known(
        @Nullable String itsIdentifier, String itsName, boolean isMerged, boolean isDissolved) {
      return new Unit(
          id,
          itsIdentifier,
          itsName,
          isMerged,
          isDissolved,
          successor,
          override,
          judgement,
          lapsed,
          answered,
          clock,
          disputed);
    }

    /** Whether it is no longer there. */
    boolean ended() {
      return merged || dissolved;
    }
  }

  Comparison(Run run) {
    this.run = run;
    this.reasons = new Reasons(run.definitions());
    this.assignment = new Assignment(run.definitions());
    this.none = run.definitions().programme().tiers().size();
  }

  /** What should change of a unit; all of it needs as many persons as the part that needs most. */
  List<Proposal> compare(Unit unit, Assessment assessment, @Nullable Entry current) {
    var standing = Standing.of(run.definitions(), run.asOf(), unit, assessment, current);
    var changes = changes(unit, assessment, current, standing);
    int needs = changes.stream().mapToInt(c -> needs(c.act(), unit, standing)).max().orElse(0);
    return changes.stream().map(c -> proposal(unit, c, needs, standing.judged())).toList();
  }

  private int needs(Act act, Unit unit, Standing standing) {
    // Whatever an override does, persons have decided on the override.
    int needs =
        standing.by() == null ? run.definitions().programme().approval().needs(act.id()) : 0;
    return unit.disputed() || standing.judged() != null ? Math.max(1, needs) : needs;
  }

  /** A change and why. */
  private record Change(
      Act act, @Nullable Entry entry, String was, String becomes, String reason, String basis) {}

  private List<Change> changes(
      Unit unit, Assessment assessment, @Nullable Entry current, Standing standing) {
    if (standing.rank() == none) {
      return current == null ? List.of() : List.of(drop(unit, current, assessment, standing));
    }
    var entry = entry(unit, assessment, standing, current);
    if (current == null) {
      return List.of(
          new Change(
              Act.ADD,
              entry,
              reasons.say("none"),
              title(entry.tier()),
              entry.reason(),
              entry.legalBasis()));
    }
    return changes(unit, assessment, current, entry, standing);
  }

  private Entry entry(
      Unit unit, Assessment assessment, Standing standing, @Nullable Entry current) {
    return new Entry(
        new UnitId(unit.id()).toString(),
        unit.name(),
        value(unit.identifier()),
        run.definitions().programme().tiers().get(standing.rank()).id(),
        score(assessment),
        // What a stale fact says of departments is not known either.
        current != null && standing.status() == Status.SUSPENDED
            ? current.departments()
            : List.copyOf(assignment.of(assessment.facts()).keySet()),
        current == null ? run.asOf() : current.enteredOn(),
        (reasons.persons(standing) + kept(assessment, standing) + reasons.standing(assessment))
            .strip(),
        standing.stale().isEmpty()
            ? reasons.legalBasis(assessment, standing.by())
            : reasons.suspensionBasis(standing.stale().keySet()),
        facts(assessment),
        standing.status());
  }

  /** Why it stays in a tier that it would not enter now; empty where nothing need keep it. */
  private String kept(Assessment assessment, Standing standing) {
    if (standing.status() == Status.SUSPENDED) {
      return reasons.suspended(standing);
    }
    if (standing.status() != Status.KEPT) {
      return "";
    }
    var tier = run.definitions().programme().tiers().get(standing.rank());
    var threshold = run.definitions().policy().thresholds().get(tier.id());
    var score = assessment.score();
    if (assessment.stays() > standing.rank()) {
      return reasons.say("sentence", reasons.say("tenured", tier.title()));
    }
    return threshold == null || score == null
        ? ""
        : reasons.say(
            "sentence",
            threshold.by() == By.SCORE
                ? reasons.say(
                    "stays",
                    Reasons.decimals(score),
                    tier.title(),
                    Double.toString(threshold.leave()),
                    Double.toString(threshold.enter()))
                : reasons.say("staysBehind", tier.title()));
  }

  /** An identifier without its scheme. */
  static @Nullable String value(@Nullable String identifier) {
    return identifier == null ? null : identifier.substring(identifier.indexOf(':') + 1);
  }

  /** The score as it is published. */
  static @Nullable Double score(Assessment assessment) {
    return assessment.score() == null ? null : (Double) Reasons.rounded(assessment.score());
  }

  /** The facts that are known, as they are published. */
  static Map<String, String> facts(Assessment assessment) {
    var facts = new LinkedHashMap<String, String>();
    assessment
        .facts()
        .forEach(
            (name, value) -> {
              if (value.value() != null) {
                facts.put(name, value.text());
              }
            });
    return facts;
  }

  private List<Change> changes(
      Unit unit, Assessment assessment, Entry current, Entry entry, Standing standing) {
    var changes = new ArrayList<Change>();
    if (!entry.tier().equals(current.tier())) {
      changes.add(
          new Change(
              Act.TIER,
              entry,
              title(current.tier()),
              title(entry.tier()),
              move(unit, assessment, current, standing) + entry.reason(),
              entry.legalBasis()));
    }
    if (!entry.departments().equals(current.departments())) {
      changes.add(
          new Change(
              Act.DEPARTMENT,
              entry,
              reasons.departments(current.departments()),
              reasons.departments(entry.departments()),
              assigned(assessment),
              entry.legalBasis()));
    }
    var status = status(current, entry);
    if (status != null) {
      changes.add(
          new Change(
              status,
              entry,
              reasons.status(current.status()),
              reasons.status(entry.status()),
              entry.reason(),
              entry.legalBasis()));
    }
    var details = details(current, entry, changes.isEmpty());
    if (!details.isEmpty()) {
      changes.add(
          new Change(
              Act.DETAILS,
              entry,
              details.stream().map(d -> d.label() + " " + d.was()).collect(joined()),
              details.stream().map(d -> d.label() + " " + d.is()).collect(joined()),
              entry.reason(),
              entry.legalBasis()));
    }
    return changes;
  }

  /** What has become of its standing within its tier; null for nothing that is told by itself. */
  private static @Nullable Act status(Entry current, Entry entry) {
    if (entry.status() == current.status()) {
      return null;
    }
    if (entry.status() == Status.SUSPENDED) {
      return Act.SUSPEND;
    }
    if (current.status() == Status.SUSPENDED) {
      return Act.RESUME;
    }
    return entry.status() == Status.KEPT && entry.tier().equals(current.tier()) ? Act.KEEP : null;
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return java.util.stream.Collectors.joining("; ");
  }

  private record Detail(String label, String was, String is) {}

  /**
   * What else is published differently.
   *
   * @param alone whether nothing greater has changed; otherwise score and facts belong to that
   */
  private List<Detail> details(Entry current, Entry entry, boolean alone) {
    var details = new ArrayList<Detail>();
    compare(details, reasons.say("name"), current.name(), entry.name());
    compare(details, reasons.say("identifier"), current.identifier(), entry.identifier());
    if (alone) {
      compare(
          details,
          reasons.say("status"),
          reasons.status(current.status()),
          reasons.status(entry.status()));
      compare(details, reasons.say("scoreField"), shown(current.score()), shown(entry.score()));
      run.definitions()
          .policy()
          .facts()
          .forEach(
              (name, fact) ->
                  compare(
                      details,
                      fact.title(),
                      reasons.fact(name, current.facts().get(name)),
                      reasons.fact(name, entry.facts().get(name))));
    }
    return details;
  }

  private void compare(
      List<Detail> details, String label, @Nullable String was, @Nullable String is) {
    if (!Objects.equals(was, is)) {
      details.add(
          new Detail(
              label,
              Objects.requireNonNullElse(was, reasons.say("none")),
              Objects.requireNonNullElse(is, reasons.say("none"))));
    }
  }

  private String shown(@Nullable Double score) {
    return score == null ? reasons.say("none") : Reasons.decimals(score);
  }

  private String move(Unit unit, Assessment assessment, Entry current, Standing standing) {
    int rank = standing.rank();
    var tiers = run.definitions().programme().tiers();
    int now = run.definitions().programme().rankOf(current.tier());
    var score = assessment.score();
    if (score == null || standing.by() != null) {
      return "";
    }
    var thresholds = run.definitions().policy().thresholds();
    if (rank < now) {
      var threshold = thresholds.get(tiers.get(rank).id());
      return threshold == null || threshold.by() != By.SCORE || score < threshold.enter()
          ? ""
          : reasons.say(
              "sentence",
              reasons.say(
                  "enters",
                  Reasons.decimals(score),
                  tiers.get(rank).title(),
                  Double.toString(threshold.enter())));
    }
    var over = over(unit, assessment, current);
    if (!over.isEmpty()) {
      return over;
    }
    var threshold = thresholds.get(current.tier());
    return threshold == null
        ? ""
        : reasons.say(
            "sentence",
            threshold.by() == By.SCORE
                ? reasons.say(
                    "falls",
                    title(current.tier()),
                    Reasons.decimals(score),
                    Double.toString(threshold.leave()))
                : reasons.say("fallsBehind", title(current.tier())));
  }

  /** That a unit has been below the line to enter for too long; empty where it has not. */
  private String over(Unit unit, Assessment assessment, Entry current) {
    var threshold = run.definitions().policy().thresholds().get(current.tier());
    var clock = unit.clock();
    if (threshold == null || clock == null || clock.below() == null) {
      return "";
    }
    var leaves = clock.leaves(threshold);
    boolean kept = assessment.stays() <= run.definitions().programme().rankOf(current.tier());
    return leaves == null || leaves.isAfter(run.asOf()) || !kept
        ? ""
        : reasons.say(
            "sentence", reasons.say("lingers", title(current.tier()), clock.below(), leaves));
  }

  private String assigned(Assessment assessment) {
    var assigned = new ArrayList<String>();
    assignment
        .of(assessment.facts())
        .forEach(
            (department, reason) ->
                assigned.add(
                    reason.isEmpty()
                        ? reasons.departments(List.of(department))
                        : reasons.say(
                            "assigned", reasons.departments(List.of(department)), reason)));
    return String.join("; ", assigned);
  }

  private String ended(Unit unit) {
    if (unit.dissolved()) {
      return reasons.say("sentence", reasons.say("dissolved")).strip();
    }
    return reasons
        .say(
            "sentence",
            unit.successor() == null
                ? reasons.say("mergedUnknown")
                : reasons.say("merged", unit.successor()))
        .strip();
  }

  private String below(Unit unit, Entry current, Assessment assessment) {
    if (assessment.score() == null) {
      return reasons.say("sentence", reasons.say("dropsInsufficient")).strip();
    }
    var tiers = run.definitions().programme().tiers();
    var lowest = run.definitions().policy().thresholds().get(tiers.get(none - 1).id());
    if (lowest == null) {
      return reasons.standing(assessment);
    }
    var over = over(unit, assessment, current);
    return (over.isEmpty()
            ? reasons.say(
                "sentence",
                lowest.by() == By.SCORE
                    ? reasons.say(
                        "drops",
                        Reasons.decimals(assessment.score()),
                        Double.toString(lowest.leave()))
                    : reasons.say("fallsBehind", title(current.tier())))
            : over)
        + reasons.standing(assessment);
  }

  private Change drop(Unit unit, Entry current, Assessment assessment, Standing standing) {
    var by = standing.by();
    return new Change(
        Act.DROP,
        null,
        title(current.tier()),
        reasons.say("none"),
        by != null
            ? reasons.persons(standing).strip()
            : unit.ended()
                ? ended(unit)
                : reasons.persons(standing) + below(unit, current, assessment),
        by != null ? reasons.basis(by) : reasons.policyBasis());
  }

  private String title(String tier) {
    return run.definitions().programme().tier(tier).title();
  }

  private Proposal proposal(Unit unit, Change change, int needs, @Nullable Integer judged) {
    return new Proposal(
        run.id(),
        unit.id(),
        change.act(),
        change.entry(),
        change.was(),
        change.becomes(),
        change.reason(),
        change.basis(),
        null,
        0,
        run.asOf(),
        Proposal.KEYROLL,
        needs,
        judged,
        State.PROPOSED,
        false,
        null);
  }
}

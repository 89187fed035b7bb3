package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.definition.Run;
import org.keyroll.scoring.Assessment;
import org.keyroll.unit.UnitId;

/** Holds what is known of a unit against its entry and says what should change. */
final class Comparison {
  private final Run run;
  private final Reasons reasons;
  private final Assignment assignment;
  private final int none;

  /** A unit as identity knows it. */
  record Unit(
      long id,
      @Nullable String identifier,
      String name,
      boolean merged,
      boolean dissolved,
      @Nullable String successor) {}

  Comparison(Run run) {
    this.run = run;
    this.reasons = new Reasons(run.definitions());
    this.assignment = new Assignment(run.definitions());
    this.none = run.definitions().programme().tiers().size();
  }

  /** What should change of a unit; all of it needs as many persons as the part that needs most. */
  List<Proposal> compare(Unit unit, Assessment assessment, @Nullable Entry current) {
    var changes = changes(unit, assessment, current);
    int needs = changes.stream().mapToInt(Proposal::needs).max().orElse(0);
    return changes.stream().map(p -> p.needing(needs)).toList();
  }

  private List<Proposal> changes(Unit unit, Assessment assessment, @Nullable Entry current) {
    if (unit.merged() || unit.dissolved()) {
      return current == null ? List.of() : List.of(drop(unit, current, ended(unit)));
    }
    int rank = rank(assessment, current);
    if (rank == none) {
      return current == null ? List.of() : List.of(drop(unit, current, below(assessment)));
    }
    var entry = entry(unit, assessment, rank, current);
    if (current == null) {
      return List.of(
          proposal(
              unit,
              Act.ADD,
              entry,
              reasons.say("none"),
              title(entry.tier()),
              entry.reason(),
              entry.legalBasis()));
    }
    return changes(unit, assessment, current, entry, rank);
  }

  private int rank(Assessment assessment, @Nullable Entry current) {
    int now = current == null ? none : run.definitions().programme().rankOf(current.tier());
    return Assessment.tier(assessment.enters(), assessment.stays(), now, none);
  }

  private Entry entry(Unit unit, Assessment assessment, int rank, @Nullable Entry current) {
    var facts = new LinkedHashMap<String, String>();
    assessment
        .facts()
        .forEach(
            (name, value) -> {
              if (value.value() != null) {
                facts.put(name, value.text());
              }
            });
    var identifier = unit.identifier();
    return new Entry(
        new UnitId(unit.id()).toString(),
        unit.name(),
        identifier == null ? null : identifier.substring(identifier.indexOf(':') + 1),
        run.definitions().programme().tiers().get(rank).id(),
        assessment.score() == null ? null : Reasons.rounded(assessment.score()),
        List.copyOf(assignment.of(assessment.facts()).keySet()),
        current == null ? run.asOf() : current.enteredOn(),
        reasons.standing(assessment),
        reasons.legalBasis(assessment),
        facts);
  }

  private List<Proposal> changes(
      Unit unit, Assessment assessment, Entry current, Entry entry, int rank) {
    var changes = new ArrayList<Proposal>();
    if (!entry.tier().equals(current.tier())) {
      changes.add(
          proposal(
              unit,
              Act.TIER,
              entry,
              title(current.tier()),
              title(entry.tier()),
              move(assessment, current, rank) + entry.reason(),
              entry.legalBasis()));
    }
    if (!entry.departments().equals(current.departments())) {
      changes.add(
          proposal(
              unit,
              Act.DEPARTMENT,
              entry,
              reasons.departments(current.departments()),
              reasons.departments(entry.departments()),
              assigned(assessment),
              entry.legalBasis()));
    }
    var details = details(current, entry, changes.isEmpty());
    if (!details.isEmpty()) {
      changes.add(
          proposal(
              unit,
              Act.DETAILS,
              entry,
              details.stream().map(d -> d.label() + " " + d.was()).collect(joined()),
              details.stream().map(d -> d.label() + " " + d.is()).collect(joined()),
              entry.reason(),
              entry.legalBasis()));
    }
    return changes;
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

  private String move(Assessment assessment, Entry current, int rank) {
    var tiers = run.definitions().programme().tiers();
    int now = run.definitions().programme().rankOf(current.tier());
    var score = assessment.score();
    if (score == null) {
      return "";
    }
    var thresholds = run.definitions().policy().thresholds();
    if (rank < now) {
      var threshold = thresholds.get(tiers.get(rank).id());
      return threshold == null || score < threshold.enter()
          ? ""
          : reasons.say(
              "sentence",
              reasons.say(
                  "enters",
                  Reasons.decimals(score),
                  tiers.get(rank).title(),
                  Double.toString(threshold.enter())));
    }
    var threshold = thresholds.get(current.tier());
    return threshold == null
        ? ""
        : reasons.say(
            "sentence",
            reasons.say(
                "falls",
                title(current.tier()),
                Reasons.decimals(score),
                Double.toString(threshold.leave())));
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

  private String below(Assessment assessment) {
    if (assessment.score() == null) {
      return reasons.say("sentence", reasons.say("dropsInsufficient")).strip();
    }
    var tiers = run.definitions().programme().tiers();
    var lowest = run.definitions().policy().thresholds().get(tiers.get(none - 1).id());
    if (lowest == null) {
      return reasons.standing(assessment);
    }
    return reasons.say(
            "sentence",
            reasons.say(
                "drops", Reasons.decimals(assessment.score()), Double.toString(lowest.leave())))
        + reasons.standing(assessment);
  }

  private Proposal drop(Unit unit, Entry current, String reason) {
    return proposal(
        unit,
        Act.DROP,
        null,
        title(current.tier()),
        reasons.say("none"),
        reason,
        reasons.policyBasis());
  }

  private String title(String tier) {
    return run.definitions().programme().tier(tier).title();
  }

  private Proposal proposal(
      Unit unit,
      Act act,
      @Nullable Entry entry,
      String was,
      String becomes,
      String reason,
      String legalBasis) {
    return new Proposal(
        run.id(),
        unit.id(),
        act,
        entry,
        was,
        becomes,
        reason,
        legalBasis,
        run.asOf(),
        Proposal.KEYROLL,
        run.definitions().programme().approval().needs(act.id()),
        State.PROPOSED,
        false,
        null);
  }
}

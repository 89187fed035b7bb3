package org.keyroll.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Cells;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessments;
import org.keyroll.scoring.Assessor;
import org.keyroll.scoring.FactValue;
import org.keyroll.scoring.Outlook;
import org.keyroll.unit.UnitId;
import org.springframework.stereotype.Component;

/** Why a unit stands where it does, down to the cells, as a page shows it. */
@Component
class Reasons {
  private static final int OUTLOOKS = 8;

  private final Assessor assessor;
  private final Assessments assessments;
  private final Cells cells;

  Reasons(Assessor assessor, Assessments assessments, Cells cells) {
    this.assessor = assessor;
    this.assessments = assessments;
    this.cells = cells;
  }

  /**
   * One criterion.
   *
   * @param share of the score that it makes, in percent
   * @param missing whether nothing is known of it
   */
  record Part(
      String title,
      String value,
      double weight,
      double normalised,
      double contribution,
      int share,
      boolean missing,
      Fact fact) {}

  /**
   * A fact and where it comes from.
   *
   * @param outranked cells that say something of it too, but give way
   */
  record Fact(
      String title,
      String value,
      List<Cells.SourceCell> cells,
      List<Cells.SourceCell> outranked,
      @Nullable String note,
      @Nullable LocalDate changesOn) {}

  /** A trigger, exemption or judgement of the policy and whether it holds. */
  record Clause(String kind, String id, String when, boolean holds) {}

  /**
   * What would lead into another tier.
   *
   * @param tier title; null for off the list
   * @param now the value as it is; empty where it is not known
   */
  record Change(
      @Nullable String tier, boolean stays, String title, String sign, String to, String now) {}

  /** All of it. */
  record Why(
      LocalDate asOf,
      String policy,
      @Nullable Double score,
      List<Part> parts,
      List<Fact> others,
      List<Clause> clauses,
      List<Change> changes,
      @Nullable LocalDate passing) {}

  /** Empty where the unit is not assessed. */
  Optional<Why> of(Scope scope, UnitId unit, @Nullable String tier) {
    var asOf = assessments.asOf(scope);
    var assessment = assessor.explain(scope, asOf, List.of(unit.number())).get(unit.number());
    if (assessment == null) {
      return Optional.empty();
    }
    var labels = new Labels(scope.definitions());
    int now = scope.programme().rankOf(tier);
    var outlook = assessor.outlook(scope, asOf, unit.number(), now);
    var passing = outlook.passing();
    return Optional.of(
        new Why(
            asOf,
            scope.definitions().policyVersion(),
            assessment.score(),
            parts(scope, labels, assessment),
            others(scope, labels, assessment),
            clauses(scope, assessment),
            changes(scope, labels, outlook, now),
            passing == null ? null : passing.on()));
  }

  private List<Part> parts(Scope scope, Labels labels, Assessment assessment) {
    var parts = new ArrayList<Part>();
    for (var part : assessment.contributions()) {
      boolean missing = Double.isNaN(part.normalised());
      var score = assessment.score();
      var filled = part.filled();
      parts.add(
          new Part(
              part.title(),
              filled == null ? labels.ofFact(part.fact(), part.raw()) : filled,
              part.weight(),
              missing ? 0 : part.normalised(),
              part.contribution(),
              score == null || score == 0 ? 0 : (int) Math.round(100 * part.contribution() / score),
              missing,
              fact(
                  scope,
                  labels,
                  part.fact(),
                  assessment.facts().getOrDefault(part.fact(), NOTHING))));
    }
    return parts;
  }

  private static final FactValue NOTHING = new FactValue(null, List.of(), List.of(), null, null);

  private List<Fact> others(Scope scope, Labels labels, Assessment assessment) {
    var shown =
        assessment.contributions().stream()
            .map(Assessment.Contribution::fact)
            .collect(Collectors.toSet());
    return assessment.facts().entrySet().stream()
        .filter(fact -> !shown.contains(fact.getKey()))
        .map(fact -> fact(scope, labels, fact.getKey(), fact.getValue()))
        .toList();
  }

  private Fact fact(Scope scope, Labels labels, String name, FactValue value) {
    var defined = scope.definitions().policy().facts().get(name);
    return new Fact(
        defined == null ? name : defined.title(),
        labels.ofFact(name, value.text()),
        cells(value.evidence()),
        cells(value.superseded()),
        value.note(),
        value.changesOn());
  }

  private List<Cells.SourceCell> cells(List<FactValue.Evidence> evidence) {
    return evidence.stream().map(cell -> cells.of(cell.recordId(), cell.field())).toList();
  }

  private static List<Clause> clauses(Scope scope, Assessment assessment) {
    var policy = scope.definitions().policy();
    var clauses = new ArrayList<Clause>();
    policy
        .triggers()
        .forEach(
            t ->
                clauses.add(
                    new Clause(
                        "trigger", t.id(), t.when(), assessment.triggers().contains(t.id()))));
    policy
        .exemptions()
        .forEach(
            e ->
                clauses.add(
                    new Clause(
                        "exemption", e.id(), e.when(), assessment.exemptions().contains(e.id()))));
    policy
        .judgements()
        .forEach(
            j ->
                clauses.add(
                    new Clause(
                        "judgement", j.id(), j.when(), assessment.judgements().contains(j.id()))));
    return clauses;
  }

  private static List<Change> changes(Scope scope, Labels labels, Outlook outlook, int now) {
    var same = new LinkedHashMap<String, List<Outlook.Change>>();
    for (var change : outlook.changes()) {
      same.computeIfAbsent(
              String.format(Locale.ROOT, "%s %s %d", change.fact(), change.sign(), change.tier()),
              c -> new ArrayList<>())
          .add(change);
    }
    var tiers = scope.programme().tiers();
    return same.values().stream()
        .limit(OUTLOOKS)
        .map(
            changes -> {
              var first = changes.get(0);
              var defined = scope.definitions().policy().facts().get(first.fact());
              var from = first.from();
              return new Change(
                  first.tier() == tiers.size() ? null : tiers.get(first.tier()).title(),
                  first.tier() == now,
                  defined == null ? first.fact() : defined.title(),
                  first.sign().equals("<=") ? "≤" : first.sign().equals(">=") ? "≥" : "=",
                  changes.stream()
                      .map(c -> labels.ofFact(c.fact(), FactValue.text(c.to())))
                      .collect(Collectors.joining(" / ")),
                  from == null ? "" : labels.ofFact(first.fact(), FactValue.text(from)));
            })
        .toList();
  }
}

package org.keyroll.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Clocks;
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
  private final Assessor assessor;
  private final Assessments assessments;
  private final Clocks clocks;
  private final Cells cells;

  Reasons(Assessor assessor, Assessments assessments, Clocks clocks, Cells cells) {
    this.clocks = clocks;
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

  /**
   * What would lead into another tier.
   *
   * @param tier title; null for off the list
   * @param now the value as it is; empty where it is not known
   * @param notBefore the day until which the unit stays in its tier all the same; null for none
   */
  record Change(
      @Nullable String tier,
      boolean stays,
      String title,
      String sign,
      String to,
      String now,
      @Nullable LocalDate notBefore) {}

  /** All of it. */
  record Why(
      LocalDate asOf,
      String policy,
      @Nullable Double score,
      List<Part> parts,
      List<Fact> others,
      List<Assessment.Clause> clauses,
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
    var outlook =
        assessor.outlook(
            scope, asOf, unit.number(), now, tier == null ? null : clocks.of(scope, unit.number()));
    var passing = outlook.passing();
    return Optional.of(
        new Why(
            asOf,
            scope.definitions().policyVersion(),
            assessment.score(),
            parts(labels, assessment),
            others(labels, assessment),
            assessment.clauses(scope.definitions().policy()),
            changes(scope, labels, outlook, now),
            passing == null ? null : passing.on()));
  }

  private List<Part> parts(Labels labels, Assessment assessment) {
    var parts = new ArrayList<Part>();
    for (var part : assessment.contributions()) {
      boolean missing = Double.isNaN(part.normalised());
      var score = assessment.score();
      parts.add(
          new Part(
              part.title(),
              part.words(labels),
              part.weight(),
              missing ? 0 : part.normalised(),
              part.contribution(),
              score == null || score == 0 ? 0 : (int) Math.round(100 * part.contribution() / score),
              missing,
              fact(
                  labels,
                  part.fact(),
                  assessment.facts().getOrDefault(part.fact(), FactValue.MISSING))));
    }
    return parts;
  }

  private List<Fact> others(Labels labels, Assessment assessment) {
    return assessment.otherFacts().entrySet().stream()
        .map(fact -> fact(labels, fact.getKey(), fact.getValue()))
        .toList();
  }

  private Fact fact(Labels labels, String name, FactValue value) {
    return new Fact(
        labels.titleOfFact(name),
        labels.ofFact(name, value.text()),
        cells(value.evidence()),
        cells(value.superseded()),
        value.note(),
        value.changesOn());
  }

  private List<Cells.SourceCell> cells(List<FactValue.Evidence> evidence) {
    return evidence.stream().map(cell -> cells.of(cell.recordId(), cell.field())).toList();
  }

  private static List<Change> changes(Scope scope, Labels labels, Outlook outlook, int now) {
    var tiers = scope.programme().tiers();
    return outlook.ways().stream()
        .map(
            way -> {
              var from = way.from();
              return new Change(
                  way.tier() == tiers.size() ? null : tiers.get(way.tier()).title(),
                  way.tier() == now,
                  labels.titleOfFact(way.fact()),
                  way.sign(),
                  way.to().stream()
                      .map(to -> labels.ofFact(way.fact(), FactValue.text(to)))
                      .collect(Collectors.joining(" / ")),
                  from == null ? "" : labels.ofFact(way.fact(), FactValue.text(from)),
                  way.notBefore());
            })
        .toList();
  }
}

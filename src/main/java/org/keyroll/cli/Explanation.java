package org.keyroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.identity.Units.Unit;
import org.keyroll.intake.Cells;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessments;
import org.keyroll.scoring.Assessor;
import org.keyroll.scoring.FactValue;

/** Tells why a unit is on the list or not, down to the cells. */
final class Explanation {
  private final Session session;
  private final Scope scope;
  private final Labels labels;
  private final List<String> lines = new ArrayList<>();

  Explanation(Session session, Scope scope) {
    this.session = session;
    this.scope = scope;
    this.labels = new Labels(scope.definitions());
  }

  List<String> of(Unit unit) {
    lines.add(
        "%s  %s  %s  %s%s"
            .formatted(
                unit.id(),
                unit.name(),
                unit.identifier(),
                unit.state(),
                unit.mergedInto() == null ? "" : " into " + unit.mergedInto()));
    for (var event : session.get(Units.class).events(unit.id())) {
      lines.add(
          "  %s as of %s%s%s"
              .formatted(
                  event.kind(),
                  event.asOf(),
                  event.oldName() == null ? "" : ", until then " + event.oldName(),
                  event.other() == null ? "" : ": " + event.other()));
    }
    var revisions = session.get(Revisions.class);
    long current = revisions.current(scope);
    var entry = session.get(Entries.class).of(scope, current).get(unit.id().number());
    listed(current, entry);
    var asOf = session.get(Assessments.class).asOf(scope);
    var assessment =
        session
            .get(Assessor.class)
            .explain(scope, asOf, List.of(unit.id().number()))
            .get(unit.id().number());
    if (assessment != null) {
      lines.add("");
      lines.add("as of %s, policy %s".formatted(asOf, scope.definitions().policyVersion()));
      score(assessment);
      triggers(assessment);
      facts(assessment);
    }
    lines.add("");
    lines.add("records linked to this unit");
    for (var link : session.get(Units.class).links(scope, unit.id())) {
      var name = session.get(Cells.class).of(link.record(), scope.definitions().matching().name());
      lines.add(
          "  %-20s by rule %-22s %s, sheet %s, row %d: %s"
              .formatted(
                  link.source(), link.rule(), name.file(), name.sheet(), name.row(), name.text()));
    }
    return lines;
  }

  private void listed(long revision, @org.jspecify.annotations.Nullable Entry entry) {
    if (entry == null) {
      lines.add("  not on the list of revision " + revision);
      return;
    }
    lines.add(
        "  on the list of revision %d since %s: %s, for %s"
            .formatted(
                revision,
                entry.enteredOn(),
                scope.programme().tier(entry.tier()).title(),
                String.join(", ", labels.ofDepartments(entry.departments()))));
    lines.add("  " + entry.reason());
    lines.add("  " + entry.legalBasis());
  }

  private void score(Assessment assessment) {
    if (assessment.score() == null) {
      lines.add("score: none, no source says anything that the policy asks");
      return;
    }
    lines.add("score %s =".formatted(assessment.score()));
    for (var part : assessment.contributions()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %.6f = weight %.4f × %.4f  %s (%s): %s",
              part.contribution(),
              part.weight(),
              part.normalised(),
              part.path(),
              part.title(),
              part.filled() == null ? labels.ofFact(part.fact(), part.raw()) : part.filled()));
      evidence(assessment.facts().getOrDefault(part.fact(), null));
    }
  }

  private void triggers(Assessment assessment) {
    for (var trigger : scope.definitions().policy().triggers()) {
      lines.add(
          "trigger %s (%s): %s"
              .formatted(
                  trigger.id(),
                  trigger.when(),
                  assessment.triggers().contains(trigger.id()) ? "fires" : "does not fire"));
    }
    for (var exemption : scope.definitions().policy().exemptions()) {
      lines.add(
          "exemption %s (%s): %s"
              .formatted(
                  exemption.id(),
                  exemption.when(),
                  assessment.exemptions().contains(exemption.id()) ? "holds" : "does not hold"));
    }
    for (var judgement : scope.definitions().policy().judgements()) {
      lines.add(
          "judgement %s (%s): %s"
              .formatted(
                  judgement.id(),
                  judgement.when(),
                  assessment.judgements().contains(judgement.id())
                      ? "a person decides"
                      : "does not hold"));
    }
  }

  private void facts(Assessment assessment) {
    lines.add("other facts");
    assessment
        .facts()
        .forEach(
            (name, fact) -> {
              if (fact.value() != null
                  && assessment.contributions().stream().noneMatch(c -> c.fact().equals(name))) {
                lines.add("  %s: %s".formatted(name, labels.ofFact(name, fact.text())));
                evidence(fact);
              }
            });
  }

  private void evidence(@org.jspecify.annotations.Nullable FactValue fact) {
    if (fact == null) {
      return;
    }
    for (var cell : fact.evidence()) {
      cell("from", cell);
    }
    for (var cell : fact.superseded()) {
      cell("gives way:", cell);
    }
    if (fact.note() != null) {
      lines.add("      " + fact.note());
    }
    if (fact.changesOn() != null) {
      lines.add("      changes by itself on " + fact.changesOn());
    }
  }

  private void cell(String word, FactValue.Evidence evidence) {
    var cell = session.get(Cells.class).of(evidence.recordId(), evidence.field());
    lines.add("      %s %s: \"%s\"".formatted(word, cell.where(), cell.text()));
  }
}

package org.keyroll.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Cause;
import org.keyroll.adjustment.Clocks;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.Proposals;
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
import org.keyroll.scoring.Outlook;

/** Tells why a unit is on the list or not, down to the cells. */
final class Explanation {
  private final Session session;
  private final Scope scope;
  private final @Nullable LocalDate asOf;
  private final Labels labels;
  private final List<String> lines = new ArrayList<>();
  private @Nullable Silence silence;

  /**
   * @param asOf date to assess it on; null for that of the last run
   */
  Explanation(Session session, Scope scope, @Nullable LocalDate asOf) {
    this.session = session;
    this.scope = scope;
    this.asOf = asOf;
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
    var entry = session.get(Entries.class).of(scope, current, unit.id()).orElse(null);
    var date = asOf != null ? asOf : session.get(Assessments.class).asOf(scope);
    listed(unit, current, entry, date);
    history(unit);
    objections(unit, date);
    var assessment =
        session
            .get(Assessor.class)
            .explain(scope, date, List.of(unit.id().number()))
            .get(unit.id().number());
    if (assessment != null) {
      silence = new Silence(session, scope, unit, date);
      lines.add("");
      lines.add("as of %s, policy %s".formatted(date, scope.definitions().policyVersion()));
      score(assessment);
      thresholds();
      clauses(assessment);
      facts(assessment);
      outlook(unit, date, entry);
    }
    lines.add("");
    lines.add("records linked to this unit");
    for (var link : session.get(Units.class).links(scope, unit.id())) {
      var name = session.get(Cells.class).of(link.record(), scope.definitions().matching().name());
      lines.add(
          "  %-20s by rule %-22s %s, row %d: %s"
              .formatted(link.source(), link.rule(), name.table(), name.row(), name.text()));
    }
    return lines;
  }

  private void listed(Unit unit, long revision, @Nullable Entry entry, LocalDate date) {
    if (entry == null) {
      lines.add("  not on the list of revision " + revision);
      return;
    }
    lines.add(
        "  on the list of revision %d since %s: %s%s, for %s"
            .formatted(
                revision,
                entry.enteredOn(),
                scope.programme().tier(entry.tier()).title(),
                entry.status() == null ? "" : " (" + entry.status().id() + ")",
                String.join(", ", labels.ofDepartments(entry.departments()))));
    lines.add("  " + entry.reason());
    lines.add("  " + entry.legalBasis());
    var clocks = session.get(Clocks.class).words(scope, unit.id().number(), entry.tier(), date);
    if (clocks != null) {
      lines.add("  it " + clocks);
    }
  }

  /** The smallest changes that would lead into another tier, and the day on which time does. */
  private void outlook(Unit unit, LocalDate date, @Nullable Entry entry) {
    int now = scope.programme().rankOf(entry == null ? null : entry.tier());
    var clock = entry == null ? null : session.get(Clocks.class).of(scope, unit.id().number());
    var outlook = session.get(Assessor.class).outlook(scope, date, unit.id().number(), now, clock);
    var passing = outlook.passing();
    if (outlook.changes().isEmpty() && passing == null) {
      return;
    }
    lines.add("what would change it by the rules, all else as it is");
    session.get(Overrides.class).all(scope).stream()
        .filter(o -> o.unit().equals(unit.id()) && o.inForce(date))
        .forEach(o -> lines.add("  not before the end of %s, on %s".formatted(o.id(), o.endsOn())));
    outlook.ways().forEach(way -> change(way, now));
    if (passing != null) {
      lines.add("  %s on %s".formatted(consequence(passing.tier(), now), passing.on()));
      passing.facts().forEach(this::faded);
    }
  }

  private void change(Outlook.Way way, int now) {
    var from = way.from();
    lines.add(
        "  %s%s if %s (%s) %s %s, now %s"
            .formatted(
                consequence(way.tier(), now),
                way.notBefore() == null ? "" : " from " + way.notBefore() + " on",
                way.fact(),
                labels.titleOfFact(way.fact()),
                way.sign(),
                way.to().stream()
                    .map(to -> text(way.fact(), to))
                    .collect(Collectors.joining(" or ")),
                from == null ? "not known" : text(way.fact(), from)));
  }

  private void faded(Outlook.Faded fact) {
    lines.add(
        "      %s (%s): %s, now %s"
            .formatted(
                fact.fact(),
                labels.titleOfFact(fact.fact()),
                fact.to().isEmpty() ? "not known" : labels.ofFact(fact.fact(), fact.to()),
                fact.from().isEmpty() ? "not known" : labels.ofFact(fact.fact(), fact.from())));
    fact.gone().forEach(cell -> cell("counts no more:", cell.recordId(), cell.field()));
  }

  private String consequence(int tier, int now) {
    var tiers = scope.programme().tiers();
    if (tier == tiers.size()) {
      return now == tier ? "would not be listed" : "would leave the list";
    }
    return now == tiers.size()
        ? "would enter " + tiers.get(tier).title()
        : tier == now
            ? "would stay in " + tiers.get(tier).title()
            : "would move to " + tiers.get(tier).title();
  }

  private String text(String fact, Object value) {
    return labels.ofFact(fact, FactValue.text(value));
  }

  /** What became of the unit, revision by revision. */
  private void history(Unit unit) {
    for (var published : session.get(Proposals.class).of(scope, unit.id())) {
      var change = published.change();
      lines.add(
          "  revision %d, %s: %s, %s → %s (cause: %s): %s"
              .formatted(
                  published.revision(),
                  change.effectiveOn(),
                  change.act().name().toLowerCase(Locale.ROOT),
                  change.was(),
                  change.becomes(),
                  Cause.named(change.cause()),
                  change.reason()));
    }
  }

  private void objections(Unit unit, LocalDate date) {
    session.get(Objections.class).all(scope).stream()
        .filter(o -> o.unit().equals(unit.id()))
        .forEach(o -> lines.add("  objection " + ObjectionCommands.line(o, date)));
  }

  private void score(Assessment assessment) {
    var voiding =
        assessment.voiding(scope.definitions().policy()).stream()
            .map(leaf -> "%s (%s)".formatted(leaf.path(), leaf.title()))
            .collect(Collectors.joining(", "));
    lines.add(
        assessment.score() == null
            ? "score: none, for want of "
                + (voiding.isEmpty() ? "facts that the policy asks" : voiding)
            : String.format(Locale.ROOT, "score %.6f =", assessment.score()));
    for (var part : assessment.contributions()) {
      var what = "%s (%s): %s".formatted(part.path(), part.title(), part.words(labels));
      lines.add(
          Double.isNaN(part.normalised())
              ? "  no value  " + what
              : String.format(
                  Locale.ROOT,
                  "  %.6f = weight %.4f × %.4f  %s",
                  part.contribution(),
                  part.weight(),
                  part.normalised(),
                  what));
      evidence(part.fact(), assessment.facts().getOrDefault(part.fact(), null));
    }
  }

  private void thresholds() {
    for (var tier : scope.programme().tiers()) {
      var threshold = scope.definitions().policy().thresholds().get(tier.id());
      if (threshold != null) {
        lines.add(
            "tier %s (%s): entered at %s %s, kept to %s"
                .formatted(
                    tier.id(),
                    tier.title(),
                    threshold.by().name().toLowerCase(Locale.ROOT),
                    number(threshold.enter()),
                    number(threshold.leave())));
      }
    }
  }

  private static String number(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private void clauses(Assessment assessment) {
    for (var clause : assessment.clauses(scope.definitions().policy())) {
      lines.add(
          "%s %s (%s): %s"
              .formatted(
                  clause.kind().name().toLowerCase(Locale.ROOT),
                  clause.id(),
                  clause.when(),
                  switch (clause.kind()) {
                    case TRIGGER -> clause.holds() ? "fires" : "does not fire";
                    case EXEMPTION -> clause.holds() ? "holds" : "does not hold";
                    case JUDGEMENT -> clause.holds() ? "a person decides" : "does not hold";
                  }));
    }
  }

  private void facts(Assessment assessment) {
    if (assessment.otherFacts().isEmpty()) {
      return;
    }
    lines.add("other facts");
    assessment
        .otherFacts()
        .forEach(
            (name, fact) -> {
              lines.add(
                  fact.value() == null
                      ? "  %s is not known".formatted(name)
                      : "  %s: %s".formatted(name, labels.ofFact(name, fact.text())));
              evidence(name, fact);
            });
  }

  private void evidence(String name, @Nullable FactValue fact) {
    if (fact == null) {
      return;
    }
    for (var cell : fact.evidence()) {
      cell("from", cell.recordId(), cell.field());
      for (var field : alsoAsked(name)) {
        if (!field.equals(cell.field())) {
          cell("and", cell.recordId(), field);
        }
      }
      lines.add("        " + silence().of(cell.recordId()));
    }
    var defined = scope.definitions().policy().facts().get(name);
    if (fact.evidence().isEmpty() && defined != null) {
      var said =
          fact.superseded().stream()
              .map(cell -> cell.source() + "." + cell.field())
              .collect(Collectors.toSet());
      silence()
          .about(defined, fact.value() != null, said)
          .forEach(line -> lines.add("      " + line));
    }
    for (var cell : fact.superseded()) {
      var use =
          switch (cell.use()) {
            case NONE -> "stands for no value:";
            case STALE -> "too old:";
            default -> "outranked:";
          };
      cell(use, cell.recordId(), cell.field());
    }
    if (fact.note() != null) {
      lines.add("      " + fact.note());
    }
    if (fact.changesOn() != null) {
      lines.add("      changes by itself on " + fact.changesOn());
    }
  }

  private Silence silence() {
    return java.util.Objects.requireNonNull(silence);
  }

  /** The fields of an event that decide whether it counts, and what. */
  private Set<String> alsoAsked(String fact) {
    var asked = new LinkedHashSet<String>();
    var defined = scope.definitions().policy().facts().get(fact);
    var events = defined == null ? null : defined.events();
    if (events != null) {
      asked.add(events.on());
      asked.addAll(events.where().keySet());
      if (events.field() != null) {
        asked.add(events.field());
      }
    }
    return asked;
  }

  private void cell(String word, long record, String field) {
    var cell = session.get(Cells.class).of(record, field);
    lines.add("      %s %s: \"%s\"".formatted(word, cell.where(), cell.text()));
  }
}

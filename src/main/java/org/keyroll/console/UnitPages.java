package org.keyroll.console;

import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Questions;
import org.keyroll.identity.Units;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One organisation: whether it is listed, why, and what became of it. */
@Page
class UnitPages {
  private final Units units;
  private final Entries entries;
  private final Revisions revisions;
  private final Proposals proposals;
  private final Reasons reasons;
  private final Overrides overrides;
  private final Objections objections;
  private final Questions questions;
  private final Times times;

  UnitPages(
      Units units,
      Entries entries,
      Revisions revisions,
      Proposals proposals,
      Reasons reasons,
      Overrides overrides,
      Objections objections,
      Questions questions,
      Times times) {
    this.units = units;
    this.entries = entries;
    this.revisions = revisions;
    this.proposals = proposals;
    this.reasons = reasons;
    this.overrides = overrides;
    this.objections = objections;
    this.questions = questions;
    this.times = times;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/units")
  String find(Scope scope, @RequestParam(defaultValue = "") String q, Model model) {
    var found = q.isBlank() ? java.util.List.<Units.Unit>of() : units.find(scope, q.strip());
    if (found.size() == 1) {
      return "redirect:/programmes/%s/units/%s"
          .formatted(scope.programme().id(), found.get(0).id());
    }
    model.addAttribute("found", found);
    model.addAttribute("find", q);
    return "units";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/units/{unit}")
  String one(Scope scope, Person me, @PathVariable String unit, Model model) {
    var found = find(units, scope, unit);
    long current = revisions.current(scope);
    model.addAttribute("unit", found);
    model.addAttribute("current", current);
    var entry = entries.of(scope, current, found.id());
    model.addAttribute("entry", entry.orElse(null));
    model.addAttribute(
        "why", reasons.of(scope, found.id(), entry.map(e -> e.tier()).orElse(null)).orElse(null));
    model.addAttribute("labels", new Labels(scope.definitions()));
    model.addAttribute("events", units.events(found.id()));
    model.addAttribute("history", proposals.of(scope, found.id()));
    model.addAttribute("asOf", times.businessDate(scope));
    model.addAttribute("proposes", me.may(Right.PROPOSE));
    model.addAttribute("overrides", overrides.of(scope, found.id()));
    model.addAttribute("objections", objections.of(scope, found.id()));
    model.addAttribute("questions", questions.of(scope, found.id(), null));
    return "unit";
  }

  /**
   * The unit with an id as addresses have it.
   *
   * @throws NotFound when there is none
   */
  static Units.Unit find(Units units, Scope scope, String id) {
    if (!id.matches("U[0-9]{7,10}")) {
      throw new NotFound();
    }
    return units.find(scope, UnitId.parse(id)).orElseThrow(NotFound::new);
  }
}

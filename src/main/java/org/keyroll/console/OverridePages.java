package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Ballot;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.OverrideRequests;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.adjustment.UnitOverride;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What persons say of units against the rules: what waits, what holds and until when. */
@Page
class OverridePages {
  private static final Set<UnitOverride.State> LIVE =
      Set.of(UnitOverride.State.PROPOSED, UnitOverride.State.APPROVED);

  /** Of those that have ended so many are shown, the last first. */
  private static final int ENDED = 200;

  private final Overrides overrides;
  private final OverrideRequests requests;
  private final Decisions decisions;
  private final Units units;
  private final Proof proof;
  private final Times times;

  OverridePages(
      Overrides overrides,
      OverrideRequests requests,
      Decisions decisions,
      Units units,
      Proof proof,
      Times times) {
    this.overrides = overrides;
    this.requests = requests;
    this.decisions = decisions;
    this.units = units;
    this.proof = proof;
    this.times = times;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/overrides")
  String all(Scope scope, @RequestParam(defaultValue = "false") boolean ended, Model model) {
    var found =
        overrides.all(scope).stream()
            .filter(o -> LIVE.contains(o.state()) != ended)
            .sorted(
                ended
                    ? Comparator.comparing((UnitOverride o) -> o.id().number()).reversed()
                    : Comparator.comparing(UnitOverride::endsOn)
                        .thenComparing(o -> o.id().number()))
            .limit(ended ? ENDED : Long.MAX_VALUE)
            .toList();
    model.addAttribute("overrides", found);
    model.addAttribute("names", names(units, scope, found.stream().map(UnitOverride::unit)));
    model.addAttribute("ended", ended);
    model.addAttribute("asOf", times.businessDate(scope));
    return "overrides";
  }

  /** Unit to its name, for units that may be listed or not. */
  static Map<String, String> names(Units units, Scope scope, java.util.stream.Stream<UnitId> ids) {
    var names = new TreeMap<String, String>();
    ids.distinct()
        .forEach(
            id -> units.find(scope, id).ifPresent(unit -> names.put(id.toString(), unit.name())));
    return names;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/overrides/{override}")
  String one(Scope scope, Person me, @PathVariable String override, Model model) {
    var found = find(scope, override);
    model.addAttribute("o", found);
    model.addAttribute("unit", units.find(scope, found.unit()).orElseThrow(NotFound::new));
    model.addAttribute("asOf", times.businessDate(scope));
    model.addAttribute("mine", found.makers().contains(me.name()));
    model.addAttribute("proposes", me.may(Right.PROPOSE));
    return "override";
  }

  /** Puts forward that a unit is treated otherwise than the rules say. */
  @Door(Right.PROPOSE)
  @PostMapping("/programmes/{programme}/units/{unit}/overrides")
  String propose(
      Scope scope,
      Person me,
      @PathVariable String unit,
      @RequestParam String ground,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam LocalDate until,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var id = UnitPages.find(units, scope, unit).id();
    var base = "redirect:/programmes/" + scope.programme().id();
    var back = base + "/units/" + id;
    then.addFlashAttribute("ground", ground);
    then.addFlashAttribute("tier", tier);
    then.addFlashAttribute("until", until);
    then.addFlashAttribute("cause", cause);
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      var made =
          requests.propose(
              me,
              scope,
              times.businessDate(scope),
              id,
              new OverrideRequests.Request(
                  ground, tier.isBlank() ? null : tier, until, cause.strip()));
      then.addFlashAttribute("done", "override.propose");
      return base + "/overrides/" + made;
    } catch (Undecidable | NotAllowed e) {
      refused(then, e);
      return back;
    }
  }

  /** Decides on an override, edits or withdraws it. */
  @Door({Right.DECIDE, Right.PROPOSE})
  @PostMapping("/programmes/{programme}/overrides/{override}")
  String change(
      Scope scope,
      Person me,
      @PathVariable String override,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(required = false) @Nullable LocalDate until,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then)
      throws Exception {
    var base = "redirect:/programmes/" + scope.programme().id() + "/overrides/";
    var id = find(scope, override).id();
    var back = base + id;
    then.addFlashAttribute("cause", cause);
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    var asOf = times.businessDate(scope);
    var why = cause.strip();
    try {
      switch (act) {
        case "approve" -> {
          var outcome = decisions.approve(me, scope, asOf, ballot(id), why.isEmpty() ? null : why);
          then.addFlashAttribute("outcome", outcome);
        }
        case "reject" -> decisions.reject(me, scope, asOf, ballot(id), why, null);
        case "edit" -> {
          var edited =
              requests.edit(
                  me,
                  scope,
                  asOf,
                  id,
                  tier.isBlank() ? null : tier,
                  until,
                  why.isEmpty() ? null : why);
          back = base + edited;
        }
        case "withdraw" -> {
          var left = requests.withdraw(me, scope, asOf, id, why);
          back = base + left.orElse(id);
        }
        default -> throw new NotFound();
      }
      then.addFlashAttribute("done", "override." + act);
      then.addFlashAttribute("cause", "");
    } catch (Undecidable | NotAllowed e) {
      refused(then, e);
    }
    return back;
  }

  /** Tells the person why nothing was done. */
  static void refused(RedirectAttributes then, Exception e) {
    then.addFlashAttribute("problem", "problem.undecidable");
    then.addFlashAttribute(
        "details",
        e instanceof Undecidable undecidable
            ? undecidable.problems()
            : List.of(String.valueOf(e.getMessage())));
  }

  private static Ballot ballot(OverrideId id) {
    return new Ballot(List.of(), List.of(id));
  }

  private UnitOverride find(Scope scope, String text) {
    if (!OverrideId.is(text)) {
      throw new NotFound();
    }
    return overrides.find(scope, OverrideId.parse(text)).orElseThrow(NotFound::new);
  }
}

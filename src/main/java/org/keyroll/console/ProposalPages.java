package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Ballot;
import org.keyroll.adjustment.Batches;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.ProposalFilter;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is proposed, and what persons make of it. */
@Page
class ProposalPages {
  private static final int UNITS = 50;

  private final Proposals proposals;
  private final Decisions decisions;
  private final Batches batches;
  private final Overrides overrides;
  private final Entries entries;
  private final Proof proof;
  private final Times times;

  ProposalPages(
      Proposals proposals,
      Decisions decisions,
      Batches batches,
      Overrides overrides,
      Entries entries,
      Proof proof,
      Times times) {
    this.proposals = proposals;
    this.decisions = decisions;
    this.batches = batches;
    this.overrides = overrides;
    this.entries = entries;
    this.proof = proof;
    this.times = times;
  }

  /**
   * All changes of a unit that one run proposes.
   *
   * @param name null where nothing that is listed says one
   * @param mine whether the person had a hand in it, and so cannot decide on it
   * @param batch with which it is decided on; null where by itself
   */
  record Card(
      ProposalId id,
      @Nullable String name,
      List<Proposal> changes,
      List<Decisions.Decision> said,
      boolean mine,
      @Nullable String batch) {

    public Proposal first() {
      return changes.get(0);
    }

    /** Whether it waits for persons. */
    public boolean waits() {
      return first().state() == Proposal.State.PROPOSED && first().needs() > 0;
    }

    /** Whether the person can decide on it. */
    public boolean decidable() {
      return !mine && waits();
    }
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/proposals")
  String open(
      Scope scope,
      Person me,
      @RequestParam(defaultValue = "") String change,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "") String department,
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "0") long after,
      Model model) {
    var filter = filter(change, tier, department, batch);
    var inBatches = batches.ofOpen(scope);
    var found = proposals.open(scope, filter, after, UNITS + 1);
    var grouped =
        found.stream()
            .collect(Collectors.groupingBy(Proposal::id, LinkedHashMap::new, Collectors.toList()));
    var units = grouped.keySet().stream().map(id -> id.unit().number()).toList();
    var names = entries.names(scope, units);
    var said =
        decisions.ofOpen(scope, units).stream()
            .collect(Collectors.groupingBy(Decisions.Decision::proposal));
    var cards = new ArrayList<Card>();
    for (var of : grouped.entrySet()) {
      var id = of.getKey();
      cards.add(
          new Card(
              id,
              name(of.getValue(), names.get(id.unit().number())),
              of.getValue(),
              said.getOrDefault(id, List.of()),
              of.getValue().get(0).makers().contains(me.name()),
              inBatches.get(id)));
    }
    boolean more = cards.size() > UNITS;
    model.addAttribute("cards", more ? cards.subList(0, UNITS) : cards);
    model.addAttribute("next", more ? cards.get(UNITS - 1).id().unit().number() : null);
    model.addAttribute("filter", filter);
    model.addAttribute("change", change);
    model.addAttribute("tier", tier);
    model.addAttribute("department", department);
    model.addAttribute("batch", batch);
    model.addAttribute("batches", new java.util.TreeSet<>(inBatches.values()));
    model.addAttribute("acts", proposals.openByAct(scope));
    model.addAttribute("fitting", proposals.countWaiting(scope, filter));
    model.addAttribute("overrides", overrides.proposed(scope));
    model.addAttribute("held", found.stream().anyMatch(p -> p.state() == Proposal.State.HELD));
    model.addAttribute("departments", scope.definitions().departments().departments());
    return "proposals";
  }

  private static @Nullable String name(List<Proposal> changes, @Nullable String listed) {
    for (var change : changes) {
      if (change.entry() != null) {
        return change.entry().name();
      }
    }
    return listed;
  }

  static ProposalFilter filter(String change, String tier, String department, String batch) {
    return new ProposalFilter(
        change.isBlank()
            ? List.of()
            : Arrays.stream(Act.values())
                .filter(a -> a.id().equals(change.toLowerCase(Locale.ROOT)))
                .toList(),
        tier.isBlank() ? List.of() : List.of(tier),
        department.isBlank() ? List.of() : List.of(department),
        batch.isBlank() ? null : batch);
  }

  /** Puts what is ticked into a batch; without a name, takes it out of its own. */
  @Door(Right.GATHER)
  @PostMapping("/programmes/{programme}/proposals/batch")
  String gather(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @RequestParam(required = false) @Nullable List<String> id,
      @RequestParam(defaultValue = "") String into,
      RedirectAttributes then)
      throws Exception {
    var ids = ballot(id).proposals();
    then.addFlashAttribute("chosen", id == null ? List.of() : id);
    if (ids.isEmpty()) {
      then.addFlashAttribute("problem", "problem.none");
      return "redirect:/programmes/" + programme + "/proposals";
    }
    try {
      var asOf = times.businessDate(scope);
      if (into.isBlank()) {
        batches.takeOut(me, scope, asOf, ids);
      } else {
        batches.gather(me, scope, asOf, into, ids);
      }
      then.addFlashAttribute("done", into.isBlank() ? "unbatched" : "batched");
    } catch (Undecidable e) {
      then.addFlashAttribute("problem", "problem.undecidable");
      then.addFlashAttribute("details", e.problems());
    }
    return "redirect:/programmes/" + programme + "/proposals";
  }

  @Door(Right.DECIDE)
  @PostMapping("/programmes/{programme}/proposals")
  String decide(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @RequestParam String act,
      @RequestParam(required = false) @Nullable List<String> id,
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(defaultValue = "") String change,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "") String department,
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(defaultValue = "") String ground,
      @RequestParam(required = false) @Nullable LocalDate until,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then)
      throws Exception {
    Map.of("change", change, "tier", tier, "department", department, "batch", batch)
        .forEach(
            (key, value) -> {
              if (!value.isBlank()) {
                then.addAttribute(key, value);
              }
            });
    var back = "redirect:/programmes/" + programme + "/proposals";
    then.addFlashAttribute("cause", cause);
    then.addFlashAttribute("chosen", id == null ? List.of() : id);
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      var asOf = times.businessDate(scope);
      if (act.equals("release")) {
        var outcome = decisions.release(me, scope, asOf, cause);
        done(then, "released", outcome);
        return back;
      }
      var ballot =
          all
              ? new Ballot(
                  proposals.waiting(scope, filter(change, tier, department, batch)), List.of())
              : ballot(id);
      if (ballot.isEmpty()) {
        then.addFlashAttribute("problem", "problem.none");
        return back;
      }
      if (act.equals("approve")) {
        done(
            then,
            "approved",
            decisions.approve(me, scope, asOf, ballot, cause.isBlank() ? null : cause.strip()));
      } else if (act.equals("reject")) {
        var against =
            ground.isBlank() || until == null ? null : new Decisions.Against(ground, until);
        done(then, "rejected", decisions.reject(me, scope, asOf, ballot, cause.strip(), against));
      } else {
        throw new NotFound();
      }
    } catch (Undecidable e) {
      then.addFlashAttribute("problem", "problem.undecidable");
      then.addFlashAttribute("details", e.problems());
    } catch (NotAllowed e) {
      then.addFlashAttribute("problem", "problem.undecidable");
      then.addFlashAttribute("details", List.of(String.valueOf(e.getMessage())));
    }
    return back;
  }

  private static void done(RedirectAttributes then, String what, Decisions.Outcome outcome) {
    then.addFlashAttribute("done", what);
    then.addFlashAttribute("outcome", outcome);
    then.addFlashAttribute("cause", "");
    then.addFlashAttribute("chosen", List.of());
  }

  /** What was ticked; ids come from our own page, so one that is none is a forged form. */
  private static Ballot ballot(@Nullable List<String> ids) {
    var named = new ArrayList<ProposalId>();
    var others = new ArrayList<OverrideId>();
    for (var id : ids == null ? List.<String>of() : ids) {
      try {
        if (OverrideId.is(id)) {
          others.add(OverrideId.parse(id));
        } else {
          named.add(ProposalId.parse(id));
        }
      } catch (IllegalArgumentException e) {
        throw new NotFound();
      }
    }
    return new Ballot(named, others);
  }
}

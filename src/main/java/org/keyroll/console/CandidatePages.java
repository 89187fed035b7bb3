package org.keyroll.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Stakes;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Review;
import org.keyroll.identity.Verdicts;
import org.keyroll.identity.Verdicts.Kind;
import org.keyroll.identity.Verdicts.Ruling;
import org.keyroll.intake.Cells;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pairs of records of which a person says whether they are one unit. */
@Page
class CandidatePages {
  private static final int LINES = 50;

  private final Stakes stakes;
  private final Review review;
  private final Verdicts verdicts;
  private final Cells cells;
  private final Times times;

  CandidatePages(Stakes stakes, Review review, Verdicts verdicts, Cells cells, Times times) {
    this.stakes = stakes;
    this.review = review;
    this.verdicts = verdicts;
    this.cells = cells;
    this.times = times;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/candidates")
  String list(Scope scope, @RequestParam(defaultValue = "0") int from, Model model) {
    var open = stakes.open(scope);
    int begin = Math.min(Math.max(from, 0), open.size());
    int end = Math.min(begin + LINES, open.size());
    model.addAttribute("open", open.subList(begin, end));
    model.addAttribute("next", end < open.size() ? end : null);
    return "candidates";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/candidates/{candidate}")
  String one(Scope scope, @PathVariable long candidate, Model model) throws Exception {
    var found = review.candidate(scope, candidate).orElseThrow(NotFound::new);
    var name = scope.definitions().matching().name();
    model.addAttribute("candidate", found);
    model.addAttribute("cellA", cells.of(found.a().record(), name));
    model.addAttribute("cellB", cells.of(found.b().record(), name));
    model.addAttribute("comparison", review.compare(scope, found.a(), found.b()));
    model.addAttribute("prospects", stakes.of(scope, found));
    model.addAttribute("next", next(scope, candidate));
    return "candidate";
  }

  /** The one to judge after this: the next of the list, or the first. */
  private @Nullable Long next(Scope scope, long candidate) {
    var ids = stakes.open(scope).stream().map(s -> s.candidate().id()).toList();
    int at = ids.indexOf(candidate);
    if (at + 1 < ids.size()) {
      return ids.get(at + 1);
    }
    return ids.isEmpty() || ids.get(0) == candidate ? null : ids.get(0);
  }

  @Door(Right.IDENTIFY)
  @PostMapping("/programmes/{programme}/candidates/{candidate}")
  String decide(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @PathVariable long candidate,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String cause,
      RedirectAttributes then)
      throws Exception {
    var all = "redirect:/programmes/" + programme + "/candidates";
    if (cause.isBlank()) {
      then.addFlashAttribute("problem", "problem.cause");
      return all + "/" + candidate;
    }
    var kind =
        switch (act) {
          case "same" -> Kind.SAME;
          case "different" -> Kind.DIFFERENT;
          default -> throw new NotFound();
        };
    var found = review.candidate(scope, candidate);
    if (found.isEmpty()) {
      then.addFlashAttribute("problem", "problem.decided");
      return all;
    }
    var next = next(scope, candidate);
    var ruling =
        new Ruling(
            found.get().a().record(),
            found.get().b().record(),
            kind,
            times.businessDate(scope),
            cause.strip());
    verdicts.decide(scope, List.of(ruling), me);
    then.addFlashAttribute("done", "verdict." + act);
    then.addFlashAttribute("cause", cause);
    return next == null ? all : all + "/" + next;
  }
}

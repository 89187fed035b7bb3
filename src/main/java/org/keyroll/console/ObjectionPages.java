package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Objection;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What units say against changes of the list, and by when they are answered. */
@Page
class ObjectionPages {
  /** Of those that were answered so many are shown, the last first. */
  private static final int ANSWERED = 200;

  private final Objections objections;
  private final Units units;
  private final Proof proof;
  private final Times times;

  ObjectionPages(Objections objections, Units units, Proof proof, Times times) {
    this.objections = objections;
    this.units = units;
    this.proof = proof;
    this.times = times;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/objections")
  String all(Scope scope, @RequestParam(defaultValue = "false") boolean answered, Model model) {
    var found =
        objections.all(scope).stream()
            .filter(o -> (o.state() == Objection.State.OPEN) != answered)
            .sorted(
                answered
                    ? Comparator.comparing((Objection o) -> o.number()).reversed()
                    : Comparator.comparing(Objection::dueOn).thenComparing(o -> o.number()))
            .limit(answered ? ANSWERED : Long.MAX_VALUE)
            .toList();
    model.addAttribute("objections", found);
    model.addAttribute(
        "names", OverridePages.names(units, scope, found.stream().map(Objection::unit)));
    model.addAttribute("answered", answered);
    model.addAttribute("asOf", times.businessDate(scope));
    return "objections";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/objections/{objection}")
  String one(Scope scope, Person me, @PathVariable String objection, Model model) {
    var found = find(scope, objection);
    model.addAttribute("o", found);
    model.addAttribute("unit", units.find(scope, found.unit()).orElseThrow(NotFound::new));
    model.addAttribute("asOf", times.businessDate(scope));
    model.addAttribute("mine", found.filedBy().equals(me.name()));
    return "objection";
  }

  /** Puts down what a unit says against its last published change. */
  @Door(Right.PROPOSE)
  @PostMapping("/programmes/{programme}/units/{unit}/objections")
  String file(
      Scope scope,
      Person me,
      @PathVariable String unit,
      @RequestParam LocalDate received,
      @RequestParam(defaultValue = "") String said,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var id = UnitPages.find(units, scope, unit).id();
    var base = "redirect:/programmes/" + scope.programme().id();
    var back = base + "/units/" + id;
    then.addFlashAttribute("objected", said);
    then.addFlashAttribute("received", received);
    if (said.isBlank()) {
      then.addFlashAttribute("problem", "problem.said");
      return back;
    }
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      var filed = objections.file(me, scope, id, received, said.strip());
      then.addFlashAttribute("done", "objection.file");
      return base + "/objections/" + filed.id();
    } catch (Undecidable | NotAllowed e) {
      OverridePages.refused(then, e);
      return back;
    }
  }

  /** Answers an objection. */
  @Door(Right.DECIDE)
  @PostMapping("/programmes/{programme}/objections/{objection}")
  String answer(
      Scope scope,
      Person me,
      @PathVariable String objection,
      @RequestParam String act,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var found = find(scope, objection);
    var back =
        "redirect:/programmes/%s/objections/%s".formatted(scope.programme().id(), found.id());
    boolean upheld =
        switch (act) {
          case "uphold" -> true;
          case "dismiss" -> false;
          default -> throw new NotFound();
        };
    then.addFlashAttribute("cause", cause);
    if (cause.isBlank()) {
      then.addFlashAttribute("problem", "problem.cause");
      return back;
    }
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      objections.answer(
          me, scope, found.number(), upheld, times.businessDate(scope), cause.strip());
      then.addFlashAttribute("done", "objection." + act);
      then.addFlashAttribute("cause", "");
    } catch (Undecidable | NotAllowed e) {
      OverridePages.refused(then, e);
    }
    return back;
  }

  private Objection find(Scope scope, String text) {
    long number = Objection.number(text);
    return objections.all(scope).stream()
        .filter(o -> o.number() == number)
        .findFirst()
        .orElseThrow(NotFound::new);
  }
}

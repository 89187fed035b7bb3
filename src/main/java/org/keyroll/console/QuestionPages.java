package org.keyroll.console;

import java.util.Comparator;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.definition.Labels;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Question;
import org.keyroll.followup.Questions;
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

/** What departments ask about their units, and what they are answered. */
@Page
class QuestionPages {
  /** Of those that were answered so many are shown, the last first. */
  private static final int ANSWERED = 200;

  private final Questions questions;
  private final Units units;
  private final Times times;

  QuestionPages(Questions questions, Units units, Times times) {
    this.questions = questions;
    this.units = units;
    this.times = times;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/questions")
  String all(Scope scope, @RequestParam(defaultValue = "false") boolean answered, Model model) {
    var found =
        questions.all(scope, null).stream()
            .filter(q -> q.open() != answered)
            .sorted(
                answered
                    ? Comparator.comparingLong((Question q) -> q.number()).reversed()
                    : Comparator.comparingLong((Question q) -> q.number()))
            .limit(answered ? ANSWERED : Long.MAX_VALUE)
            .toList();
    model.addAttribute("questions", found);
    model.addAttribute(
        "names", OverridePages.names(units, scope, found.stream().map(Question::unit)));
    model.addAttribute("answered", answered);
    return "questions";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/questions/{question}")
  String one(Scope scope, @PathVariable String question, Model model) {
    var found = find(scope, question);
    model.addAttribute("q", found);
    model.addAttribute("unit", units.find(scope, found.unit()).orElseThrow(NotFound::new));
    return "question";
  }

  /** Answers a question. */
  @Door(Right.ANSWER)
  @PostMapping("/programmes/{programme}/questions/{question}")
  String answer(
      Scope scope,
      Person me,
      @PathVariable String question,
      @RequestParam(defaultValue = "") String answer,
      RedirectAttributes then) {
    var found = find(scope, question);
    try {
      questions.answer(me, scope, found.number(), times.businessDate(scope), answer);
      then.addFlashAttribute("done", "question.answer");
    } catch (Undecidable | NotAllowed e) {
      then.addFlashAttribute("answer", answer);
      OverridePages.refused(then, e);
    }
    return "redirect:/programmes/%s/questions/%s".formatted(scope.programme().id(), found.id());
  }

  private Question find(Scope scope, String text) {
    return questions.find(scope, Question.number(text), null).orElseThrow(NotFound::new);
  }

  /** What a department has asked, the last first. */
  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/questions")
  String ofDepartment(Scope scope, Person me, @PathVariable String department, Model model) {
    var found =
        questions.all(scope, department).stream()
            .sorted(Comparator.comparingLong((Question q) -> q.number()).reversed())
            .limit(ANSWERED)
            .toList();
    model.addAttribute("department", Own.department(scope, me, department));
    model.addAttribute("questions", found);
    model.addAttribute(
        "names", OverridePages.names(units, scope, found.stream().map(Question::unit)));
    return "department-questions";
  }

  /** A unit as it is listed for a department, and what it has asked about it. */
  @Door({Right.READ, Right.TAKE})
  @GetMapping("/programmes/{programme}/departments/{department}/units/{unit}")
  String unit(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable String unit,
      Model model) {
    var titled = Own.department(scope, me, department);
    var id = UnitApi.id(unit);
    model.addAttribute("department", titled);
    model.addAttribute("entry", questions.entry(scope, id, titled.id()).orElseThrow(NotFound::new));
    model.addAttribute("labels", new Labels(scope.definitions()));
    model.addAttribute("questions", questions.of(scope, id, titled.id()));
    return "department-unit";
  }

  /** Asks about a unit of the department. */
  @Door(Right.TAKE)
  @PostMapping("/programmes/{programme}/departments/{department}/units/{unit}/questions")
  String ask(
      Scope scope,
      Person me,
      @PathVariable String department,
      @PathVariable String unit,
      @RequestParam(defaultValue = "") String asked,
      RedirectAttributes then) {
    var id = UnitApi.id(unit);
    try {
      questions.ask(me, scope, id, times.businessDate(scope), asked);
      then.addFlashAttribute("done", "question.ask");
    } catch (Questions.NotTheirs e) {
      throw new NotFound();
    } catch (Undecidable | NotAllowed e) {
      then.addFlashAttribute("asked", asked);
      OverridePages.refused(then, e);
    }
    return "redirect:/programmes/%s/departments/%s/units/%s"
        .formatted(scope.programme().id(), department, id);
  }
}

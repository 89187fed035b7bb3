package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.people.Department;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.people.Tokens;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tokens with which programs act for a person; to an administrator, everybody's. */
@Page
class TokenPages {
  private final Tokens tokens;
  private final People people;
  private final Proof proof;
  private final Clock clock;

  TokenPages(Tokens tokens, People people, Proof proof, Clock clock) {
    this.tokens = tokens;
    this.people = people;
    this.proof = proof;
    this.clock = clock;
  }

  @Door
  @GetMapping("/programmes/{programme}/tokens")
  String all(Person me, @RequestParam(defaultValue = "false") boolean over, Model model) {
    boolean everybody = me.may(Right.REGISTER);
    var now = clock.instant();
    var registered = people.all();
    Map<String, Department> departments = new TreeMap<>();
    for (var person : registered) {
      var department = person.department();
      if (department != null) {
        departments.put(person.name(), department);
      }
    }
    var shown = Comparator.comparing(Tokens.Token::expires).thenComparing(Tokens.Token::id);
    model.addAttribute(
        "tokens",
        (everybody ? tokens.all() : tokens.of(me))
            .stream()
                .filter(t -> t.isGood(now) != over)
                .sorted(over ? shown.reversed() : shown)
                .toList());
    model.addAttribute("over", over);
    model.addAttribute("everybody", everybody);
    model.addAttribute("belongs", departments);
    model.addAttribute(
        "others",
        everybody
            ? registered.stream()
                .filter(p -> p.ended() == null && departments.containsKey(p.name()))
                .toList()
            : List.of());
    model.addAttribute("longest", Tokens.LONGEST.toDays());
    model.addAttribute("longestActing", Tokens.LONGEST_ACTING.toDays());
    return "tokens";
  }

  /** Makes a token, which is shown once. */
  @Door
  @PostMapping("/programmes/{programme}/tokens")
  String make(
      Scope scope,
      Person me,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "false") boolean acts,
      @RequestParam(defaultValue = "0") int days,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var back = back(scope);
    if (proof.holds(request, me, secret)) {
      try {
        var made = tokens.make(me, person.isEmpty() ? me.name() : person, label, acts, days);
        then.addFlashAttribute("secretMade", made.secret());
        then.addFlashAttribute("done", "token.made");
        return back;
      } catch (NotAllowed e) {
        OverridePages.refused(then, e);
      }
    } else {
      then.addFlashAttribute("problem", "problem.proof");
    }
    then.addFlashAttribute("person", person);
    then.addFlashAttribute("label", label);
    then.addFlashAttribute("acts", acts);
    then.addFlashAttribute("days", days);
    return back;
  }

  /** Revokes a token; another person's does not exist to whoever may not. */
  @Door
  @PostMapping("/programmes/{programme}/tokens/{token}")
  String revoke(
      Scope scope,
      Person me,
      @PathVariable String token,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back(scope);
    }
    try {
      tokens.revoke(me, token);
    } catch (NotAllowed e) {
      throw new NotFound();
    }
    then.addFlashAttribute("done", "token.revoked");
    return back(scope);
  }

  private static String back(Scope scope) {
    return "redirect:/programmes/%s/tokens".formatted(scope.programme().id());
  }
}

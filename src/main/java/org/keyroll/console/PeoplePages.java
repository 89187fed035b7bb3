package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.people.Department;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.people.Role;
import org.keyroll.people.SignIns;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is registered in the home, and what they may. */
@Page
class PeoplePages {
  private final People people;
  private final SignIns signIns;
  private final Proof proof;

  PeoplePages(People people, SignIns signIns, Proof proof) {
    this.people = people;
    this.signIns = signIns;
    this.proof = proof;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/people")
  String all(Model model) {
    model.addAttribute("registered", people.all());
    return "people";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/people/{name}")
  String one(@PathVariable String name, Model model) {
    var found =
        people.all().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(NotFound::new);
    model.addAttribute("one", found);
    return "person";
  }

  /** Registers somebody. */
  @Door(Right.REGISTER)
  @PostMapping("/programmes/{programme}/people")
  String add(
      Scope scope,
      Person me,
      @RequestParam String name,
      @RequestParam(defaultValue = "") List<String> role,
      @RequestParam(defaultValue = "") String department,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var back = "redirect:/programmes/" + scope.programme().id() + "/people";
    then.addFlashAttribute("name", name);
    then.addFlashAttribute("role", role);
    then.addFlashAttribute("department", department);
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      var key = people.add(me, name.strip(), roles(role), department(scope, role, department));
      then.addFlashAttribute("done", "person.key");
      then.addFlashAttribute("secretMade", key);
      return back + "/" + name.strip();
    } catch (NotAllowed e) {
      refused(then, e);
      return back;
    }
  }

  /** Changes what somebody may, or how they sign in. */
  @Door(Right.REGISTER)
  @PostMapping("/programmes/{programme}/people/{name}")
  String change(
      Scope scope,
      Person me,
      @PathVariable String name,
      @RequestParam String act,
      @RequestParam(defaultValue = "") List<String> role,
      @RequestParam(defaultValue = "") String department,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then) {
    var back = "redirect:/programmes/%s/people/%s".formatted(scope.programme().id(), name);
    if (people.all().stream().noneMatch(p -> p.name().equals(name))) {
      throw new NotFound();
    }
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    try {
      switch (act) {
        case "assign" -> people.assign(me, name, roles(role), department(scope, role, department));
        case "code" -> then.addFlashAttribute("secretMade", signIns.code(me, name));
        case "key" -> then.addFlashAttribute("secretMade", people.renew(me, name));
        case "end" -> people.end(me, name);
        default -> throw new NotFound();
      }
      then.addFlashAttribute("done", "person." + act);
    } catch (NotAllowed e) {
      refused(then, e);
    }
    return back;
  }

  private static void refused(RedirectAttributes then, NotAllowed e) {
    then.addFlashAttribute("problem", "problem.undecidable");
    then.addFlashAttribute("details", List.of(String.valueOf(e.getMessage())));
  }

  private static List<Role> roles(List<String> ids) throws NotAllowed {
    var roles = Arrays.stream(Role.values()).filter(r -> ids.contains(r.id())).toList();
    if (roles.isEmpty()) {
      throw new NotAllowed("Choose at least one role.");
    }
    return roles;
  }

  /** The department chosen, where the role belongs to one. */
  private static @Nullable Department department(Scope scope, List<String> roles, String id) {
    if (!roles.contains(Role.DEPARTMENT.id()) || id.isEmpty()) {
      return null;
    }
    if (scope.definitions().departments().departments().stream()
        .noneMatch(d -> d.id().equals(id))) {
      throw new NotFound();
    }
    return new Department(scope.programme().id(), id);
  }
}

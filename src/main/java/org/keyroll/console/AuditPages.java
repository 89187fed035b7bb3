package org.keyroll.console;

import org.keyroll.audit.Trail;
import org.keyroll.people.Right;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who has done what. */
@Page
class AuditPages {
  private static final int LINES = 100;

  private final Trail trail;

  AuditPages(Trail trail) {
    this.trail = trail;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/audit")
  String list(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String act,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      Model model) {
    var found = trail.latest(before, actor, act, LINES + 1);
    boolean more = found.size() > LINES;
    model.addAttribute("lines", more ? found.subList(0, LINES) : found);
    model.addAttribute("next", more ? found.get(LINES - 1).seq() : null);
    model.addAttribute("actor", actor);
    model.addAttribute("act", act);
    return "audit";
  }
}

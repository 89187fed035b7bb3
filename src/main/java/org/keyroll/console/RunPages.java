package org.keyroll.console;

import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.people.Right;
import org.keyroll.run.Ledger;
import org.keyroll.run.Summaries;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The runs there have been, and what each did. */
@Page
class RunPages {
  private static final int LINES = 50;

  private final Ledger ledger;
  private final Summaries summaries;

  RunPages(Ledger ledger, Summaries summaries) {
    this.ledger = ledger;
    this.summaries = summaries;
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/runs")
  String list(
      Scope scope, @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Model model) {
    var found = ledger.latest(scope, before, LINES + 1);
    boolean more = found.size() > LINES;
    model.addAttribute("lines", more ? found.subList(0, LINES) : found);
    model.addAttribute("next", more ? found.get(LINES - 1).run() : null);
    model.addAttribute("atWork", ledger.atWork());
    return "runs";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/runs/{run}")
  String one(Scope scope, @PathVariable long run, Model model) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    model.addAttribute("line", line);
    model.addAttribute("atWork", ledger.atWork());
    model.addAttribute("summary", summaries.of(new Run(scope, run, line.asOf())));
    return "run";
  }
}

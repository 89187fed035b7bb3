package org.keyroll.console;

import org.keyroll.adjustment.ListSearch;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Freshness;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.run.Ledger;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How a programme stands: what is in force, what waits, who is silent. */
@Page
class HomePages {
  private static final int RUNS = 6;

  private final Programmes programmes;
  private final Revisions revisions;
  private final Proposals proposals;
  private final ListSearch lists;
  private final Freshness freshness;
  private final Ledger ledger;

  HomePages(
      Programmes programmes,
      Revisions revisions,
      Proposals proposals,
      ListSearch lists,
      Freshness freshness,
      Ledger ledger) {
    this.programmes = programmes;
    this.revisions = revisions;
    this.proposals = proposals;
    this.lists = lists;
    this.freshness = freshness;
    this.ledger = ledger;
  }

  @Door
  @GetMapping("/")
  String start(Person me, Model model) throws DefinitionErrors {
    var department = me.department();
    if (department != null) {
      return "redirect:/programmes/%s/departments/%s"
          .formatted(department.programme(), department.id());
    }
    var ids = programmes.ids();
    if (ids.size() == 1) {
      return "redirect:/programmes/" + ids.get(0);
    }
    var titles = new java.util.LinkedHashMap<String, String>();
    for (var id : ids) {
      titles.put(id, programmes.of(id).programme().title());
    }
    model.addAttribute("titles", titles);
    return "start";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}")
  String home(Scope scope, Model model) {
    long current = revisions.current(scope);
    var revision = revisions.find(scope, current);
    model.addAttribute("revision", revision.orElse(null));
    if (revision.isPresent()) {
      model.addAttribute("changes", proposals.countsOf(scope, current));
      var found =
          lists.find(
              scope,
              current,
              new ListSearch.Query("", null, null, null, ListSearch.Order.UNIT),
              "",
              1);
      model.addAttribute("tiers", found.tiers());
    }
    var asOf = ledger.lastAsOf(scope);
    model.addAttribute("asOf", asOf);
    model.addAttribute("sources", freshness.of(scope, asOf));
    model.addAttribute("latest", ledger.latest(scope, Long.MAX_VALUE, RUNS));
    model.addAttribute("atWork", ledger.atWork());
    return "home";
  }
}

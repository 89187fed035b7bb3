package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Ballot;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** What is proposed, and what persons make of it. */
@Api(tag = "proposals")
class ProposalApi {
  private final Proposals proposals;
  private final Decisions decisions;
  private final Entries entries;
  private final Times times;

  ProposalApi(Proposals proposals, Decisions decisions, Entries entries, Times times) {
    this.proposals = proposals;
    this.decisions = decisions;
    this.entries = entries;
    this.times = times;
  }

  /**
   * All changes of a unit that one run proposes; they are decided on together.
   *
   * @param needs persons that must approve it
   * @param mine whether the person had a hand in it, and so cannot decide on it
   * @param said what persons have said of it so far
   */
  record ProposalOne(
      ProposalId id,
      String unit,
      @Nullable String name,
      Proposal.State state,
      int needs,
      boolean released,
      List<String> makers,
      boolean mine,
      List<RevisionApi.ChangeLine> changes,
      List<Decisions.Decision> said) {}

  /**
   * What is approved: ids of proposals and overrides; or all that waits and fits.
   *
   * @param cause why; may be left out
   */
  record Approval(@Nullable List<String> ids, @Nullable Fitting all, @Nullable String cause) {}

  /** Which of those that wait are meant; what is left out: any. */
  record Fitting(
      Proposal.@Nullable Act change, @Nullable String tier, @Nullable String department) {}

  /**
   * What is rejected, and why.
   *
   * @param ground of programme.yml, where what the rules propose is rejected
   * @param until last day on which the unit stays as it stands
   */
  record Rejection(
      @Nullable List<String> ids,
      @Nullable Fitting all,
      @Nullable String cause,
      @Nullable String ground,
      @Nullable LocalDate until) {}

  @Door(Right.READ)
  @Says("Lists what is proposed and neither published nor decided against, in order of unit.")
  @GetMapping("/api/v1/programmes/{programme}/proposals")
  ResponseEntity<Items<ProposalOne>> proposals(
      Scope scope,
      Person me,
      @RequestParam(required = false) Proposal.@Nullable Act change,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "") String department,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    var filter = ProposalPages.filter(change == null ? "" : change.id(), tier, department);
    var grouped =
        proposals.open(scope, filter, after, most).stream()
            .collect(Collectors.groupingBy(Proposal::id, LinkedHashMap::new, Collectors.toList()));
    var units = grouped.keySet().stream().map(id -> id.unit().number()).distinct().toList();
    var names = entries.names(scope, units);
    var said =
        decisions.ofOpen(scope, units).stream()
            .collect(Collectors.groupingBy(Decisions.Decision::proposal));
    var found = new ArrayList<ProposalOne>();
    grouped.forEach(
        (id, changes) -> {
          var first = changes.get(0);
          var lines =
              changes.stream().map(c -> RevisionApi.ChangeLine.of(c, names.get(c.unit()))).toList();
          found.add(
              new ProposalOne(
                  id,
                  id.unit().toString(),
                  lines.get(0).name(),
                  first.state(),
                  first.needs(),
                  first.released(),
                  first.makers(),
                  first.makers().contains(me.name()),
                  lines,
                  said.getOrDefault(id, List.of())));
        });
    return Items.of(request, found, limit, "after", last -> last.id().unit().number());
  }

  @Door(Right.DECIDE)
  @Says(
      value =
          "Approves, all of it or nothing. Nobody approves what they had a hand in; approving again"
              + " what one has approved answers 409 and says so.",
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/proposals/approve")
  Decisions.Outcome approve(Scope scope, Person me, @RequestBody Approval body) throws Exception {
    var cause = ListPages.given(body.cause());
    return decisions.approve(
        me, scope, times.businessDate(scope), ballot(scope, body.ids(), body.all()), cause);
  }

  @Door(Right.DECIDE)
  @Says(
      value =
          "Rejects, all of it or nothing; what the rules propose on a ground of the programme alone,"
              + " which puts an override forward.",
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/proposals/reject")
  Decisions.Outcome reject(Scope scope, Person me, @RequestBody Rejection body) throws Exception {
    var cause = DeliveryApi.cause(body.cause());
    var ground = ListPages.given(body.ground());
    var until = body.until();
    if ((ground == null) != (until == null)) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "ground and until go together.");
    }
    var against = ground == null || until == null ? null : new Decisions.Against(ground, until);
    return decisions.reject(
        me,
        scope,
        times.businessDate(scope),
        ballot(scope, body.ids(), body.all()),
        cause,
        against);
  }

  @Door(Right.DECIDE)
  @Says(value = "Lets a held revision go out with the next publish.", or = 409)
  @PostMapping("/api/v1/programmes/{programme}/proposals/release")
  Decisions.Outcome release(Scope scope, Person me, @RequestBody DeliveryApi.Because body)
      throws Exception {
    return decisions.release(me, scope, times.businessDate(scope), DeliveryApi.cause(body.cause()));
  }

  private Ballot ballot(Scope scope, @Nullable List<String> ids, @Nullable Fitting all) {
    if ((ids == null) == (all == null)) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "Give ids, or all with what it is to fit; not both.");
    }
    var ballot = all == null ? named(ids == null ? List.of() : ids) : fitting(scope, all);
    if (ballot.isEmpty()) {
      throw new Refusal(HttpStatus.CONFLICT, "Nothing of this waits for a decision.");
    }
    return ballot;
  }

  private Ballot fitting(Scope scope, Fitting all) {
    var change = all.change();
    var filter =
        ProposalPages.filter(
            change == null ? "" : change.id(), words(all.tier()), words(all.department()));
    return new Ballot(proposals.waiting(scope, filter), List.of());
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Ballot named(List<String> ids) {
    var named = new ArrayList<ProposalId>();
    var others = new ArrayList<OverrideId>();
    for (var id : ids) {
      try {
        if (OverrideId.is(id)) {
          others.add(OverrideId.parse(id));
        } else {
          named.add(ProposalId.parse(id));
        }
      } catch (IllegalArgumentException e) {
        throw new Refusal(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
      }
    }
    return new Ballot(named, others);
  }
}

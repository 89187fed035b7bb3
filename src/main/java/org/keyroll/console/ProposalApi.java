package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Ballot;
import org.keyroll.adjustment.Batches;
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
  private final Batches batches;
  private final Entries entries;
  private final Times times;

  ProposalApi(
      Proposals proposals, Decisions decisions, Batches batches, Entries entries, Times times) {
    this.proposals = proposals;
    this.decisions = decisions;
    this.batches = batches;
    this.entries = entries;
    this.times = times;
  }

  /**
   * All changes of a unit that one run proposes; they are decided on together.
   *
   * @param needs persons that must approve it
   * @param mine whether the person had a hand in it, and so cannot decide on it
   * @param batch name of the batch with which it is decided on; null where by itself
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
      @Nullable String batch,
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
      Proposal.@Nullable Act change,
      @Nullable String tier,
      @Nullable String department,
      @Nullable String batch) {}

  /**
   * What is put into a batch, or taken out of one.
   *
   * @param into name of the batch, which is made where there is none; null to take out
   */
  record Gathering(@Nullable List<String> ids, @Nullable Fitting all, @Nullable String into) {}

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
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    var filter = ProposalPages.filter(change == null ? "" : change.id(), tier, department, batch);
    var names = batches.ofOpen(scope);
    var grouped =
        proposals.open(scope, filter, after, most).stream()
            .collect(Collectors.groupingBy(Proposal::id, LinkedHashMap::new, Collectors.toList()));
    var units = grouped.keySet().stream().map(id -> id.unit().number()).distinct().toList();
    var titles = entries.names(scope, units);
    var said =
        decisions.ofOpen(scope, units).stream()
            .collect(Collectors.groupingBy(Decisions.Decision::proposal));
    var found = new ArrayList<ProposalOne>();
    grouped.forEach(
        (id, changes) -> {
          var first = changes.get(0);
          var lines =
              changes.stream()
                  .map(c -> RevisionApi.ChangeLine.of(c, titles.get(c.unit())))
                  .toList();
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
                  names.get(id),
                  lines,
                  said.getOrDefault(id, List.of())));
        });
    return Items.of(request, found, limit, "after", last -> last.id().unit().number());
  }

  @Door(Right.READ)
  @Says("Lists the batches of proposals, the oldest first.")
  @GetMapping("/api/v1/programmes/{programme}/batches")
  Items<Batches.Batch> batches(Scope scope) {
    return new Items<>(batches.all(scope), null);
  }

  @Door(Right.GATHER)
  @Says(
      value =
          "Puts proposals that wait for persons into a batch, on which approvers decide as a whole;"
              + " or, without a name, takes them out of theirs. All of them or none.",
      with = 204,
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/proposals/batch")
  ResponseEntity<Void> gather(Scope scope, Person me, @RequestBody Gathering body)
      throws Exception {
    var ballot = ballot(scope, body.ids(), body.all());
    if (!ballot.overrides().isEmpty()) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "A batch is of proposals; overrides are decided on one by one.");
    }
    var into = body.into();
    if (into == null) {
      batches.takeOut(me, scope, times.businessDate(scope), ballot.proposals());
    } else {
      batches.gather(me, scope, times.businessDate(scope), into, ballot.proposals());
    }
    return ResponseEntity.noContent().build();
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
            change == null ? "" : change.id(),
            words(all.tier()),
            words(all.department()),
            words(all.batch()));
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

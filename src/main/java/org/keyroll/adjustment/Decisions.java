package org.keyroll.adjustment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What persons decide. Every door comes through here: whoever decides was authenticated, may
 * decide, and has not made what they decide on; the database refuses the last on its own as well.
 */
@Service
public class Decisions {
  private final People people;
  private final Proposals proposals;
  private final ProposalVotes votes;
  private final Overrides overrides;
  private final OverrideVotes overrideVotes;
  private final Entries entries;
  private final Revisions revisions;
  private final Trail trail;

  Decisions(
      People people,
      Proposals proposals,
      ProposalVotes votes,
      Overrides overrides,
      OverrideVotes overrideVotes,
      Entries entries,
      Revisions revisions,
      Trail trail) {
    this.people = people;
    this.proposals = proposals;
    this.votes = votes;
    this.overrides = overrides;
    this.overrideVotes = overrideVotes;
    this.entries = entries;
    this.revisions = revisions;
    this.trail = trail;
  }

  /**
   * What a person said of changes that made a revision.
   *
   * @param units of how many units
   */
  public record Said(
      Verdict verdict, String person, LocalDate asOf, @Nullable String cause, long units) {}

  /** What a person said of a proposal. */
  public record Decision(
      ProposalId proposal,
      Verdict verdict,
      String person,
      @Nullable String cause,
      LocalDate asOf,
      Instant at) {}

  /**
   * What came of it.
   *
   * @param decided units and overrides on which enough persons have decided now
   * @param waiting those on which more persons must decide
   * @param made overrides that a rejection has put forward
   */
  public record Outcome(long decided, long waiting, List<OverrideId> made) {}

  /** Goes against what the rules propose, on a declared ground, up to and including a day. */
  public record Against(String ground, LocalDate until) {}

  /**
   * Approves; what enough persons approve goes out with the next revision, and an override acts
   * when the list is next adjusted.
   *
   * @param asOf the business date of the decision
   * @param cause why, or null
   * @throws NotAllowed when the person may not decide
   * @throws Undecidable when some of it is not open to this person; then none is decided
   */
  @Transactional(rollbackFor = Exception.class)
  public Outcome approve(
      Person by, Scope scope, LocalDate asOf, Ballot ballot, @Nullable String cause)
      throws Exception {
    begin(by, scope, asOf);
    check(by, scope, asOf, Verdict.APPROVE, ballot);
    var questions = questions(scope, ballot);
    votes.note(by, Verdict.APPROVE, asOf, cause);
    var settled = votes.settle(Verdict.APPROVE, asOf, cause, 1);
    judge(scope, asOf, Verdict.APPROVE, questions, settled);
    long decided = settled.size();
    for (var id : ballot.overrides()) {
      overrideVotes.note(by, id, Verdict.APPROVE, asOf, cause);
      var override = overrides.find(scope, id).orElseThrow();
      if (overrideVotes.approve(id, asOf, entries.tier(scope, override.unit()))) {
        decided++;
        comeIntoForce(scope, override);
      }
    }
    return end(by, Verdict.APPROVE, ballot, decided, cause, List.of());
  }

  /**
   * Rejects. What the rules propose can be rejected only on a ground of the programme and for a
   * time: that puts an override forward, on which another person decides. Questions of judgement
   * and overrides are rejected without.
   *
   * @param cause why
   * @param against null where nothing that the rules propose is rejected
   * @throws NotAllowed when the person may not decide
   * @throws Undecidable when some of it is not open to this person; then none is decided
   */
  @Transactional(rollbackFor = Exception.class)
  public Outcome reject(
      Person by,
      Scope scope,
      LocalDate asOf,
      Ballot ballot,
      String cause,
      @Nullable Against against)
      throws Exception {
    begin(by, scope, asOf);
    wanted(cause, "Say why: a rejection takes a cause.");
    check(by, scope, asOf, Verdict.REJECT, ballot);
    var questions = questions(scope, ballot);
    votes.note(by, Verdict.REJECT, asOf, cause);
    var asked = new HashSet<ProposalId>();
    questions.forEach(q -> asked.add(q.id()));
    var made = new ArrayList<OverrideId>();
    for (var id : ballot.proposals()) {
      if (!asked.contains(id)) {
        var tier = entries.tier(scope, id.unit());
        made.add(overrideVotes.against(by, scope, asOf, id.unit(), tier, cause, against));
        votes.dispute(id.unit(), scope);
      }
    }
    proposals.choose(asked);
    var settled = votes.settle(Verdict.REJECT, asOf, cause, 1);
    judge(scope, asOf, Verdict.REJECT, questions, settled);
    for (var id : ballot.overrides()) {
      overrideVotes.note(by, id, Verdict.REJECT, asOf, cause);
      overrides.mark(id, UnitOverride.State.REJECTED);
    }
    long decided = (long) settled.size() + ballot.overrides().size();
    return end(by, Verdict.REJECT, ballot, decided, cause, made);
  }

  /**
   * Lets a held revision go out.
   *
   * @param cause why, in writing
   * @throws NotAllowed when the person may not decide
   * @throws Undecidable when nothing is held, or the person has made some of it
   */
  @Transactional(rollbackFor = Exception.class)
  public Outcome release(Person by, Scope scope, LocalDate asOf, String cause) throws Exception {
    begin(by, scope, asOf);
    wanted(cause, "Say why the held revision may go out.");
    var held =
        proposals.open(scope).stream()
            .filter(p -> p.state() == State.HELD)
            .map(Proposal::id)
            .toList();
    if (held.isEmpty()) {
      throw new Undecidable(List.of("No revision is held."));
    }
    var ballot = new Ballot(held, List.of());
    check(by, scope, asOf, Verdict.RELEASE, ballot);
    votes.note(by, Verdict.RELEASE, asOf, cause);
    int persons = Math.max(1, scope.programme().approval().persons());
    long settled = votes.settle(Verdict.RELEASE, asOf, cause, persons).size();
    return end(by, Verdict.RELEASE, ballot, settled, cause, List.of());
  }

  /** What persons have said of the proposals that are open, in the order of time. */
  public List<Decision> ofOpen(Scope scope) {
    return votes.ofOpen(scope);
  }

  /** The same of some units, by their numbers. */
  public List<Decision> ofOpen(Scope scope, Collection<Long> units) {
    return votes.ofOpen(scope, units);
  }

  /** What persons have said of the changes that made a revision, by day, verdict and person. */
  public List<Said> ofRevision(Scope scope, long revision) {
    return votes.ofRevision(scope, revision);
  }

  private void begin(Person by, Scope scope, LocalDate asOf) throws NotAllowed, Undecidable {
    people.require(by, Right.DECIDE);
    proposals.lock(scope);
    revisions.refuseBefore(scope, asOf);
  }

  private static void wanted(String cause, String otherwise) throws Undecidable {
    if (cause.isBlank()) {
      throw new Undecidable(List.of(otherwise));
    }
  }

  private void check(Person by, Scope scope, LocalDate asOf, Verdict verdict, Ballot ballot)
      throws Exception {
    var problems = new ArrayList<>(votes.choose(by, scope, verdict, ballot.proposals()));
    for (var id : ballot.overrides()) {
      problems.addAll(overrideVotes.problems(by, scope, asOf, id));
    }
    if (!problems.isEmpty()) {
      throw new Undecidable(problems);
    }
  }

  /** Those of a ballot on which the rules ask for a person's judgement. */
  private List<Proposal> questions(Scope scope, Ballot ballot) {
    var chosen = new HashSet<>(ballot.proposals());
    return proposals.judged(scope).stream().filter(p -> chosen.contains(p.id())).toList();
  }

  /** Keeps the answers, so that the question is not asked again every night. */
  private void judge(
      Scope scope,
      LocalDate asOf,
      Verdict verdict,
      List<Proposal> questions,
      List<ProposalId> settled) {
    var programme = scope.programme();
    var answered = new HashSet<>(settled);
    for (var question : questions) {
      var zone = question.judged();
      if (zone != null && answered.contains(question.id())) {
        var now = entries.tier(scope, new UnitId(question.unit()));
        var entry = question.entry();
        boolean rises = entry != null && programme.rankOf(entry.tier()) < programme.rankOf(now);
        boolean listed = rises == (verdict == Verdict.APPROVE);
        var tier = rises ? Objects.requireNonNull(entry).tier() : now;
        overrideVotes.judged(scope, asOf, question, listed ? tier : null, zone);
      }
    }
  }

  private void comeIntoForce(Scope scope, UnitOverride override) {
    overrideVotes.replaceOthers(scope, override);
    if (override.kind() == Kind.RULES) {
      overrides.mark(override.id(), UnitOverride.State.ENDED);
    }
    votes.supersede(override.unit(), scope);
  }

  private Outcome end(
      Person by,
      Verdict verdict,
      Ballot ballot,
      long decided,
      @Nullable String cause,
      List<OverrideId> made) {
    long all = (long) ballot.proposals().size() + ballot.overrides().size();
    trail.append(
        by.name(),
        verdict.id(),
        ballot.subject(),
        (cause == null ? "" : cause + " — ") + ballot.named());
    return new Outcome(decided, all - decided - made.size(), made);
  }
}

package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Comparison.Unit;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessor;
import org.keyroll.scoring.Supposition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds what made each change follow, by taking back one thing after another of what has changed
 * since the list was last adjusted: what persons say, the rules, which rows speak of which unit,
 * the rows. The first without which the change would not be proposed has caused it; where it would
 * be proposed all the same, the date has.
 */
@Component
class Causes {
  private final JdbcClient db;
  private final Assessor assessor;
  private final KeptDefinitions kept;

  Causes(JdbcClient db, Assessor assessor, KeptDefinitions kept) {
    this.db = db;
    this.assessor = assessor;
    this.kept = kept;
  }

  /**
   * A unit with what is proposed of it.
   *
   * @param since run after which nothing of the kind was proposed; 0 for before the first list
   */
  record Case(
      Unit unit,
      @Nullable Entry current,
      Assessment assessment,
      List<Proposal> proposals,
      long since) {}

  /** For all the changes that a run proposes; what is worked out once serves for all of them. */
  Inquiry inquiry(Run run) {
    return new Inquiry(run);
  }

  /** What has changed since a run, and how it would be without. */
  private final class Since {
    final long run;
    final LocalDate asOf;
    final Scope rules;
    final @Nullable Supposition oldRules;
    final @Nullable Supposition oldGrouping;
    final @Nullable Supposition oldRows;

    Since(Run now, long run) throws Exception {
      this.run = run;
      this.asOf =
          db.sql("SELECT as_of FROM run WHERE run_id = ?")
              .param(run)
              .query(LocalDate.class)
              .single();
      var other = kept.otherRules(now.scope(), run);
      this.rules = other.orElse(now.scope());
      this.oldRules = other.isEmpty() ? null : assessor.suppose(rules, now.asOf(), Run.LATEST);
      this.oldGrouping =
          assessor.isRegrouped(now.scope(), run)
              ? assessor.supposeGrouped(rules, now.asOf(), run)
              : null;
      this.oldRows =
          asOf.isBefore(now.asOf())
                  && (rules.definitions().policy().hasClocks()
                      || assessor.timeMattersSince(now.scope(), run, now.asOf()))
              ? assessor.suppose(rules, now.asOf(), run)
              : null;
    }
  }

  /** The search for the causes of one run's proposals. */
  final class Inquiry {
    private final Run run;
    private final Map<Long, Since> since = new HashMap<>();

    private Inquiry(Run run) {
      this.run = run;
    }

    /** The proposals with their causes, in the order of the cases. */
    List<Proposal> of(List<Case> cases) throws Exception {
      var causes = new IdentityHashMap<Proposal, Cause>();
      var open = new TreeMap<Long, List<Question>>();
      for (var each : cases) {
        for (var proposal : each.proposals()) {
          var question = new Question(each, proposal);
          var cause = each.since() == 0 ? Cause.DATA : persons(question);
          if (cause != null) {
            causes.put(proposal, cause);
          } else {
            open.computeIfAbsent(each.since(), s -> new ArrayList<>()).add(question);
          }
        }
      }
      for (var group : open.entrySet()) {
        suppose(since(group.getKey()), group.getValue(), causes);
      }
      var told = new ArrayList<Proposal>();
      for (var each : cases) {
        for (var proposal : each.proposals()) {
          told.add(proposal.causedBy(Objects.requireNonNull(causes.get(proposal)), each.since()));
        }
      }
      return told;
    }

    private Since since(long from) throws Exception {
      var known = since.get(from);
      if (known == null) {
        known = new Since(run, from);
        since.put(from, known);
      }
      return known;
    }

    private void suppose(Since from, List<Question> open, Map<Proposal, Cause> causes)
        throws Exception {
      var units = open.stream().map(q -> q.of().unit().id()).collect(Collectors.toSet());
      var past =
          from.oldGrouping == null && from.oldRows == null
              ? null
              : KnownUnits.after(db, run.scope(), from.run, units);
      List<Question> left = new ArrayList<>();
      for (var question : open) {
        // The reason that is published says so, whatever else would have made it leave.
        if (past != null && hasMerged(past, question)) {
          causes.put(question.proposal(), Cause.IDENTITY);
        } else {
          left.add(question);
        }
      }
      if (from.oldRules != null) {
        left = without(from.oldRules, Cause.POLICY, from, q -> q.of().unit(), left, causes);
      }
      if (from.oldGrouping != null && past != null) {
        left = without(from.oldGrouping, Cause.IDENTITY, from, q -> grouped(past, q), left, causes);
      }
      if (from.oldRows != null && past != null) {
        left = without(from.oldRows, Cause.DATA, from, q -> known(past, q), left, causes);
      }
      for (var question : left) {
        causes.put(question.proposal(), from.oldRows == null ? Cause.DATA : Cause.TIME);
      }
    }

    private static boolean hasMerged(KnownUnits past, Question question) {
      var unit = question.of().unit();
      return question.proposal().act() == Act.DROP
          && unit.merged()
          && past.has(unit.id())
          && !past.of(unit.id()).merged();
    }

    /** Those that would be proposed all the same; the others have their cause. */
    private List<Question> without(
        Supposition supposed,
        Cause cause,
        Since from,
        java.util.function.Function<Question, Unit> unit,
        List<Question> open,
        Map<Proposal, Cause> causes)
        throws Exception {
      if (open.isEmpty()) {
        return open;
      }
      var assessments =
          supposed.of(open.stream().map(q -> q.of().unit().id()).collect(Collectors.toSet()));
      var assignment = new Assignment(from.rules.definitions());
      var left = new ArrayList<Question>();
      for (var question : open) {
        var assessment = Objects.requireNonNull(assessments.get(question.of().unit().id()));
        var outcome =
            outcome(
                from.rules,
                run.asOf(),
                assignment,
                unit.apply(question),
                assessment,
                question.of().current());
        if (outcome.entails(question.proposal(), question.of().current())) {
          left.add(question);
        } else {
          causes.put(question.proposal(), cause);
        }
      }
      return left;
    }

    private static Unit grouped(KnownUnits past, Question question) {
      var unit = question.of().unit();
      boolean merged = past.has(unit.id()) && past.of(unit.id()).merged();
      return unit.known(unit.identifier(), unit.name(), merged, !merged && unit.dissolved());
    }

    private static Unit known(KnownUnits past, Question question) {
      var unit = question.of().unit();
      if (!past.has(unit.id())) {
        return unit.known(unit.identifier(), unit.name(), false, true); // was not there
      }
      var then = past.of(unit.id());
      return unit.known(then.identifier(), then.name(), then.merged(), then.dissolved());
    }

    /** What of it persons have caused; null where something else has. */
    private @Nullable Cause persons(Question question) {
      var unit = question.of().unit();
      var lapsed = unit.lapsed();
      if (lapsed != null && !followsWhere(unit.said(lapsed, unit.judgement()), question)) {
        return lapsed.state() == State.EXPIRED ? Cause.EXPIRY : Cause.JUDGEMENT;
      }
      var answered = unit.answered();
      if (answered != null && !followsWhere(unit.said(unit.override(), answered), question)) {
        return answered.state() == State.EXPIRED ? Cause.EXPIRY : Cause.JUDGEMENT;
      }
      var act = question.proposal().act();
      if (act == Act.DEPARTMENT || act == Act.DETAILS) {
        return null;
      }
      boolean said = unit.override() != null || unit.judgement() != null;
      return question.proposal().judged() != null
              || said && !followsWhere(unit.said(null, null), question)
          ? Cause.JUDGEMENT
          : null;
    }

    private boolean followsWhere(Unit unit, Question question) {
      var each = question.of();
      return outcome(
              run.scope(),
              run.asOf(),
              new Assignment(run.definitions()),
              unit,
              each.assessment(),
              each.current())
          .entails(question.proposal(), each.current());
    }
  }

  /** Whether this would be proposed. */
  private record Question(Case of, Proposal proposal) {}

  private static Outcome outcome(
      Scope scope,
      LocalDate asOf,
      Assignment assignment,
      Unit unit,
      Assessment assessment,
      @Nullable Entry current) {
    var programme = scope.programme();
    var standing = Standing.of(scope.definitions(), asOf, unit, assessment, current);
    int rank = standing.rank();
    return new Outcome(
        rank == programme.tiers().size() ? null : programme.tiers().get(rank).id(),
        List.copyOf(assignment.of(assessment.facts()).keySet()),
        unit.name(),
        Comparison.value(unit.identifier()),
        Comparison.score(assessment),
        Comparison.facts(assessment),
        standing.status());
  }
}

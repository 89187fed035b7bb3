package org.keyroll.adjustment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What persons decide. Every door comes through here: whoever decides was authenticated, may
 * decide, and has not made what they decide on; the database refuses the last on its own as well.
 */
@Service
public class Decisions {
  private static final int NAMED_PROBLEMS = 50;
  private static final int NAMED_IN_TRAIL = 1_000;

  private final JdbcClient db;
  private final People people;
  private final Proposals proposals;
  private final Revisions revisions;
  private final Trail trail;

  Decisions(JdbcClient db, People people, Proposals proposals, Revisions revisions, Trail trail) {
    this.db = db;
    this.people = people;
    this.proposals = proposals;
    this.revisions = revisions;
    this.trail = trail;
  }

  /** What can be said of a proposal. */
  public enum Verdict {
    APPROVE,
    REJECT,
    RELEASE;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
   * @param decided units on which enough persons have decided now
   * @param waiting units on which more persons must decide
   */
  public record Outcome(long decided, long waiting) {}

  /**
   * Approves proposals; those that enough persons approve go out with the next revision.
   *
   * @param asOf the business date of the decision
   * @param cause why, or null
   * @throws NotAllowed when the person may not decide
   * @throws Undecidable when one of them is not open to this person; then none is decided
   */
  @Transactional(rollbackFor = Exception.class)
  public Outcome approve(
      Person by, Scope scope, LocalDate asOf, Collection<ProposalId> what, @Nullable String cause)
      throws Exception {
    begin(by, scope, asOf);
    proposals.choose(what.stream().distinct().toList());
    var problems = problems(by, scope, Verdict.APPROVE);
    if (!problems.isEmpty()) {
      throw new Undecidable(problems);
    }
    note(by, Verdict.APPROVE, asOf, cause);
    return count(by, scope, asOf, Verdict.APPROVE, what, cause);
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
    if (cause.isBlank()) {
      throw new Undecidable(List.of("Say why the held revision may go out."));
    }
    var held =
        proposals.open(scope).stream()
            .filter(p -> p.state() == State.HELD)
            .map(Proposal::id)
            .distinct()
            .toList();
    if (held.isEmpty()) {
      throw new Undecidable(List.of("No revision is held."));
    }
    proposals.choose(held);
    var problems = problems(by, scope, Verdict.RELEASE);
    if (!problems.isEmpty()) {
      throw new Undecidable(problems);
    }
    note(by, Verdict.RELEASE, asOf, cause);
    return count(by, scope, asOf, Verdict.RELEASE, held, cause);
  }

  /** What persons have said of the proposals that are open, in the order of time. */
  public List<Decision> ofOpen(Scope scope) {
    return db.sql(
            "SELECT DISTINCT d.run_id, d.unit_id, d.verdict, d.person, d.cause, d.as_of,"
                + " d.decided_at FROM decision d JOIN proposal o USING (run_id, unit_id, act)"
                + " JOIN run r USING (run_id) WHERE r.programme_id = ? AND "
                + Proposals.OPEN
                + " ORDER BY d.decided_at, d.run_id, d.unit_id, d.person")
        .param(scope.programmeId())
        .query(
            (row, n) ->
                new Decision(
                    new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id"))),
                    Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                    row.getString("person"),
                    row.getString("cause"),
                    row.getObject("as_of", LocalDate.class),
                    row.getTimestamp("decided_at").toInstant()))
        .list();
  }

  private void begin(Person by, Scope scope, LocalDate asOf) throws NotAllowed, Undecidable {
    people.require(by, Right.DECIDE);
    proposals.lock(scope);
    var last = revisions.lastAsOf(scope);
    if (asOf.isBefore(last)) {
      throw new Undecidable(
          List.of(
              "The list was last adjusted as of %s; decide as of that date or later, with --as-of."
                  .formatted(last)));
    }
  }

  private record Problem(
      ProposalId id, @Nullable String state, boolean mine, boolean said, long newer) {}

  /** What of the table {@code chosen} is not open to a person, a sentence each. */
  private List<String> problems(Person by, Scope scope, Verdict verdict) {
    var found =
        db.sql(
                """
                SELECT * FROM (
                  SELECT c.ordinal, c.run_id, c.unit_id, MAX(o.state) AS state,
                    COALESCE(MAX(LOCATE(CONCAT(',', :by, ','), o.makers)), 0) > 0 AS mine,
                    EXISTS (SELECT 1 FROM decision d WHERE d.run_id = c.run_id
                      AND d.unit_id = c.unit_id AND d.verdict = :verdict AND d.person = :by) AS said,
                    COALESCE((SELECT MAX(n.run_id) FROM proposal n WHERE n.unit_id = c.unit_id
                      AND n.state IN ('proposed', 'held', 'approved')), 0) AS newer
                  FROM chosen c
                    LEFT JOIN (proposal o JOIN run r ON r.run_id = o.run_id
                      AND r.programme_id = :programme)
                    ON o.run_id = c.run_id AND o.unit_id = c.unit_id
                  GROUP BY c.run_id, c.unit_id
                ) x
                WHERE state IS NULL OR state <> :needed OR mine OR said ORDER BY ordinal
                """)
            .param("by", by.name())
            .param("verdict", verdict.id())
            .param("needed", verdict == Verdict.RELEASE ? "held" : "proposed")
            .param("programme", scope.programmeId())
            .query(
                (row, n) ->
                    new Problem(
                        new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id"))),
                        row.getString("state"),
                        row.getBoolean("mine"),
                        row.getBoolean("said"),
                        row.getLong("newer")))
            .list();
    var sentences = new ArrayList<String>();
    found.stream().limit(NAMED_PROBLEMS).forEach(p -> sentences.add(sentence(p, verdict)));
    if (found.size() > NAMED_PROBLEMS) {
      sentences.add("There are %,d more.".formatted(found.size() - NAMED_PROBLEMS));
    }
    return sentences;
  }

  private static String sentence(Problem problem, Verdict verdict) {
    var id = problem.id();
    if (problem.state() == null) {
      return "There is no proposal %s.".formatted(id);
    }
    if (problem.mine()) {
      return "%s was made or edited by you; another approver decides.".formatted(id);
    }
    boolean waits = problem.state().equals(verdict == Verdict.RELEASE ? "held" : "proposed");
    if (waits && problem.said()) {
      return "You have %s %s already; it waits for another person."
          .formatted(verdict == Verdict.RELEASE ? "released" : "approved", id);
    }
    return switch (problem.state()) {
      case "held" ->
          "%s is held with its revision; it goes out with keyroll publish --release CAUSE."
              .formatted(id);
      case "approved" -> "%s is approved and goes out with the next revision.".formatted(id);
      case "superseded" ->
          problem.newer() == 0
              ? "%s no longer follows from what is known.".formatted(id)
              : "%s was superseded by %s; look at that."
                  .formatted(id, new ProposalId(problem.newer(), id.unit()));
      case "rejected" -> "%s was rejected.".formatted(id);
      default -> "%s has been published.".formatted(id);
    };
  }

  private void note(Person by, Verdict verdict, LocalDate asOf, @Nullable String cause) {
    db.sql(
            """
            INSERT INTO decision (run_id, unit_id, act, makers, verdict, person, cause, as_of)
            SELECT o.run_id, o.unit_id, o.act, o.makers, ?, ?, ?, ?
            FROM proposal o JOIN chosen USING (run_id, unit_id)
            """)
        .param(verdict.id())
        .param(by.name())
        .param(cause)
        .param(asOf)
        .update();
  }

  /** Marks what enough persons have decided; a release takes as many as an approval. */
  private Outcome count(
      Person by,
      Scope scope,
      LocalDate asOf,
      Verdict verdict,
      Collection<ProposalId> what,
      @Nullable String cause) {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE enough LIKE chosen").update();
    db.sql(
            """
            INSERT INTO enough
            SELECT c.* FROM chosen c
            WHERE (SELECT COUNT(DISTINCT d.person) FROM decision d WHERE d.run_id = c.run_id
                AND d.unit_id = c.unit_id AND d.verdict = :verdict)
              >= GREATEST(1, :persons, (SELECT MAX(o.needs) FROM proposal o
                WHERE o.run_id = c.run_id AND o.unit_id = c.unit_id))
            """)
        .param("verdict", verdict.id())
        .param("persons", verdict == Verdict.RELEASE ? scope.programme().approval().persons() : 0)
        .update();
    db.sql(
            """
            UPDATE proposal o JOIN enough USING (run_id, unit_id)
            SET o.state = 'approved', o.released = o.released OR ?, o.decided_on = ?, o.cause = ?,
              o.decided_by = (SELECT GROUP_CONCAT(DISTINCT d.person ORDER BY d.person SEPARATOR ', ')
                FROM decision d WHERE d.run_id = o.run_id AND d.unit_id = o.unit_id)
            WHERE o.state IN ('proposed', 'held')
            """)
        .param(verdict == Verdict.RELEASE)
        .param(asOf)
        .param(cause)
        .update();
    long decided = db.sql("SELECT COUNT(*) FROM enough").query(Long.class).single();
    long all = db.sql("SELECT COUNT(*) FROM chosen").query(Long.class).single();
    trail.append(
        by.name(),
        verdict.id(),
        all == 1 ? "1 unit's proposals" : "proposals for %d units".formatted(all),
        (cause == null ? "" : cause + " — ") + named(what));
    return new Outcome(decided, all - decided);
  }

  /** The ids, or what they can be proved by where they are many. */
  private static String named(Collection<ProposalId> what) {
    var ids = what.stream().distinct().map(ProposalId::toString).sorted().toList();
    if (ids.size() <= NAMED_IN_TRAIL) {
      return String.join(" ", ids);
    }
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", ids).getBytes(StandardCharsets.UTF_8));
      return "SHA-256 of their sorted ids, one a line: " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package org.keyroll.adjustment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What persons have said of proposals. Methods work on the table {@code chosen}. */
@Component
class ProposalVotes {
  private static final int NAMED = 50;

  private final JdbcClient db;
  private final Proposals proposals;

  ProposalVotes(JdbcClient db, Proposals proposals) {
    this.db = db;
    this.proposals = proposals;
  }

  private record Problem(
      ProposalId id,
      @Nullable String state,
      boolean mine,
      @Nullable String said,
      boolean disputed,
      long newer) {}

  /** Chooses proposals and says what of them is not open to a person, a sentence each. */
  List<String> choose(Person by, Scope scope, Verdict verdict, Collection<ProposalId> ids)
      throws Exception {
    proposals.choose(ids);
    var found =
        db.sql(
                """
                SELECT * FROM (
                  SELECT c.ordinal, c.run_id, c.unit_id, MAX(o.state) AS state,
                    COALESCE(MAX(LOCATE(CONCAT(',', :by, ','), o.makers)), 0) > 0 AS mine,
                    (SELECT MAX(d.verdict) FROM decision d WHERE d.run_id = c.run_id
                      AND d.unit_id = c.unit_id AND d.person = :by
                      AND (d.verdict = 'release') = (:verdict = 'release')) AS said,
                    EXISTS (SELECT 1 FROM unit_override v WHERE v.unit_id = c.unit_id
                      AND v.programme_id = :programme AND v.state = 'proposed') AS disputed,
                    COALESCE((SELECT MAX(n.run_id) FROM proposal n WHERE n.unit_id = c.unit_id
                      AND n.state IN ('proposed', 'held', 'approved')), 0) AS newer
                  FROM chosen c
                    LEFT JOIN (proposal o JOIN run r ON r.run_id = o.run_id
                      AND r.programme_id = :programme)
                    ON o.run_id = c.run_id AND o.unit_id = c.unit_id
                  GROUP BY c.run_id, c.unit_id
                ) x
                WHERE state IS NULL OR NOT FIND_IN_SET(state, :needed) OR mine OR said IS NOT NULL
                  OR disputed
                ORDER BY ordinal
                """)
            .param("by", by.name())
            .param("verdict", verdict.id())
            .param("needed", needed(verdict))
            .param("programme", scope.programmeId())
            .query(
                (row, n) ->
                    new Problem(
                        new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id"))),
                        row.getString("state"),
                        row.getBoolean("mine"),
                        row.getString("said"),
                        row.getBoolean("disputed"),
                        row.getLong("newer")))
            .list();
    var sentences = new ArrayList<String>();
    found.stream().limit(NAMED).forEach(p -> sentences.add(sentence(p, verdict)));
    if (found.size() > NAMED) {
      sentences.add("There are %,d more.".formatted(found.size() - NAMED));
    }
    if (verdict != Verdict.RELEASE) {
      sentences.addAll(parted(scope));
    }
    return sentences;
  }

  /** Batches of which some that wait are chosen and some are not. */
  private List<String> parted(Scope scope) {
    return db.sql(
            """
            SELECT b.name, COUNT(DISTINCT o.run_id, o.unit_id) AS units
            FROM batch b JOIN proposal o ON o.batch_id = b.batch_id AND o.state = 'proposed'
              LEFT JOIN chosen c ON c.run_id = o.run_id AND c.unit_id = o.unit_id
            WHERE b.programme_id = ?
            GROUP BY b.batch_id HAVING COUNT(c.run_id) > 0 AND COUNT(c.run_id) < COUNT(*)
            ORDER BY b.batch_id
            """)
        .param(scope.programmeId())
        .query(
            (row, n) ->
                ("The batch \"%s\" of %,d units is decided on as a whole: choose it by its name, or"
                        + " take units out of it first.")
                    .formatted(row.getString("name"), row.getLong("units")))
        .list();
  }

  private static String needed(Verdict verdict) {
    return switch (verdict) {
      case APPROVE -> "proposed";
      case REJECT -> "proposed,held";
      case RELEASE -> "held";
    };
  }

  private static String sentence(Problem problem, Verdict verdict) {
    var id = problem.id();
    var state = problem.state();
    if (state == null) {
      return "There is no proposal %s.".formatted(id);
    }
    if (problem.mine()) {
      return "%s was made or edited by you; another approver decides.".formatted(id);
    }
    if (List.of(needed(verdict).split(",", -1)).contains(state)) {
      return problem.said() == null
          ? "An override of %s waits for a decision; decide on that first, see keyroll overrides."
              .formatted(id.unit())
          : "You have %s %s already; it waits for another person."
              .formatted(Verdict.valueOf(problem.said().toUpperCase(Locale.ROOT)).past(), id);
    }
    return switch (state) {
      case "proposed" -> "%s is not held.".formatted(id);
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

  /** Takes down what the person says of those chosen. */
  void note(Person by, Verdict verdict, LocalDate asOf, @Nullable String cause) {
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

  /**
   * Marks those chosen on which enough persons have said the same.
   *
   * @param atLeast persons that it takes whatever the proposal needs
   * @return their ids
   */
  List<ProposalId> settle(Verdict verdict, LocalDate asOf, @Nullable String cause, int atLeast) {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE enough LIKE chosen").update();
    db.sql(
            """
            INSERT INTO enough
            SELECT c.* FROM chosen c
            WHERE (SELECT COUNT(DISTINCT d.person) FROM decision d WHERE d.run_id = c.run_id
                AND d.unit_id = c.unit_id AND d.verdict = ?)
              >= GREATEST(?, (SELECT MAX(o.needs) FROM proposal o
                WHERE o.run_id = c.run_id AND o.unit_id = c.unit_id))
            """)
        .params(verdict.id(), atLeast)
        .update();
    db.sql(
            """
            UPDATE proposal o JOIN enough USING (run_id, unit_id)
            SET o.state = ?, o.released = o.released OR ?, o.decided_on = ?, o.cause = ?,
              o.decided_by = (SELECT GROUP_CONCAT(DISTINCT d.person ORDER BY d.person SEPARATOR ', ')
                FROM decision d WHERE d.run_id = o.run_id AND d.unit_id = o.unit_id)
            WHERE o.state IN ('proposed', 'held')
            """)
        .param(verdict == Verdict.REJECT ? "rejected" : "approved")
        .param(verdict == Verdict.RELEASE)
        .param(asOf)
        .param(cause)
        .update();
    return db.sql("SELECT run_id, unit_id FROM enough ORDER BY unit_id, run_id")
        .query((row, n) -> new ProposalId(row.getLong(1), new UnitId(row.getLong(2))))
        .list();
  }

  /** What is open of a unit waits for a person from now on. */
  void dispute(UnitId unit, Scope scope) {
    db.sql(
            """
            UPDATE proposal o JOIN run r USING (run_id)
            SET o.needs = GREATEST(o.needs, 1), o.state = 'proposed'
            WHERE r.programme_id = ? AND o.unit_id = ? AND o.state IN ('proposed', 'held')
            """)
        .params(scope.programmeId(), unit.number())
        .update();
  }

  /** What is open of a unit does not follow any more. */
  void supersede(UnitId unit, Scope scope) {
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id) SET o.state = 'superseded'"
                + " WHERE r.programme_id = ? AND o.unit_id = ? AND "
                + Proposals.OPEN)
        .params(scope.programmeId(), unit.number())
        .update();
  }

  /** What persons have said of the proposals that are open, in the order of time. */
  List<Decisions.Decision> ofOpen(Scope scope) {
    return ofOpen(scope, "", List.of());
  }

  /** The same of some units, by their numbers. */
  List<Decisions.Decision> ofOpen(Scope scope, Collection<Long> units) {
    return units.isEmpty() ? List.of() : ofOpen(scope, " AND o.unit_id IN (:units)", units);
  }

  private List<Decisions.Decision> ofOpen(Scope scope, String which, Collection<Long> units) {
    return db.sql(
            "SELECT DISTINCT d.run_id, d.unit_id, d.verdict, d.person, d.cause, d.as_of,"
                + " d.decided_at FROM decision d JOIN proposal o USING (run_id, unit_id, act)"
                + " JOIN run r USING (run_id) WHERE r.programme_id = :programme AND "
                + Proposals.OPEN
                + which
                + " ORDER BY d.decided_at, d.run_id, d.unit_id, d.person")
        .param("programme", scope.programmeId())
        .param("units", units)
        .query(
            (row, n) ->
                new Decisions.Decision(
                    new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id"))),
                    Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                    row.getString("person"),
                    row.getString("cause"),
                    row.getObject("as_of", LocalDate.class),
                    at(row.getTimestamp("decided_at"))))
        .list();
  }

  /** What persons have said of the changes that made a revision, by day, verdict and person. */
  List<Decisions.Said> ofRevision(Scope scope, long revision) {
    return db.sql(
            "SELECT d.verdict, d.person, d.as_of, d.cause, COUNT(DISTINCT d.unit_id) AS units"
                + " FROM decision d JOIN proposal o USING (run_id, unit_id, act)"
                + " JOIN run r USING (run_id) WHERE r.programme_id = ? AND o.revision = ?"
                + " GROUP BY d.as_of, d.verdict, d.person, d.cause"
                + " ORDER BY d.as_of, d.verdict, d.person, d.cause")
        .params(scope.programmeId(), revision)
        .query(
            (row, n) ->
                new Decisions.Said(
                    Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                    row.getString("person"),
                    row.getObject("as_of", LocalDate.class),
                    row.getString("cause"),
                    row.getLong("units")))
        .list();
  }

  private static Instant at(java.sql.Timestamp stamp) {
    return stamp.toInstant();
  }
}

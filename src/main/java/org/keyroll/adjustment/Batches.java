package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
 * Proposals that are decided on together, under a name: an approver decides on the whole of a batch
 * or on nothing of it, and it goes out with one revision.
 */
@Service
public class Batches {
  private static final int LONGEST = 100;
  private static final int NAMED = 50;

  private final JdbcClient db;
  private final People people;
  private final Proposals proposals;
  private final Revisions revisions;
  private final Trail trail;

  Batches(JdbcClient db, People people, Proposals proposals, Revisions revisions, Trail trail) {
    this.db = db;
    this.people = people;
    this.proposals = proposals;
    this.revisions = revisions;
    this.trail = trail;
  }

  /**
   * A batch and what has become of its units.
   *
   * @param waiting units on which persons are still to decide
   * @param approved units that go out with the next revision, or are held with it
   * @param published units that have gone out
   */
  public record Batch(
      String name, String madeBy, LocalDate madeOn, long waiting, long approved, long published) {}

  /**
   * Puts proposals that wait for persons into a batch, which is made where there is none of the
   * name.
   *
   * @throws NotAllowed when the person may not
   * @throws Undecidable when some of them cannot be put there; then none is
   */
  @Transactional(rollbackFor = Exception.class)
  public void gather(
      Person by, Scope scope, LocalDate asOf, String name, Collection<ProposalId> ids)
      throws Exception {
    begin(by, scope, asOf);
    var called = name.strip();
    if (called.isEmpty() || called.length() > LONGEST || called.chars().anyMatch(c -> c < ' ')) {
      throw new Undecidable(
          List.of("A batch has a name of 1 to %d characters on one line.".formatted(LONGEST)));
    }
    var problems = problems(scope, ids, false);
    if (decided(scope, called)) {
      problems.add(
          "\"%s\" has been decided on; name another batch for what comes after.".formatted(called));
    }
    refuse(problems);
    db.sql(
            "INSERT INTO batch (programme_id, name, made_by, made_on) VALUES (?, ?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE batch_id = batch_id")
        .params(scope.programmeId(), called, by.name(), asOf)
        .update();
    db.sql(
            "UPDATE proposal o JOIN chosen USING (run_id, unit_id) SET o.batch_id = (SELECT"
                + " b.batch_id FROM batch b WHERE b.programme_id = ? AND b.name = ?) WHERE "
                + Proposals.OPEN)
        .params(scope.programmeId(), called)
        .update();
    note(by, "batch", called, ids);
  }

  /**
   * Takes proposals out of their batches, so that they are decided on by themselves.
   *
   * @throws NotAllowed when the person may not
   * @throws Undecidable when some of them are in none, or do not wait; then all stay
   */
  @Transactional(rollbackFor = Exception.class)
  public void takeOut(Person by, Scope scope, LocalDate asOf, Collection<ProposalId> ids)
      throws Exception {
    begin(by, scope, asOf);
    refuse(problems(scope, ids, true));
    db.sql(
            "UPDATE proposal o JOIN chosen USING (run_id, unit_id) SET o.batch_id = NULL WHERE "
                + Proposals.OPEN)
        .update();
    note(by, "unbatch", "", ids);
  }

  private void begin(Person by, Scope scope, LocalDate asOf) throws NotAllowed, Undecidable {
    people.require(by, Right.GATHER);
    proposals.lock(scope);
    revisions.refuseBefore(scope, asOf);
  }

  private void note(Person by, String act, String name, Collection<ProposalId> ids) {
    var ballot = new Ballot(List.copyOf(ids), List.of());
    trail.append(
        by.name(),
        act,
        ballot.subject(),
        (name.isEmpty() ? "" : "\"" + name + "\" — ") + ballot.named());
  }

  private static void refuse(List<String> problems) throws Undecidable {
    if (!problems.isEmpty()) {
      throw new Undecidable(problems);
    }
  }

  /** Whether a person has decided on part of a batch, which then stays as it is. */
  private boolean decided(Scope scope, String name) {
    return db.sql(
            "SELECT EXISTS (SELECT 1 FROM batch b JOIN proposal o USING (batch_id) JOIN decision d"
                + " USING (run_id, unit_id, act) WHERE b.programme_id = ? AND b.name = ?)")
        .params(scope.programmeId(), name)
        .query(Boolean.class)
        .single();
  }

  /** Chooses proposals and says what of them cannot be put into a batch, or taken out of one. */
  private List<String> problems(Scope scope, Collection<ProposalId> ids, boolean out)
      throws Exception {
    proposals.choose(ids);
    var sentences = new ArrayList<String>();
    db.sql(
            """
            SELECT c.run_id, c.unit_id, MAX(o.state) AS state, COALESCE(MAX(o.needs), 0) AS needs,
              MAX(b.name) AS batch, MAX(d.person) AS person
            FROM chosen c
              LEFT JOIN (proposal o JOIN run r ON r.run_id = o.run_id AND r.programme_id = ?)
                ON o.run_id = c.run_id AND o.unit_id = c.unit_id
              LEFT JOIN batch b ON b.batch_id = o.batch_id
              LEFT JOIN decision d ON d.run_id = o.run_id AND d.unit_id = o.unit_id
                AND d.act = o.act
            GROUP BY c.run_id, c.unit_id ORDER BY MAX(c.ordinal)
            """)
        .param(scope.programmeId())
        .query(
            row -> {
              var id = new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id")));
              var problem =
                  problem(
                      id,
                      row.getString("state"),
                      row.getInt("needs"),
                      row.getString("batch"),
                      row.getString("person"),
                      out);
              if (problem != null) {
                sentences.add(problem);
              }
            });
    int more = sentences.size() - NAMED;
    if (more > 0) {
      sentences.subList(NAMED, sentences.size()).clear();
      sentences.add("There are %,d more.".formatted(more));
    }
    return sentences;
  }

  private static @Nullable String problem(
      ProposalId id,
      @Nullable String state,
      int needs,
      @Nullable String batch,
      @Nullable String person,
      boolean out) {
    if (state == null) {
      return "There is no proposal %s.".formatted(id);
    }
    if (!state.equals("proposed") || needs == 0) {
      return "%s does not wait for persons.".formatted(id);
    }
    if (out) {
      return batch == null ? "%s is in no batch.".formatted(id) : null;
    }
    if (batch != null) {
      return "%s is in the batch \"%s\"; take it out of that first.".formatted(id, batch);
    }
    return person == null
        ? null
        : "%s has been decided on by %s already, and not by others.".formatted(id, person);
  }

  /** The batches of a programme, the oldest first. */
  public List<Batch> all(Scope scope) {
    return db.sql(
            """
            SELECT b.name, b.made_by, b.made_on,
              COUNT(DISTINCT IF(o.state = 'proposed', o.unit_id, NULL)) AS waiting,
              COUNT(DISTINCT IF(o.state IN ('approved', 'held'), o.unit_id, NULL)) AS approved,
              COUNT(DISTINCT IF(o.revision IS NOT NULL, o.unit_id, NULL)) AS published
            FROM batch b LEFT JOIN proposal o USING (batch_id)
            WHERE b.programme_id = ? GROUP BY b.batch_id ORDER BY b.batch_id
            """)
        .param(scope.programmeId())
        .query(
            (row, n) ->
                new Batch(
                    row.getString("name"),
                    row.getString("made_by"),
                    row.getObject("made_on", LocalDate.class),
                    row.getLong("waiting"),
                    row.getLong("approved"),
                    row.getLong("published")))
        .list();
  }

  /** The batches that open proposals are in, by their names. */
  public Map<ProposalId, String> ofOpen(Scope scope) {
    var names = new HashMap<ProposalId, String>();
    db.sql(
            "SELECT DISTINCT o.run_id, o.unit_id, b.name FROM proposal o JOIN batch b USING"
                + " (batch_id) WHERE b.programme_id = ? AND "
                + Proposals.OPEN)
        .param(scope.programmeId())
        .query(
            row -> {
              names.put(
                  new ProposalId(row.getLong(1), new UnitId(row.getLong(2))), row.getString(3));
            });
    return names;
  }
}

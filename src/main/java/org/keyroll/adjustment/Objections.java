package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.keyroll.adjustment.Objection.State;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Objections of units with their clocks; while one is open, its change does not become final. */
@Service
public class Objections {
  private static final RowMapper<Objection> OBJECTION =
      (row, n) ->
          new Objection(
              row.getLong("objection_id"),
              new UnitId(row.getLong("unit_id")),
              row.getLong("revision"),
              row.getObject("received_on", LocalDate.class),
              row.getObject("due_on", LocalDate.class),
              row.getString("said"),
              row.getString("filed_by"),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getString("decided_by"),
              row.getObject("decided_on", LocalDate.class),
              row.getString("cause"));

  private final JdbcClient db;
  private final People people;
  private final Proposals proposals;
  private final Trail trail;

  Objections(JdbcClient db, People people, Proposals proposals, Trail trail) {
    this.db = db;
    this.people = people;
    this.proposals = proposals;
    this.trail = trail;
  }

  /** All there have been, oldest first. */
  public List<Objection> all(Scope scope) {
    return db.sql("SELECT * FROM objection WHERE programme_id = ? ORDER BY objection_id")
        .param(scope.programmeId())
        .query(OBJECTION)
        .list();
  }

  /** All there have been of a unit, oldest first. */
  public List<Objection> of(Scope scope, UnitId unit) {
    return db.sql(
            "SELECT * FROM objection WHERE programme_id = ? AND unit_id = ? ORDER BY objection_id")
        .params(scope.programmeId(), unit.number())
        .query(OBJECTION)
        .list();
  }

  /** Those that are to be answered, oldest first. */
  public List<Objection> toAnswer(Scope scope) {
    return all(scope).stream().filter(o -> o.state() == State.OPEN).toList();
  }

  /** How many are to be answered. */
  public long open(Scope scope) {
    return db.sql("SELECT COUNT(*) FROM objection WHERE programme_id = ? AND state = 'open'")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /**
   * Puts down an objection against the last change of a unit that was published.
   *
   * @param receivedOn the day on which it came
   * @throws NotAllowed when the person may not put forward
   * @throws Undecidable when the programme knows no objections, there is nothing to object to, or
   *     it is too late
   */
  @Transactional(rollbackFor = Exception.class)
  public Objection file(Person by, Scope scope, UnitId unit, LocalDate receivedOn, String said)
      throws NotAllowed, Undecidable {
    people.require(by, Right.PROPOSE);
    proposals.lock(scope);
    var clock = scope.programme().approval().objections();
    if (clock == null) {
      throw refused("programme.yml gives no time for objections; see approval.objections.");
    }
    var published = proposals.of(scope, unit);
    if (published.isEmpty()) {
      throw refused(
          "No change of %s has been published; there is nothing to object to.".formatted(unit));
    }
    var last = published.get(published.size() - 1);
    var effective = last.change().effectiveOn();
    var until = effective.plus(clock.within());
    if (receivedOn.isBefore(effective) || receivedOn.isAfter(until)) {
      throw refused(
          "%s can object to revision %d from %s to %s; this came on %s."
              .formatted(unit, last.revision(), effective, until, receivedOn));
    }
    var open = of(scope, unit).stream().filter(o -> o.state() == State.OPEN).toList();
    if (!open.isEmpty()) {
      throw refused("%s of %s is open; answer it first.".formatted(open.get(0).id(), unit));
    }
    db.sql(
            "INSERT INTO objection (programme_id, unit_id, revision, received_on, due_on, said,"
                + " filed_by) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(
            scope.programmeId(),
            unit.number(),
            last.revision(),
            receivedOn,
            receivedOn.plus(clock.answer()),
            said,
            by.name())
        .update();
    long number = db.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    var made = find(scope, number);
    trail.append(by.name(), "objection", "%s of %s".formatted(made.id(), unit), said);
    return made;
  }

  /**
   * Answers an objection. To uphold it changes nothing by itself: an override or a mended file
   * does.
   *
   * @throws NotAllowed when the person may not decide
   * @throws Undecidable when it is not open, or the person has filed it
   */
  @Transactional(rollbackFor = Exception.class)
  public Objection answer(
      Person by, Scope scope, long number, boolean upheld, LocalDate asOf, String cause)
      throws NotAllowed, Undecidable {
    people.require(by, Right.DECIDE);
    proposals.lock(scope);
    var objection = find(scope, number);
    if (objection.state() != State.OPEN) {
      throw refused(
          "%s was %s by %s on %s."
              .formatted(
                  objection.id(),
                  objection.state().id(),
                  objection.decidedBy(),
                  objection.decidedOn()));
    }
    if (objection.filedBy().equals(by.name())) {
      throw refused("%s was filed by you; another person answers it.".formatted(objection.id()));
    }
    if (asOf.isBefore(objection.receivedOn())) {
      throw refused(
          "%s came on %s; answer it as of that day or later."
              .formatted(objection.id(), objection.receivedOn()));
    }
    db.sql(
            "UPDATE objection SET state = ?, decided_by = ?, decided_on = ?, cause = ?"
                + " WHERE objection_id = ?")
        .params((upheld ? State.UPHELD : State.DISMISSED).id(), by.name(), asOf, cause, number)
        .update();
    var answered = find(scope, number);
    trail.append(by.name(), answered.state().id(), answered.id(), cause);
    return answered;
  }

  private Objection find(Scope scope, long number) throws Undecidable {
    return all(scope).stream()
        .filter(o -> o.number() == number)
        .findFirst()
        .orElseThrow(
            () -> refused("There is no objection OB%d; see keyroll objections.".formatted(number)));
  }

  private static Undecidable refused(String sentence) {
    return new Undecidable(List.of(sentence));
  }
}

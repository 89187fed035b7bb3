package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Overrides and judgements, those that wait, hold and have ended. */
@Component
public class Overrides {
  private static final RowMapper<UnitOverride> OVERRIDE =
      (row, n) ->
          new UnitOverride(
              new OverrideId(row.getLong("override_id")),
              new UnitId(row.getLong("unit_id")),
              Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
              row.getString("tier"),
              row.getObject("zone", Integer.class),
              row.getString("ground"),
              row.getString("cause"),
              row.getObject("starts_on", LocalDate.class),
              row.getObject("ends_on", LocalDate.class),
              Proposals.makers(row.getString("makers")),
              row.getInt("needs"),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getString("decided_by"),
              row.getString("was"));

  private final JdbcClient db;

  Overrides(JdbcClient db) {
    this.db = db;
  }

  /** All there have been, in the order in which they were made. */
  public List<UnitOverride> all(Scope scope) {
    return db.sql("SELECT * FROM unit_override WHERE programme_id = ? ORDER BY override_id")
        .param(scope.programmeId())
        .query(OVERRIDE)
        .list();
  }

  /** All there have been of a unit, in the order in which they were made. */
  public List<UnitOverride> of(Scope scope, UnitId unit) {
    return db.sql(
            "SELECT * FROM unit_override WHERE programme_id = ? AND unit_id = ?"
                + " ORDER BY override_id")
        .params(scope.programmeId(), unit.number())
        .query(OVERRIDE)
        .list();
  }

  /** How many wait for persons. */
  public long waiting(Scope scope) {
    return db.sql(
            "SELECT COUNT(*) FROM unit_override WHERE programme_id = ? AND state = 'proposed'")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /** Those that wait for persons, are in force, or have ended and the list does not show it yet. */
  List<UnitOverride> live(Scope scope) {
    return db.sql(
            "SELECT * FROM unit_override WHERE programme_id = ? AND (state IN ('proposed',"
                + " 'approved') OR NOT seen) ORDER BY override_id")
        .param(scope.programmeId())
        .query(OVERRIDE)
        .list();
  }

  /** Those that wait for persons, in the order in which they were made. */
  public List<UnitOverride> proposed(Scope scope) {
    return db.sql(
            "SELECT * FROM unit_override WHERE programme_id = ? AND state = 'proposed'"
                + " ORDER BY override_id")
        .param(scope.programmeId())
        .query(OVERRIDE)
        .list();
  }

  /** The one with an id, whatever has become of it. */
  public Optional<UnitOverride> find(Scope scope, OverrideId id) {
    return db.sql("SELECT * FROM unit_override WHERE programme_id = ? AND override_id = ?")
        .params(scope.programmeId(), id.number())
        .query(OVERRIDE)
        .optional();
  }

  /** Keeps a new one and returns its id. */
  OverrideId add(Scope scope, UnitOverride made) {
    db.sql(
            """
            INSERT INTO unit_override (programme_id, unit_id, kind, tier, zone, ground, cause,
              starts_on, ends_on, makers, needs, state, decided_by, decided_on, was)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(scope.programmeId())
        .param(made.unit().number())
        .param(made.kind().id())
        .param(made.tier())
        .param(made.zone())
        .param(made.ground())
        .param(made.cause())
        .param(made.startsOn())
        .param(made.endsOn())
        .param(Proposals.joined(made.makers()))
        .param(made.needs())
        .param(made.state().id())
        .param(made.decidedBy())
        .param(made.state() == State.APPROVED ? made.startsOn() : null)
        .param(made.was())
        .update();
    return new OverrideId(db.sql("SELECT LAST_INSERT_ID()").query(Long.class).single());
  }

  void mark(OverrideId id, State state) {
    db.sql("UPDATE unit_override SET state = ?, seen = 0 WHERE override_id = ?")
        .params(state.id(), id.number())
        .update();
  }

  /** What has come to its end before a run's date; from then on the rules decide again. */
  void expire(Run run) {
    db.sql(
            "UPDATE unit_override SET state = 'expired', seen = 0 WHERE programme_id = ?"
                + " AND state IN ('proposed', 'approved') AND ends_on < ?")
        .params(run.scope().programmeId(), run.asOf())
        .update();
  }

  /** The list is as it should be for all that has ended and of whose unit nothing is open. */
  void seen(Run run) {
    db.sql(
            "UPDATE unit_override v SET v.seen = 1 WHERE v.programme_id = ? AND v.seen = 0"
                + " AND v.state NOT IN ('proposed', 'approved') AND NOT EXISTS (SELECT 1 FROM"
                + " proposal o WHERE o.unit_id = v.unit_id AND "
                + Proposals.OPEN
                + ")")
        .param(run.scope().programmeId())
        .update();
  }
}

package org.keyroll.identity;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The organisations there are. */
@Service
public class Units {
  private static final RowMapper<Unit> UNIT =
      (row, n) ->
          new Unit(
              new UnitId(row.getLong("unit_id")),
              row.getString("identifier"),
              row.getString("name"),
              row.getString("state"),
              row.getObject("merged_into") == null ? null : new UnitId(row.getLong("merged_into")),
              row.getObject("ended_on", LocalDate.class));

  private final JdbcClient db;

  Units(JdbcClient db) {
    this.db = db;
  }

  /** One organisation. */
  public record Unit(
      UnitId id,
      @Nullable String identifier,
      String name,
      String state,
      @Nullable UnitId mergedInto,
      @Nullable LocalDate endedOn) {}

  /** A record that is linked to a unit, and by which rule. */
  public record Link(long record, String source, String rule) {}

  /** Something that happened to a unit. */
  public record Event(
      String kind, LocalDate asOf, @Nullable String oldName, @Nullable UnitId other) {}

  /** Finds units by id, by identifier or by name, as a person types them. */
  public List<Unit> find(Scope scope, String text) {
    long id = 0;
    if (text.matches("[Uu]?[0-9]{1,10}")) {
      id = UnitId.parse(text).number();
    }
    return db.sql(
            """
            SELECT DISTINCT u.* FROM unit u LEFT JOIN unit_event e
              ON e.unit_id = u.unit_id AND e.kind = 'renamed'
            WHERE u.programme_id = ? AND (u.unit_id = ? OR u.name = ? OR e.old_name = ?
              OR SUBSTRING_INDEX(u.identifier, ':', -1) = ?)
            ORDER BY u.unit_id LIMIT 20
            """)
        .params(scope.programmeId(), id, text, text, text.toUpperCase(java.util.Locale.ROOT))
        .query(UNIT)
        .list();
  }

  /** The unit of a programme with this id. */
  public Optional<Unit> find(Scope scope, UnitId id) {
    return db.sql("SELECT * FROM unit WHERE programme_id = ? AND unit_id = ?")
        .params(scope.programmeId(), id.number())
        .query(UNIT)
        .optional();
  }

  /** The records in force that are linked to a unit. */
  public List<Link> links(Scope scope, UnitId unit) {
    return db.sql(
            """
            SELECT l.record_id, s.source, l.rule FROM link l
              JOIN record r ON r.record_id = l.record_id JOIN source s USING (source_id)
            WHERE l.unit_id = ? AND l.until_run = ? AND s.programme_id = ? ORDER BY l.record_id
            """)
        .params(unit.number(), Run.STILL, scope.programmeId())
        .query((row, n) -> new Link(row.getLong(1), row.getString(2), row.getString(3)))
        .list();
  }

  /** What happened to a unit, oldest first. */
  public List<Event> events(UnitId unit) {
    return db.sql("SELECT * FROM unit_event WHERE unit_id = ? ORDER BY run_id, kind")
        .param(unit.number())
        .query(
            (row, n) ->
                new Event(
                    row.getString("kind"),
                    row.getObject("as_of", LocalDate.class),
                    row.getString("old_name"),
                    row.getLong("other") == 0 ? null : new UnitId(row.getLong("other"))))
        .list();
  }
}

package org.keyroll.identity;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.unit.IdentifierScheme;
import org.keyroll.unit.Names;
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

  /**
   * Finds units by id, by identifier, or by a name they have or had, as a person types them; by
   * short name where none has the whole one.
   */
  public List<Unit> find(Scope scope, String text) {
    long id = 0;
    if (text.matches("[Uu]?[0-9]{1,10}")) {
      id = UnitId.parse(text).number();
    }
    var code = text.toUpperCase(Locale.ROOT);
    var codes = IdentifierScheme.names().stream().map(scheme -> scheme + ":" + code).toList();
    var names = new Names(scope.definitions().matching().legalForms());
    var full = names.full(text).orElse(text);
    var brief = names.briefOf(full).orElse(null);
    var found =
        db.sql(
                """
                SELECT u.* FROM unit u JOIN (
                  SELECT :id AS unit_id
                  UNION SELECT unit_id FROM unit WHERE identifier IN (:codes)
                  UNION SELECT unit_id FROM unit
                    WHERE brief_name = :brief AND (name = :text OR full_name = :full)
                  UNION SELECT unit_id FROM unit WHERE brief_name IS NULL AND name = :text
                  UNION SELECT unit_id FROM unit_alias WHERE full_name = :full
                ) x USING (unit_id)
                WHERE u.programme_id = :programme ORDER BY u.unit_id LIMIT 20
                """)
            .param("id", id)
            .param("codes", codes)
            .param("brief", brief)
            .param("full", full)
            .param("text", text)
            .param("programme", scope.programmeId())
            .query(UNIT)
            .list();
    if (!found.isEmpty() || brief == null) {
      return found;
    }
    return db.sql(
            "SELECT * FROM unit WHERE brief_name = ? AND programme_id = ? ORDER BY unit_id LIMIT 20")
        .params(brief, scope.programmeId())
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

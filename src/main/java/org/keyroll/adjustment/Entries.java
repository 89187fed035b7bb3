package org.keyroll.adjustment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** The units on the list, revision by revision. */
@Component
public class Entries {
  private static final List<String> COLUMNS =
      List.of("programme_id", "unit_id", "since_revision", "tier", "entered_on", "entry");

  private final JdbcClient db;
  private final DataSource dataSource;

  Entries(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** The list in force, by unit number, in order. */
  Map<Long, Entry> current(Scope scope) {
    return until(scope, Run.STILL);
  }

  /** The entries that a revision has ended, by unit number, in order. */
  public Map<Long, Entry> endedBy(Scope scope, long revision) {
    return until(scope, revision);
  }

  /** The tier of a unit on the list in force; null where it is not on it. */
  @Nullable String tier(Scope scope, UnitId unit) {
    return db.sql(
            "SELECT tier FROM entry WHERE programme_id = ? AND unit_id = ? AND until_revision = ?")
        .params(scope.programmeId(), unit.number(), Run.STILL)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** The names under which units are listed, or were last, by unit number. */
  public Map<Long, String> names(Scope scope, List<Long> units) {
    var names = new LinkedHashMap<Long, String>();
    if (!units.isEmpty()) {
      db.sql(
              "SELECT unit_id, JSON_VALUE(entry, '$.name') FROM entry WHERE programme_id = :programme"
                  + " AND unit_id IN (:units) ORDER BY unit_id, since_revision")
          .param("programme", scope.programmeId())
          .param("units", units)
          .query(
              row -> {
                names.put(row.getLong(1), row.getString(2));
              });
    }
    return names;
  }

  /** A unit on the list of a revision; empty where it is not on it. */
  public Optional<Entry> of(Scope scope, long revision, UnitId unit) {
    return db.sql(
            "SELECT entry FROM entry WHERE programme_id = ? AND unit_id = ?"
                + " AND since_revision <= ? AND until_revision > ?")
        .params(scope.programmeId(), unit.number(), revision, revision)
        .query((row, n) -> EntryJson.read(row.getString(1)))
        .optional();
  }

  /** The tiers of the list in force, by unit number. */
  public Map<Long, String> tiers(Scope scope) {
    var tiers = new LinkedHashMap<Long, String>();
    db.sql(
            "SELECT unit_id, tier FROM entry WHERE programme_id = ? AND until_revision = ?"
                + " ORDER BY unit_id")
        .params(scope.programmeId(), Run.STILL)
        .query(
            row -> {
              tiers.put(row.getLong(1), row.getString(2));
            });
    return tiers;
  }

  /** The list of a revision, by unit number, in order. */
  public Map<Long, Entry> of(Scope scope, long revision) {
    return read(
        "SELECT unit_id, entry FROM entry WHERE programme_id = ? AND since_revision <= ?"
            + " AND until_revision > ? ORDER BY unit_id",
        List.of(scope.programmeId(), revision, revision));
  }

  /** The last entry that each of some units had by a revision, by unit number. */
  public Map<Long, Entry> last(Scope scope, long revision, Collection<Long> units) {
    var entries = new LinkedHashMap<Long, Entry>();
    if (!units.isEmpty()) {
      db.sql(
              """
              SELECT unit_id, entry FROM (
                SELECT unit_id, entry,
                  ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY until_revision DESC) AS place
                FROM entry WHERE programme_id = :programme AND unit_id IN (:units)
                AND since_revision <= :revision) x
              WHERE place = 1 ORDER BY unit_id
              """)
          .param("programme", scope.programmeId())
          .param("units", units)
          .param("revision", revision)
          .query(
              row -> {
                entries.put(row.getLong(1), EntryJson.read(row.getString(2)));
              });
    }
    return entries;
  }

  private Map<Long, Entry> until(Scope scope, long revision) {
    return read(
        "SELECT unit_id, entry FROM entry WHERE programme_id = ? AND until_revision = ?"
            + " ORDER BY unit_id",
        List.of(scope.programmeId(), revision));
  }

  private Map<Long, Entry> read(String sql, List<?> params) {
    var entries = new LinkedHashMap<Long, Entry>();
    db.sql(sql)
        .params(params)
        .query(
            row -> {
              entries.put(row.getLong(1), EntryJson.read(row.getString(2)));
            });
    return entries;
  }

  /** Puts the entries of proposals in force with a revision. */
  void apply(Scope scope, long revision, List<Proposal> accepted) throws Exception {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE applied LIKE entry").update();
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(
          connection,
          "applied",
          COLUMNS,
          lines -> {
            long last = 0;
            for (var proposal : accepted) {
              if (proposal.unit() == last) {
                continue; // several changes of one unit carry the same entry
              }
              last = proposal.unit();
              var entry = proposal.entry();
              lines
                  .add(scope.programmeId())
                  .add(proposal.unit())
                  .add(revision)
                  .add(entry == null ? "" : entry.tier())
                  .add(entry == null ? "1000-01-01" : entry.enteredOn().toString())
                  .add(entry == null ? "" : EntryJson.write(entry))
                  .end();
            }
          });
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
    db.sql(
            """
            UPDATE applied a STRAIGHT_JOIN entry e FORCE INDEX (PRIMARY)
              ON e.programme_id = a.programme_id AND e.unit_id = a.unit_id
              AND e.until_revision = ? AND e.since_revision < a.since_revision
            SET e.until_revision = a.since_revision
            """)
        .param(Run.STILL)
        .update();
    // A unit that leaves has no entry.
    db.sql("INSERT IGNORE INTO entry SELECT * FROM applied WHERE entry <> ''").update();
    db.sql("DROP TEMPORARY TABLE applied").update();
  }
}

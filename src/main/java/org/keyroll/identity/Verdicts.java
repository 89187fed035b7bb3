package org.keyroll.identity;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people said of two records: that they are the same unit, or never are. It holds for the keys
 * of the records, so it outlives their versions; undone, it stays on record.
 */
@Service
public class Verdicts {
  private static final String RECORDS =
      """
      FROM verdict v
        JOIN record a FORCE INDEX (in_force) ON a.source_id = v.source_a
          AND a.until_run = 4294967295 AND a.key_hash = v.key_hash_a AND a.record_key = v.key_a
        JOIN record b FORCE INDEX (in_force) ON b.source_id = v.source_b
          AND b.until_run = 4294967295 AND b.key_hash = v.key_hash_b AND b.record_key = v.key_b
      WHERE v.programme_id = ?
      """;

  private final JdbcClient db;
  private final Trail trail;

  Verdicts(JdbcClient db, Trail trail) {
    this.db = db;
    this.trail = trail;
  }

  /** What may be said of two records. */
  public enum Kind {
    SAME,
    DIFFERENT;

    String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A verdict, and whether and why it was undone. */
  public record Verdict(
      long id,
      Kind kind,
      String sourceA,
      String keyA,
      String sourceB,
      String keyB,
      LocalDate asOf,
      String decidedBy,
      String cause,
      @Nullable String undoneBy,
      @Nullable String undoneCause) {}

  /** Who decides, when and why. */
  public record By(String who, LocalDate asOf, String cause) {}

  /**
   * Takes down a verdict; the next run acts on it.
   *
   * @return its number
   */
  @Transactional
  public long decide(Scope scope, long recordA, long recordB, Kind kind, By by) {
    db.sql(
            """
            INSERT INTO verdict (programme_id, source_a, key_hash_a, key_a, source_b, key_hash_b,
                key_b, verdict, as_of, decided_by, cause)
            SELECT ?, a.source_id, a.key_hash, a.record_key, b.source_id, b.key_hash, b.record_key,
                ?, ?, ?, ?
            FROM record a JOIN record b WHERE a.record_id = ? AND b.record_id = ?
            """)
        .params(
            scope.programmeId(),
            kind.id(),
            by.asOf(),
            by.who(),
            by.cause(),
            Math.min(recordA, recordB),
            Math.max(recordA, recordB))
        .update();
    long id = db.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    // The last word counts: an earlier one on the same two records is over.
    db.sql(
            """
            UPDATE verdict v JOIN verdict n ON n.verdict_id = ? AND v.source_a = n.source_a
              AND v.key_hash_a = n.key_hash_a AND v.key_a = n.key_a AND v.source_b = n.source_b
              AND v.key_hash_b = n.key_hash_b AND v.key_b = n.key_b
            SET v.undone_by = n.decided_by, v.undone_as_of = n.as_of, v.undone_cause = n.cause
            WHERE v.verdict_id < n.verdict_id AND v.undone_by IS NULL
            """)
        .param(id)
        .update();
    trail.append(
        by.who(),
        "verdict " + kind.id(),
        "verdict " + id,
        "as of " + by.asOf() + ": " + by.cause());
    return id;
  }

  /** Takes a verdict back; true unless it was not in force. */
  @Transactional
  public boolean undo(Scope scope, long verdict, By by) {
    int undone =
        db.sql(
                "UPDATE verdict SET undone_by = ?, undone_as_of = ?, undone_cause = ?, pending = 1"
                    + " WHERE verdict_id = ? AND programme_id = ? AND undone_by IS NULL")
            .params(by.who(), by.asOf(), by.cause(), verdict, scope.programmeId())
            .update();
    if (undone > 0) {
      trail.append(
          by.who(), "undo verdict", "verdict " + verdict, "as of " + by.asOf() + ": " + by.cause());
    }
    return undone > 0;
  }

  /** All verdicts, oldest first. */
  public List<Verdict> all(Scope scope) {
    return db.sql(
            """
            SELECT v.*, a.source AS a, b.source AS b FROM verdict v
              JOIN source a ON a.source_id = v.source_a JOIN source b ON b.source_id = v.source_b
            WHERE v.programme_id = ? ORDER BY v.verdict_id
            """)
        .param(scope.programmeId())
        .query(
            (row, n) ->
                new Verdict(
                    row.getLong("verdict_id"),
                    Kind.valueOf(row.getString("verdict").toUpperCase(java.util.Locale.ROOT)),
                    row.getString("a"),
                    row.getString("key_a"),
                    row.getString("b"),
                    row.getString("key_b"),
                    row.getObject("as_of", LocalDate.class),
                    row.getString("decided_by"),
                    row.getString("cause"),
                    row.getString("undone_by"),
                    row.getString("undone_cause")))
        .list();
  }

  /** Records in force that a verdict of a kind in force speaks of. */
  List<long[]> inForce(Run run, Kind kind) {
    return db.sql(
            "SELECT a.record_id, b.record_id "
                + RECORDS
                + " AND v.verdict = ? AND v.undone_by IS NULL ORDER BY v.verdict_id")
        .params(run.scope().programmeId(), kind.id())
        .query((row, n) -> new long[] {row.getLong(1), row.getLong(2)})
        .list();
  }

  /** Records that a verdict speaks of which no run has acted on yet. */
  List<Long> pending(Run run) {
    return db
        .sql("SELECT a.record_id, b.record_id " + RECORDS + " AND v.pending")
        .param(run.scope().programmeId())
        .query((row, n) -> List.of(row.getLong(1), row.getLong(2)))
        .list()
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  void settle(Run run) {
    db.sql("UPDATE verdict SET pending = 0 WHERE programme_id = ? AND pending")
        .param(run.scope().programmeId())
        .update();
  }
}

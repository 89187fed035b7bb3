package org.keyroll.identity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Account;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people said of two records: that they are the same unit, or never are. It holds for the keys
 * of the records, so it outlives their versions; undone, it stays on record.
 */
@Service
public class Verdicts {
  // Both records in the version in force.
  private static final String RECORDS =
      """
      FROM verdict v
        JOIN record a FORCE INDEX (in_force) ON a.source_id = v.source_a
          AND a.until_run = 4294967295 AND a.key_hash = v.key_hash_a AND a.record_key = v.key_a
        JOIN record b FORCE INDEX (in_force) ON b.source_id = v.source_b
          AND b.until_run = 4294967295 AND b.key_hash = v.key_hash_b AND b.record_key = v.key_b
      WHERE v.programme_id = ?
      """;

  /** Whether the verdict {@code v} is in force and speaks of the records {@code a}, {@code b}. */
  static final String SPEAKS_OF_BOTH =
      """
      v.undone_by IS NULL AND (
        v.source_a = a.source_id AND v.key_hash_a = a.key_hash AND v.key_a = a.record_key
          AND v.source_b = b.source_id AND v.key_hash_b = b.key_hash AND v.key_b = b.record_key
        OR v.source_a = b.source_id AND v.key_hash_a = b.key_hash AND v.key_a = b.record_key
          AND v.source_b = a.source_id AND v.key_hash_b = a.key_hash AND v.key_b = a.record_key)
      """;

  private final JdbcClient db;
  private final People people;
  private final Trail trail;

  Verdicts(JdbcClient db, People people, Trail trail) {
    this.db = db;
    this.people = people;
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

  private record By(String who, LocalDate asOf, String cause) {}

  /** What is said of two records, as of a date, and why. */
  public record Ruling(long recordA, long recordB, Kind kind, LocalDate asOf, String cause) {}

  /**
   * Takes down verdicts, all or none; the next run acts on them.
   *
   * @param person who says so; null for the account of the process, while nobody is registered
   * @return their numbers
   */
  @Transactional(rollbackFor = Exception.class)
  public List<Long> decide(Scope scope, List<Ruling> rulings, @Nullable Person person)
      throws NotAllowed {
    var who = name(person);
    betweenRuns();
    var numbers = new ArrayList<Long>();
    for (var ruling : rulings) {
      numbers.add(
          decide(
              scope,
              Math.min(ruling.recordA(), ruling.recordB()),
              Math.max(ruling.recordA(), ruling.recordB()),
              ruling.kind(),
              new By(who, ruling.asOf(), ruling.cause())));
    }
    return numbers;
  }

  private String name(@Nullable Person person) throws NotAllowed {
    if (person != null) {
      people.require(person, Right.IDENTIFY);
      return person.name();
    }
    if (!people.all().isEmpty()) {
      throw new NotAllowed("Persons are registered here; who says this must be one of them.");
    }
    return Account.current();
  }

  /** A run that is at work would not see the verdict and still count it as acted on. */
  private void betweenRuns() {
    db.sql("SELECT token FROM lease FOR UPDATE").query(Long.class).single();
  }

  private long decide(Scope scope, long recordA, long recordB, Kind kind, By by) {
    db.sql(
            """
            INSERT INTO verdict (programme_id, source_a, key_hash_a, key_a, source_b, key_hash_b,
                key_b, verdict, as_of, decided_by, cause)
            SELECT ?, a.source_id, a.key_hash, a.record_key, b.source_id, b.key_hash, b.record_key,
                ?, ?, ?, ?
            FROM record a JOIN record b WHERE a.record_id = ? AND b.record_id = ?
            """)
        .params(scope.programmeId(), kind.id(), by.asOf(), by.who(), by.cause(), recordA, recordB)
        .update();
    long id = db.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    // The last word counts: an earlier one on the same two records is over.
    db.sql(
            """
            UPDATE verdict v JOIN verdict n ON n.verdict_id = ? AND v.programme_id = n.programme_id
              AND (v.source_a = n.source_a AND v.key_hash_a = n.key_hash_a AND v.key_a = n.key_a
                  AND v.source_b = n.source_b AND v.key_hash_b = n.key_hash_b AND v.key_b = n.key_b
                OR v.source_a = n.source_b AND v.key_hash_a = n.key_hash_b AND v.key_a = n.key_b
                  AND v.source_b = n.source_a AND v.key_hash_b = n.key_hash_a AND v.key_b = n.key_a)
            SET v.undone_by = n.decided_by, v.undone_as_of = n.as_of, v.undone_cause = n.cause,
              v.pending = 1
            WHERE v.verdict_id < n.verdict_id AND v.undone_by IS NULL
            """)
        .param(id)
        .update();
    db.sql(
            "DELETE FROM candidate WHERE record_a = ? AND record_b = ?"
                + " OR record_a = ? AND record_b = ?")
        .params(recordA, recordB, recordB, recordA)
        .update();
    trail.append(
        by.who(),
        "verdict " + kind.id(),
        "verdict " + id,
        "as of " + by.asOf() + ": " + by.cause());
    return id;
  }

  /**
   * Takes a verdict back, from the next run on.
   *
   * @param block whether the two records are never the same from then on
   * @param person as for {@link #decide}
   * @return true unless it was not in force
   */
  @Transactional(rollbackFor = Exception.class)
  public boolean undo(
      Scope scope,
      long verdict,
      boolean block,
      LocalDate asOf,
      String cause,
      @Nullable Person person)
      throws NotAllowed {
    var by = new By(name(person), asOf, cause);
    betweenRuns();
    int undone =
        db.sql(
                "UPDATE verdict SET undone_by = ?, undone_as_of = ?, undone_cause = ?, pending = 1"
                    + " WHERE verdict_id = ? AND programme_id = ? AND undone_by IS NULL")
            .params(by.who(), by.asOf(), by.cause(), verdict, scope.programmeId())
            .update();
    if (undone == 0) {
      return false;
    }
    trail.append(
        by.who(),
        block ? "undo and block verdict" : "undo verdict",
        "verdict " + verdict,
        "as of " + by.asOf() + ": " + by.cause());
    if (block) {
      db.sql(
              """
              INSERT INTO verdict (programme_id, source_a, key_hash_a, key_a, source_b, key_hash_b,
                  key_b, verdict, as_of, decided_by, cause)
              SELECT programme_id, source_a, key_hash_a, key_a, source_b, key_hash_b, key_b,
                  'different', ?, ?, ?
              FROM verdict WHERE verdict_id = ?
              """)
          .params(by.asOf(), by.who(), by.cause(), verdict)
          .update();
    }
    return true;
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

  /** Records that a verdict of a kind in force speaks of. */
  List<long[]> inForce(Run run, Kind kind) {
    return pairs(run, " AND v.verdict = '" + kind.id() + "' AND v.undone_by IS NULL");
  }

  /** Two records that were kept apart until a person took that back, and no run has acted yet. */
  List<long[]> rejoined(Run run) {
    return pairs(run, " AND v.verdict = 'different' AND v.undone_by IS NOT NULL AND v.pending");
  }

  /** Two records that were held together until a person took that back. */
  List<long[]> released(Run run) {
    return pairs(run, " AND v.verdict = 'same' AND v.undone_by IS NOT NULL AND v.pending");
  }

  /** Records of verdicts that no run has acted on yet. */
  List<long[]> pending(Run run) {
    return pairs(run, " AND v.pending");
  }

  private List<long[]> pairs(Run run, String which) {
    return db.sql("SELECT a.record_id, b.record_id " + RECORDS + which + " ORDER BY v.verdict_id")
        .param(run.scope().programmeId())
        .query((row, n) -> new long[] {row.getLong(1), row.getLong(2)})
        .list();
  }

  /** Numbers of the sources that verdicts speak of. */
  Set<Integer> sources(Run run) {
    return new TreeSet<>(
        db.sql(
                "SELECT source_a FROM verdict WHERE programme_id = ?"
                    + " UNION SELECT source_b FROM verdict WHERE programme_id = ?")
            .params(run.scope().programmeId(), run.scope().programmeId())
            .query(Integer.class)
            .list());
  }

  /**
   * Puts down, in a temporary table {@code forbidden}, which records must not be linked to which
   * units, because a person keeps them apart from a record that is there or was before it changed.
   */
  void forbid(Run run) {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE forbidden (record_id BIGINT UNSIGNED NOT NULL,"
                + " unit_id INT UNSIGNED NOT NULL, PRIMARY KEY (record_id, unit_id))"
                + " ENGINE=Aria TRANSACTIONAL=0")
        .update();
    for (var pair : inForce(run, Kind.DIFFERENT)) {
      var one = units(run, pair[0]);
      var two = units(run, pair[1]);
      // Two in one unit are parted when the units are settled; until then either may stay.
      for (long unit : two) {
        forbid(pair[0], unit, one);
      }
      for (long unit : one) {
        forbid(pair[1], unit, two);
      }
    }
  }

  private void forbid(long record, long unit, List<Long> own) {
    if (!own.contains(unit)) {
      db.sql("INSERT IGNORE INTO forbidden VALUES (?, ?)").params(record, unit).update();
    }
  }

  /** The unit of a record, and that of the version of it which this run has closed. */
  private List<Long> units(Run run, long record) {
    return db.sql(
            """
            SELECT l.unit_id FROM link l WHERE l.record_id = ? AND l.until_run = ?
            UNION SELECT l.unit_id FROM record n
              JOIN record o FORCE INDEX (in_force) ON o.source_id = n.source_id
                AND o.until_run = n.since_run AND o.key_hash = n.key_hash
                AND o.record_key = n.record_key
              JOIN link l ON l.record_id = o.record_id AND l.until_run = ?
            WHERE n.record_id = ?
            """)
        .params(record, Run.STILL, run.id(), record)
        .query(Long.class)
        .list();
  }

  void settle(Run run) {
    db.sql("UPDATE verdict SET pending = 0 WHERE programme_id = ? AND pending")
        .param(run.scope().programmeId())
        .update();
  }
}

package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.SQLException;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;

/**
 * Which rows counted for which unit after a run. A row that has been sent since counts where it
 * does now, and one that is no longer there for none.
 */
record Grouping(Scope scope, long run) {
  private static final String MOVED =
      "CREATE OR REPLACE TEMPORARY TABLE moved (record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,"
          + " was INT UNSIGNED NULL)";

  /** Rows that say the same and count for another unit, or for none. */
  private static final String MOVED_ON =
      """
      INSERT IGNORE INTO moved SELECT r.record_id, o.unit_id
      FROM unit t STRAIGHT_JOIN link o FORCE INDEX (of_unit)
          ON o.unit_id = t.unit_id AND o.until_run > {run} AND o.until_run < {still}
        STRAIGHT_JOIN record r ON r.record_id = o.record_id AND r.since_run <= {run}
          AND r.until_run = {still}
        LEFT JOIN link n ON n.record_id = r.record_id AND n.until_run = {still}
      WHERE t.programme_id = {programme} AND t.touched_run > {run} AND o.since_run <= {run}
        AND NOT n.unit_id <=> o.unit_id
      """;

  /** Rows that waited and that a person has joined; what else waited, new rows have led on. */
  private static final String JOINED =
      """
      INSERT IGNORE INTO moved SELECT r.record_id, NULL
      FROM unit t STRAIGHT_JOIN link n FORCE INDEX (of_unit)
          ON n.unit_id = t.unit_id AND n.until_run = {still} AND n.since_run > {run}
        STRAIGHT_JOIN record r ON r.record_id = n.record_id AND r.since_run <= {run}
          AND r.until_run = {still}
        LEFT JOIN link o ON o.record_id = r.record_id AND o.since_run <= {run}
          AND o.until_run > {run}
      WHERE t.programme_id = {programme} AND t.touched_run > {run} AND o.record_id IS NULL
        AND n.rule IN ('verdict', 'merger')
      """;

  private static final String STAYED =
      """
      INSERT INTO gathered SELECT due.unit_id, r.record_id
      FROM due STRAIGHT_JOIN link l FORCE INDEX (of_unit)
          ON l.unit_id = due.unit_id AND l.until_run = {still}
        STRAIGHT_JOIN record r ON r.record_id = l.record_id AND r.until_run = {still}
        LEFT JOIN moved m ON m.record_id = l.record_id
      WHERE m.record_id IS NULL
      """;

  /** As {@link UnitRecords} reads units; one that had no row yet was not known. */
  private static final String UNITS =
      """
      SELECT due.unit_id, u.identifier,
        CASE WHEN u.since_run > {run} AND g.record_id IS NULL THEN 'unknown'
          WHEN p.unit_id IS NULL THEN u.state
          WHEN u.state = 'merged' OR p.state = 'merged' THEN p.state
          ELSE u.state END,
        r.record_id, r.source_id, r.payload
      FROM due JOIN unit u USING (unit_id)
        LEFT JOIN unit_past p ON p.unit_id = u.unit_id AND p.until_run = (
          SELECT MIN(q.until_run) FROM unit_past q
          WHERE q.unit_id = u.unit_id AND q.until_run > {run})
        LEFT JOIN gathered g ON g.unit_id = due.unit_id
        LEFT JOIN record r ON r.record_id = g.record_id
      ORDER BY due.unit_id
      """;

  private static final String OTHERS =
      """
      SELECT EXISTS (SELECT 1 FROM moved) OR EXISTS (
        SELECT 1 FROM unit_past p JOIN unit u USING (unit_id)
        WHERE u.programme_id = {programme} AND p.until_run > {run}
          AND (p.state = 'merged' OR u.state = 'merged'))
      """;

  /** Whether it is another one than now: rows have moved, or units were joined or parted. */
  boolean isAnother(Connection connection) throws SQLException {
    collectMoved(connection);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(filled(OTHERS))) {
      rows.next();
      return rows.getBoolean(1);
    } finally {
      execute(connection, "DROP TEMPORARY TABLE moved");
    }
  }

  private void collectMoved(Connection connection) throws SQLException {
    execute(connection, MOVED);
    execute(connection, MOVED_ON);
    execute(connection, JOINED);
  }

  /**
   * Puts the rows of the units in the table {@code due} into {@code gathered}; returns the query
   * for them.
   */
  String gather(Connection connection) throws SQLException {
    execute(
        connection,
        "CREATE OR REPLACE TEMPORARY TABLE gathered (unit_id INT UNSIGNED NOT NULL, record_id"
            + " BIGINT UNSIGNED NOT NULL, PRIMARY KEY (unit_id, record_id))");
    collectMoved(connection);
    execute(connection, STAYED);
    execute(
        connection,
        "INSERT IGNORE INTO gathered SELECT due.unit_id, m.record_id FROM moved m"
            + " JOIN due ON due.unit_id = m.was");
    execute(connection, "DROP TEMPORARY TABLE moved");
    return filled(UNITS);
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(filled(sql));
    }
  }

  private String filled(String sql) {
    return sql.replace("{still}", Long.toString(Run.STILL))
        .replace("{run}", Long.toString(run))
        .replace("{programme}", Integer.toString(scope.programmeId()));
  }
}

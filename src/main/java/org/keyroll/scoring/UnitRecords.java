package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Payload;

/** Reads the records of many units in one go, unit by unit. */
final class UnitRecords {
  private final Map<Integer, String> sources = new HashMap<>();

  /** Called for each unit, in the order of their ids. */
  @FunctionalInterface
  interface Each {
    void unit(long unit, List<UnitRecord> records) throws Exception;
  }

  UnitRecords(Scope scope) {
    scope.sourceIds().forEach((source, id) -> sources.put(id, source));
  }

  /** Sources that have ever delivered rows. */
  static Set<String> delivered(Connection connection, Scope scope) throws SQLException {
    var delivered = new HashSet<String>();
    try (var statement =
        connection.prepareStatement(
            "SELECT DISTINCT s.source FROM delivery d JOIN source s USING (source_id)"
                + " WHERE s.programme_id = ? AND d.state IN ('ingested', 'resolved')")) {
      statement.setInt(1, scope.programmeId());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          delivered.add(rows.getString(1));
        }
      }
    }
    return delivered;
  }

  /**
   * Streams the records in force of the units in the table {@code due (unit_id)}.
   *
   * @param connection one that nothing else is done on until all rows are read
   */
  void due(Connection connection, Each each) throws Exception {
    try (var statement =
        connection.prepareStatement(
            """
            SELECT due.unit_id, r.record_id, r.source_id, r.payload
            FROM due
              LEFT JOIN link l FORCE INDEX (of_unit)
                ON l.unit_id = due.unit_id AND l.until_run = ?
              LEFT JOIN record r ON r.record_id = l.record_id AND r.until_run = ?
            ORDER BY due.unit_id
            """)) {
      statement.setFetchSize(10_000);
      statement.setLong(1, Run.STILL);
      statement.setLong(2, Run.STILL);
      try (var rows = statement.executeQuery()) {
        byUnit(rows, each);
      }
    }
  }

  private void byUnit(ResultSet rows, Each each) throws Exception {
    long unit = -1;
    var records = new ArrayList<UnitRecord>();
    while (rows.next()) {
      if (rows.getLong(1) != unit) {
        hand(unit, records, each);
        unit = rows.getLong(1);
        records.clear();
      }
      long record = rows.getLong(2);
      if (!rows.wasNull()) {
        records.add(
            new UnitRecord(
                record, sources.getOrDefault(rows.getInt(3), ""), Payload.read(rows.getString(4))));
      }
    }
    hand(unit, records, each);
  }

  private static void hand(long unit, List<UnitRecord> records, Each each) throws Exception {
    if (unit >= 0) {
      records.sort(Comparator.comparingLong(UnitRecord::recordId));
      each.unit(unit, records);
    }
  }
}

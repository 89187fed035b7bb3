package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source.Supplies;

/** Reads the records of many units in one go, unit by unit. */
final class UnitRecords {
  /** Bits of a record's id that number the rows of its delivery. */
  private static final int ROW_BITS = 25;

  private final Facts facts;
  private final Map<Integer, Integer> sources = new HashMap<>();
  private final Map<Integer, LocalDate> deliveredOn = new HashMap<>();

  /** Called for each unit, in the order of their ids. */
  @FunctionalInterface
  interface Each {
    void unit(UnitInput unit) throws Exception;
  }

  UnitRecords(Connection connection, Scope scope, Facts facts) throws SQLException {
    this.facts = facts;
    for (int i = 0; i < facts.sources().size(); i++) {
      sources.put(scope.sourceId(facts.sources().get(i)), i);
    }
    deliveries(connection, scope);
  }

  /** A snapshot confirms all records in force; an addition only those that it brought. */
  private void deliveries(Connection connection, Scope scope) throws SQLException {
    var last = new HashMap<String, LocalDate>();
    var sourceOf = new HashMap<Integer, String>();
    try (var statement =
        connection.prepareStatement(
            "SELECT d.delivery_id, s.source, d.as_of FROM delivery d JOIN source s USING"
                + " (source_id) WHERE s.programme_id = ? AND d.state IN ('ingested', 'resolved')"
                + " ORDER BY d.delivery_id")) {
      statement.setInt(1, scope.programmeId());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var asOf = rows.getDate(3).toLocalDate();
          deliveredOn.put(rows.getInt(1), asOf);
          sourceOf.put(rows.getInt(1), rows.getString(2));
          last.put(rows.getString(2), asOf);
        }
      }
    }
    sourceOf.forEach(
        (delivery, source) -> {
          var definition = scope.definitions().sources().get(source);
          var newest = last.get(source);
          if (definition != null && newest != null && definition.supplies() == Supplies.SNAPSHOT) {
            deliveredOn.put(delivery, newest);
          }
        });
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
            SELECT due.unit_id, u.identifier, u.state, r.record_id, r.source_id, r.payload
            FROM due JOIN unit u USING (unit_id)
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
    UnitInput unit = null;
    while (rows.next()) {
      long id = rows.getLong(1);
      if (unit == null || unit.unit() != id) {
        hand(unit, each);
        unit =
            new UnitInput(
                id, rows.getString(2), "active".equals(rows.getString(3)), new ArrayList<>(2));
      }
      long record = rows.getLong(4);
      var source = sources.get(rows.getInt(5));
      if (record != 0 && source != null) {
        unit.records()
            .add(
                new UnitRecord(
                    record,
                    source,
                    deliveredOn.getOrDefault((int) (record >> ROW_BITS), LocalDate.EPOCH),
                    facts.fields(source).read(rows.getBytes(6))));
      }
    }
    hand(unit, each);
  }

  private static void hand(@Nullable UnitInput unit, Each each) throws Exception {
    if (unit != null) {
      unit.records().sort(Comparator.comparingLong(UnitRecord::recordId));
      each.unit(unit);
    }
  }
}

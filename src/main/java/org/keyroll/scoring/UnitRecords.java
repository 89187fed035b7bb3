package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source.Supplies;

/** Reads the records of many units in one go, unit by unit. */
final class UnitRecords {
  /** Bits of a record's id that number the rows of its delivery. */
  private static final int ROW_BITS = 25;

  /** Units that are scored at a time where none depends on others. */
  static final int AT_ONCE = 4_096;

  private static final String NOW =
      """
      SELECT due.unit_id, u.identifier, u.state, r.record_id, r.source_id, r.payload
      FROM due JOIN unit u USING (unit_id)
        LEFT JOIN link l FORCE INDEX (of_unit)
          ON l.unit_id = due.unit_id AND l.until_run > ?
        LEFT JOIN record r ON r.record_id = l.record_id AND r.until_run > ?
      ORDER BY due.unit_id
      """;

  /** Without a look at each unit first, half as long for all as {@link #NOW}. */
  private static final String ALL =
      """
      SELECT l.unit_id, r.record_id, r.source_id, r.payload
      FROM link l FORCE INDEX (of_unit)
        STRAIGHT_JOIN record r ON r.record_id = l.record_id AND r.until_run > ?
      WHERE l.until_run > ? AND r.source_id IN ({sources})
      ORDER BY l.unit_id
      """;

  private static final String THEN =
      """
      SELECT due.unit_id, IF(p.unit_id IS NULL, u.identifier, p.identifier),
        COALESCE(p.state, u.state), r.record_id, r.source_id, r.payload
      FROM due JOIN unit u USING (unit_id)
        LEFT JOIN unit_past p ON p.unit_id = u.unit_id AND p.until_run = (
          SELECT MIN(q.until_run) FROM unit_past q
          WHERE q.unit_id = u.unit_id AND q.until_run > ?)
        LEFT JOIN link l FORCE INDEX (of_unit)
          ON l.unit_id = due.unit_id AND l.until_run > ? AND l.since_run <= ?
        LEFT JOIN record r
          ON r.record_id = l.record_id AND r.until_run > ? AND r.since_run <= ?
      ORDER BY due.unit_id
      """;

  private final Scope scope;
  private final Facts facts;
  private final long known;
  private final @Nullable Grouping grouping;
  private final Map<Integer, Integer> sources = new HashMap<>();
  private final Map<Integer, LocalDate> deliveredOn = new HashMap<>();

  /** Called for each unit, in the order of their ids. */
  @FunctionalInterface
  interface Each {
    void unit(UnitInput unit) throws Exception;
  }

  /** Called for some units, in that order; they are forgotten afterwards. */
  @FunctionalInterface
  interface Some {
    void units(List<UnitInput> units) throws Exception;
  }

  /**
   * @param known the run after which things are taken as they were known
   */
  UnitRecords(Connection connection, Scope scope, Facts facts, long known) throws SQLException {
    this(connection, scope, facts, known, null);
  }

  /**
   * @param grouping which rows are taken to count for which unit; null for what is known
   */
  UnitRecords(
      Connection connection, Scope scope, Facts facts, long known, @Nullable Grouping grouping)
      throws SQLException {
    this.scope = scope;
    this.facts = facts;
    this.known = known;
    this.grouping = grouping;
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
                + " AND d.run_id <= ? ORDER BY d.delivery_id")) {
      statement.setInt(1, scope.programmeId());
      statement.setLong(2, known);
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
          if (definition == null) {
            return;
          }
          var whole = scope.definitions().source(definition.recordsOf());
          var newest = last.get(whole.id());
          if (newest != null && whole.supplies() == Supplies.SNAPSHOT) {
            deliveredOn.merge(delivery, newest, (own, late) -> own.isAfter(late) ? own : late);
          }
        });
  }

  /** What facts are worked out against, beside records, as it was known after a run. */
  static Basis basis(Connection connection, Scope scope, LocalDate asOf, long known)
      throws SQLException {
    return new Basis(
        asOf,
        delivered(connection, scope, known),
        OtherLists.read(connection, scope.definitions().policy(), known));
  }

  /** Sources that had ever delivered rows. */
  private static Set<String> delivered(Connection connection, Scope scope, long known)
      throws SQLException {
    var delivered = new HashSet<String>();
    try (var statement =
        connection.prepareStatement(
            "SELECT DISTINCT s.source FROM delivery d JOIN source s USING (source_id)"
                + " WHERE s.programme_id = ? AND d.state IN ('ingested', 'resolved')"
                + " AND d.run_id <= ?")) {
      statement.setInt(1, scope.programmeId());
      statement.setLong(2, known);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          delivered.add(rows.getString(1));
        }
      }
    }
    return delivered;
  }

  /** Makes the table {@code due} anew, with no unit in it. */
  static void makeDue(Connection connection) throws SQLException {
    execute(
        connection,
        "CREATE OR REPLACE TEMPORARY TABLE due (unit_id INT UNSIGNED NOT NULL PRIMARY KEY)");
  }

  /** Puts all units that there were after a run, and no others, into the table {@code due}. */
  private static void allDue(Connection connection, Scope scope, long known) throws SQLException {
    execute(connection, "DELETE FROM due");
    execute(
        connection,
        "INSERT INTO due SELECT unit_id FROM unit WHERE programme_id = %d AND since_run <= %d"
            .formatted(scope.programmeId(), known));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Puts these units, and no others, into the table {@code due}, and reads their records. */
  void of(Connection connection, Collection<Long> units, Some some) throws Exception {
    execute(connection, "DELETE FROM due");
    BulkLoad.into(
        connection,
        "due",
        List.of("unit_id"),
        lines -> {
          for (var unit : units) {
            lines.add(unit).end();
          }
        });
    var waiting = new ArrayList<UnitInput>();
    due(
        connection,
        unit -> {
          waiting.add(unit);
          if (waiting.size() == AT_ONCE) {
            some.units(waiting);
            waiting.clear();
          }
        });
    some.units(waiting);
  }

  /**
   * Streams the records in force of the units in the table {@code due (unit_id)}.
   *
   * @param connection one that nothing else is done on until all rows are read
   */
  void due(Connection connection, Each each) throws Exception {
    if (grouping != null) {
      try (var statement = connection.prepareStatement(grouping.gather(connection))) {
        statement.setFetchSize(10_000);
        try (var rows = statement.executeQuery()) {
          byUnit(rows, each);
        }
      }
      return;
    }
    boolean now = known == Run.LATEST;
    try (var statement = connection.prepareStatement(now ? NOW : THEN)) {
      statement.setFetchSize(10_000);
      for (int i = 1; i <= (now ? 2 : 5); i++) {
        statement.setLong(i, known);
      }
      try (var rows = statement.executeQuery()) {
        byUnit(rows, each);
      }
    }
  }

  /**
   * Streams the records of all units there are, as {@link #due} does of some.
   *
   * @param connection one that nothing else is done on until all rows are read
   */
  void all(Connection connection, Each each) throws Exception {
    if (grouping != null || known != Run.LATEST) {
      allDue(connection, scope, known);
      due(connection, each);
      return;
    }
    var at = units(connection);
    if (!sources.isEmpty()) {
      var ids = sources.keySet().stream().sorted().map(String::valueOf);
      try (var statement =
          connection.prepareStatement(
              ALL.replace("{sources}", ids.collect(Collectors.joining(", "))))) {
        statement.setFetchSize(10_000);
        statement.setLong(1, known);
        statement.setLong(2, known);
        try (var rows = statement.executeQuery()) {
          merge(rows, at, each);
        }
      }
    }
    while (at.hasNext()) {
      each.unit(at.next());
    }
  }

  /** Rows and units come in the order of the units. */
  private void merge(ResultSet rows, Iterator<UnitInput> units, Each each) throws Exception {
    UnitInput unit = null;
    while (rows.next()) {
      long id = rows.getLong(1);
      while (unit == null || unit.unit() < id) {
        hand(unit, each);
        unit = units.next();
      }
      unit.records().add(record(rows.getLong(2), rows.getInt(3), rows.getBytes(4)));
    }
    hand(unit, each);
  }

  /** All units in their order, without their records. */
  private Iterator<UnitInput> units(Connection connection) throws SQLException {
    boolean asked = !Facts.lists(scope.definitions().policy()).isEmpty();
    var ids = LongStream.builder();
    var ended = new BitSet();
    List<@Nullable String> identifiers = new ArrayList<>();
    try (var statement =
        connection.prepareStatement(
            "SELECT unit_id, state, IF(?, identifier, NULL) FROM unit FORCE INDEX (PRIMARY)"
                + " WHERE programme_id = ? ORDER BY unit_id")) {
      statement.setFetchSize(10_000);
      statement.setBoolean(1, asked);
      statement.setInt(2, scope.programmeId());
      try (var rows = statement.executeQuery()) {
        for (int i = 0; rows.next(); i++) {
          ids.add(rows.getLong(1));
          ended.set(i, !"active".equals(rows.getString(2)));
          if (asked) {
            identifiers.add(rows.getString(3));
          }
        }
      }
    }
    var all = ids.build().toArray();
    return IntStream.range(0, all.length)
        .mapToObj(
            i ->
                new UnitInput(
                    all[i], asked ? identifiers.get(i) : null, !ended.get(i), new ArrayList<>(1)))
        .iterator();
  }

  private UnitRecord record(long id, int sourceId, byte[] payload) {
    int source = java.util.Objects.requireNonNull(sources.get(sourceId));
    return new UnitRecord(
        id,
        source,
        deliveredOn.getOrDefault((int) (id >> ROW_BITS), LocalDate.EPOCH),
        facts.fields(source).read(payload));
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
      if (record != 0 && sources.containsKey(rows.getInt(5))) {
        unit.records().add(record(record, rows.getInt(5), rows.getBytes(6)));
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

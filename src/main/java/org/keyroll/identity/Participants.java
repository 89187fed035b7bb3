package org.keyroll.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.intake.Payload;
import org.keyroll.matching.Population;

/**
 * Records in force with what is compared of them, in an order that does not depend on when or in
 * which file they came: by source and key.
 */
final class Participants {
  /** No unit holds the record. */
  static final long NO_UNIT = 0;

  private final Population population;
  private long[] records = new long[1024];
  private long[] units = new long[1024];
  private int[] rule = new int[1024];
  private int[] identifiers = new int[1024];
  private long[] keyHashes = new long[1024];
  private final List<String> knownRules = new ArrayList<>();
  private final Map<String, Integer> identifierNumbers = new HashMap<>();
  private final List<String> knownIdentifiers = new ArrayList<>();

  private Participants(Population population) {
    this.population = population;
  }

  /**
   * Reads within the transaction of a connection.
   *
   * @param sources numbers of the sources whose records take part
   * @param table a table of {@code record_id}s to read; null for all of the sources
   */
  static Participants read(
      Connection connection,
      Run run,
      Similarity similarity,
      Collection<Integer> sources,
      @Nullable String table)
      throws SQLException {
    var population = new Population(similarity, 1024);
    var participants = new Participants(population);
    similarity.distinct().forEach(s -> population.distinct(run.scope().sourceId(s)));
    for (int source : new TreeSet<>(sources)) {
      participants.read(connection, source, table);
    }
    population.complete();
    return participants;
  }

  /** An index gives them in this order. */
  private void read(Connection connection, int source, @Nullable String table) throws SQLException {
    var sql =
        """
        SELECT r.record_id, r.source_id, r.identifier, r.payload, l.unit_id, l.rule, r.key_hash
        FROM %s LEFT JOIN link l ON l.record_id = r.record_id AND l.until_run = %d
        WHERE r.source_id = %d AND r.until_run = %d
        ORDER BY r.key_hash, r.content_hash
        """
            .formatted(
                table == null
                    ? "record r FORCE INDEX (in_force)"
                    : table + " t STRAIGHT_JOIN record r ON r.record_id = t.record_id",
                Run.STILL,
                source,
                Run.STILL);
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(10_000);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var values = Payload.read(rows.getString(4));
          List<@Nullable String> compared = new ArrayList<>();
          for (var name : population.names()) {
            compared.add(values.get(name));
          }
          int number = population.add(rows.getInt(2), compared);
          add(number, rows.getLong(1), rows.getString(3), rows.getLong(5), rows.getString(6));
          keyHashes[number] = rows.getLong(7);
        }
      }
    }
  }

  /** Numbers of the sources that have anything to compare. */
  static List<Integer> sources(Run run, Similarity similarity) {
    return run.definitions().sources().values().stream()
        .filter(s -> s.columns().keySet().stream().anyMatch(similarity.fields()::containsKey))
        .map(s -> run.scope().sourceId(s.id()))
        .sorted()
        .toList();
  }

  private void add(
      int number, long record, @Nullable String identifier, long unit, @Nullable String by) {
    if (number == records.length) {
      int more = number + (number >> 1);
      records = Arrays.copyOf(records, more);
      units = Arrays.copyOf(units, more);
      rule = Arrays.copyOf(rule, more);
      identifiers = Arrays.copyOf(identifiers, more);
      keyHashes = Arrays.copyOf(keyHashes, more);
    }
    records[number] = record;
    units[number] = unit;
    rule[number] = by == null ? -1 : number(by);
    identifiers[number] = -1;
    if (identifier != null) {
      var known = identifierNumbers.putIfAbsent(identifier, knownIdentifiers.size());
      identifiers[number] = known == null ? knownIdentifiers.size() : known;
      if (known == null) {
        knownIdentifiers.add(identifier);
      }
    }
  }

  private int number(String by) {
    int known = knownRules.indexOf(by);
    if (known < 0) {
      knownRules.add(by);
      return knownRules.size() - 1;
    }
    return known;
  }

  Population population() {
    return population;
  }

  int size() {
    return population.size();
  }

  int source(int number) {
    return population.source(number);
  }

  long record(int number) {
    return records[number];
  }

  /** The hash of a record's key. */
  long keyHash(int number) {
    return keyHashes[number];
  }

  /** The unit that holds a record; {@link #NO_UNIT} for none. */
  long unit(int number) {
    return units[number];
  }

  /** The rule that linked a record; null where none has. */
  @Nullable String rule(int number) {
    return rule[number] < 0 ? null : knownRules.get(rule[number]);
  }

  boolean identified(int number) {
    return identifiers[number] >= 0;
  }

  /** Whether two records have different identifiers of one scheme. */
  boolean contradict(int a, int b) {
    int x = identifiers[a];
    int y = identifiers[b];
    return x >= 0 && y >= 0 && x != y && scheme(x).equals(scheme(y));
  }

  private String scheme(int identifier) {
    var text = knownIdentifiers.get(identifier);
    return text.substring(0, Math.max(0, text.indexOf(':')));
  }

  /** The number of a record; built on each call, for few calls over many records. */
  Map<Long, Integer> numbers() {
    var numbers = new HashMap<Long, Integer>(size() * 2);
    for (int i = 0; i < size(); i++) {
      numbers.put(records[i], i);
    }
    return numbers;
  }
}

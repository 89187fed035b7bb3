package org.keyroll.identity;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.intake.Payload;
import org.keyroll.matching.Population;
import org.keyroll.matching.SortedKeys;

/**
 * Records in force with what is compared of them, in an order that does not depend on when or in
 * which file they came: by source and key.
 */
final class Participants {
  /** No unit holds the record. */
  static final long NO_UNIT = 0;

  private static final short NO_RULE = -1;
  private static final int AT_ONCE = 10_000;

  private final Population population;
  private long[] records = new long[1024];
  private long[] units = new long[1024];
  private short[] rule = new short[1024];
  private long[] keyHashes = new long[1024];
  private final List<String> knownRules = new ArrayList<>();
  // Identifiers end to end; nothing where a record has none.
  private byte[] identifiers = new byte[1 << 14];
  private int[] identifierEnds = new int[1024];

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
      statement.setFetchSize(AT_ONCE);
      try (var rows = statement.executeQuery()) {
        List<Row> read = new ArrayList<>();
        while (rows.next()) {
          read.add(
              new Row(
                  rows.getLong(1),
                  rows.getInt(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getLong(5),
                  rows.getString(6),
                  rows.getLong(7)));
          if (read.size() == AT_ONCE) {
            add(read);
            read.clear();
          }
        }
        add(read);
      }
    }
  }

  private record Row(
      long record,
      int source,
      @Nullable String identifier,
      String payload,
      long unit,
      @Nullable String rule,
      long keyHash) {}

  /** Bringing values to the form in which they are compared is most of the work. */
  private void add(List<Row> rows) {
    var forms = rows.parallelStream().map(row -> forms(row.payload())).toList();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      int number = population.addAsShown(row.source(), forms.get(i));
      add(number, row.record(), row.identifier(), row.unit(), row.rule());
      keyHashes[number] = row.keyHash();
    }
  }

  private List<@Nullable String> forms(String payload) {
    var values = Payload.read(payload);
    List<@Nullable String> compared = new ArrayList<>(population.names().size());
    for (var name : population.names()) {
      compared.add(values.get(name));
    }
    return population.forms(compared);
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
      identifierEnds = Arrays.copyOf(identifierEnds, more);
      keyHashes = Arrays.copyOf(keyHashes, more);
    }
    records[number] = record;
    units[number] = unit;
    rule[number] = by == null ? NO_RULE : number(by);
    var bytes = identifier == null ? new byte[0] : identifier.getBytes(StandardCharsets.UTF_8);
    int from = number == 0 ? 0 : identifierEnds[number - 1];
    int to = Math.addExact(from, bytes.length);
    if (to > identifiers.length) {
      identifiers = Arrays.copyOf(identifiers, Math.max(to, identifiers.length / 2 * 3));
    }
    System.arraycopy(bytes, 0, identifiers, from, bytes.length);
    identifierEnds[number] = to;
  }

  private short number(String by) {
    int known = knownRules.indexOf(by);
    if (known < 0) {
      knownRules.add(by);
      known = knownRules.size() - 1;
    }
    return (short) known;
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
    return rule[number] == NO_RULE ? null : knownRules.get(rule[number]);
  }

  boolean identified(int number) {
    return identifierEnd(number) > identifierStart(number);
  }

  /** Whether two records have different identifiers of one scheme. */
  boolean contradict(int a, int b) {
    int from = identifierStart(a);
    int at = identifierStart(b);
    int to = identifierEnd(a);
    int end = identifierEnd(b);
    if (from == to || at == end || Arrays.equals(identifiers, from, to, identifiers, at, end)) {
      return false;
    }
    // The scheme stands before the first colon.
    while (from < to && at < end && identifiers[from] == identifiers[at]) {
      if (identifiers[from] == ':') {
        return true;
      }
      from++;
      at++;
    }
    return false;
  }

  private int identifierStart(int number) {
    return number == 0 ? 0 : identifierEnds[number - 1];
  }

  private int identifierEnd(int number) {
    return identifierEnds[number];
  }

  /** Finds the numbers of records; built on each call, for few calls over many records. */
  SortedKeys numbers() {
    var numbers = new SortedKeys();
    for (int i = 0; i < size(); i++) {
      numbers.add(records[i], i);
    }
    numbers.sort();
    return numbers;
  }
}

package org.keyroll.scoring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the statistics that assessments in force were made with. */
@Component
class StatisticStore {
  /** Bytes in a part: what the smallest usual packet of a server takes. */
  private static final int PART = 4_000_000;

  /** Numbers for which packing pays. */
  private static final int MANY = 1_000;

  private final JdbcClient db;

  StatisticStore(JdbcClient db) {
    this.db = db;
  }

  /** The statistics in force. */
  Statistics load(Scope scope) {
    var statistics = new Statistics();
    steps(scope).forEach(step -> load(scope, step, statistics));
    return statistics;
  }

  /** The steps that have statistics in force. */
  private List<String> steps(Scope scope) {
    return db.sql("SELECT DISTINCT step FROM statistic WHERE programme_id = ? AND until_run = ?")
        .params(scope.programmeId(), Run.STILL)
        .query(String.class)
        .list();
  }

  /** One step at a time: a column may have millions of numbers. */
  private void load(Scope scope, String step, Statistics statistics) {
    var groups = new TreeMap<String, ByteArrayOutputStream>();
    var packed = new HashSet<String>();
    db.sql(
            "SELECT peers, data, packed FROM statistic WHERE programme_id = ? AND step = ?"
                + " AND until_run = ? ORDER BY peers, part")
        .params(scope.programmeId(), step, Run.STILL)
        .query(
            row -> {
              groups
                  .computeIfAbsent(row.getString(1), p -> new ByteArrayOutputStream())
                  .writeBytes(row.getBytes(2));
              if (row.getBoolean(3)) {
                packed.add(row.getString(1));
              }
            });
    groups.forEach(
        (peers, bytes) ->
            statistics.put(
                step,
                peers,
                packed.contains(peers)
                    ? PackedColumn.unpack(bytes.toByteArray())
                    : doubles(bytes)));
  }

  private static double[] doubles(ByteArrayOutputStream bytes) {
    var numbers = new double[bytes.size() / Double.BYTES];
    ByteBuffer.wrap(bytes.toByteArray()).asDoubleBuffer().get(numbers);
    return numbers;
  }

  /**
   * Puts new statistics in force where they differ.
   *
   * @return the steps whose statistics are new, others, or gone
   */
  List<String> store(Run run, Statistics statistics) {
    var steps = new TreeSet<>(steps(run.scope()));
    steps.addAll(statistics.all().keySet());
    var changed = steps.stream().filter(step -> !same(run.scope(), statistics, step)).toList();
    for (var step : changed) {
      // Nobody asks for older ones, and a column of a large population is megabytes every night.
      db.sql("DELETE FROM statistic WHERE programme_id = ? AND step = ?")
          .params(run.scope().programmeId(), step)
          .update();
      var groups = statistics.all().get(step);
      if (groups != null) {
        groups.forEach((peers, numbers) -> insert(run, step, peers, numbers));
      }
    }
    return changed;
  }

  private boolean same(Scope scope, Statistics statistics, String step) {
    var old = new Statistics();
    load(scope, step, old);
    return statistics.same(old, step);
  }

  private void insert(Run run, String step, String peers, double[] numbers) {
    var packed = numbers.length < MANY ? null : PackedColumn.pack(numbers);
    var bytes = packed == null ? bytes(numbers) : packed;
    for (int part = 0; part * PART < bytes.length || part == 0; part++) {
      db.sql(
              "INSERT INTO statistic (programme_id, step, peers, since_run, part, packed, data)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)")
          .params(
              run.scope().programmeId(),
              step,
              peers,
              run.id(),
              part,
              packed != null,
              Arrays.copyOfRange(bytes, part * PART, Math.min(bytes.length, (part + 1) * PART)))
          .update();
    }
  }

  private static byte[] bytes(double[] numbers) {
    var buffer = ByteBuffer.allocate(numbers.length * Double.BYTES);
    buffer.asDoubleBuffer().put(numbers);
    return buffer.array();
  }
}

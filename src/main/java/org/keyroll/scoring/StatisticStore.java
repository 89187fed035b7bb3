package org.keyroll.scoring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the statistics that assessments in force were made with. */
@Component
class StatisticStore {
  /** Doubles in a part: what the smallest usual packet of a server takes. */
  private static final int PART = 500_000;

  private final JdbcClient db;

  StatisticStore(JdbcClient db) {
    this.db = db;
  }

  /** The statistics in force. */
  Statistics load(Scope scope) {
    var statistics = new Statistics();
    var columns = new TreeMap<String, Map<String, ByteArrayOutputStream>>();
    db.sql(
            "SELECT step, peers, data FROM statistic WHERE programme_id = ? AND until_run = ?"
                + " ORDER BY step, peers, part")
        .params(scope.programmeId(), Run.STILL)
        .query(
            row -> {
              columns
                  .computeIfAbsent(row.getString(1), s -> new TreeMap<>())
                  .computeIfAbsent(row.getString(2), p -> new ByteArrayOutputStream())
                  .writeBytes(row.getBytes(3));
            });
    columns.forEach(
        (step, groups) ->
            groups.forEach((peers, bytes) -> statistics.put(step, peers, doubles(bytes))));
    return statistics;
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
    var old = load(run.scope());
    var steps = new TreeSet<>(old.all().keySet());
    steps.addAll(statistics.all().keySet());
    var changed = steps.stream().filter(step -> !statistics.same(old, step)).toList();
    for (var step : changed) {
      db.sql("DELETE FROM statistic WHERE programme_id = ? AND step = ? AND since_run = ?")
          .params(run.scope().programmeId(), step, run.id())
          .update();
      db.sql(
              "UPDATE statistic SET until_run = ? WHERE programme_id = ? AND step = ?"
                  + " AND until_run = ?")
          .params(run.id(), run.scope().programmeId(), step, Run.STILL)
          .update();
      var groups = statistics.all().get(step);
      if (groups != null) {
        groups.forEach((peers, numbers) -> insert(run, step, peers, numbers));
      }
    }
    return changed;
  }

  private void insert(Run run, String step, String peers, double[] numbers) {
    for (int part = 0; part * PART < numbers.length || part == 0; part++) {
      int length = Math.min(PART, numbers.length - part * PART);
      var buffer = ByteBuffer.allocate(length * Double.BYTES);
      buffer.asDoubleBuffer().put(numbers, part * PART, length);
      db.sql(
              "INSERT INTO statistic (programme_id, step, peers, since_run, part, data)"
                  + " VALUES (?, ?, ?, ?, ?, ?)")
          .params(run.scope().programmeId(), step, peers, run.id(), part, buffer.array())
          .update();
    }
  }
}

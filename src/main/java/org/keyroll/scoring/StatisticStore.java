package org.keyroll.scoring;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
    record Part(String step, String peers, byte[] data) {}
    var statistics = new Statistics();
    var parts = new ArrayList<Part>();
    db.sql(
            "SELECT step, peers, data FROM statistic WHERE programme_id = ? AND until_run = ?"
                + " ORDER BY step, peers, part")
        .params(scope.programmeId(), Run.STILL)
        .query(
            row -> {
              parts.add(new Part(row.getString(1), row.getString(2), row.getBytes(3)));
            });
    for (int i = 0; i < parts.size(); ) {
      int from = i;
      int bytes = 0;
      var first = parts.get(i);
      while (i < parts.size()
          && parts.get(i).step().equals(first.step())
          && parts.get(i).peers().equals(first.peers())) {
        bytes += parts.get(i++).data().length;
      }
      var buffer = ByteBuffer.allocate(bytes);
      parts.subList(from, i).forEach(p -> buffer.put(p.data()));
      var numbers = new double[bytes / Double.BYTES];
      buffer.flip().asDoubleBuffer().get(numbers);
      statistics.put(first.step(), first.peers(), numbers);
    }
    return statistics;
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

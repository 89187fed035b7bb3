package org.keyroll.identity;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.matching.Matcher;
import org.keyroll.matching.Model;
import org.keyroll.matching.Pair;
import org.keyroll.matching.PairList;
import org.keyroll.matching.Population;
import org.keyroll.matching.SortedKeys;
import org.keyroll.matching.Stage;
import org.keyroll.unit.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Pairs of records with evidence, kept so that a night compares only what is new. */
@Component
class MatchPairs {
  private static final List<String> PAIR = List.of("record_a", "record_b", "weight");

  private final JdbcClient db;
  private final DataSource dataSource;

  MatchPairs(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** Puts down all pairs of a programme anew. */
  void replaceAll(Run run, Participants all, List<Pair> pairs) throws Exception {
    db.sql(
            "DELETE p FROM match_pair p JOIN record r ON r.record_id = p.record_a"
                + " JOIN source s USING (source_id) WHERE s.programme_id = ?")
        .param(run.scope().programmeId())
        .update();
    load("match_pair", pairs, all::record);
  }

  /** Puts pairs down in a temporary table. */
  void lay(String table, Participants people, List<Pair> pairs) throws Exception {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE " + table + " LIKE match_pair").update();
    load(table, pairs, people::record);
  }

  private void load(String table, List<Pair> pairs, IntToLongFunction record) throws Exception {
    // In the order of the table, in which it takes them fastest.
    var order = new SortedKeys();
    for (int i = 0; i < pairs.size(); i++) {
      var pair = pairs.get(i);
      order.add(Math.min(record.applyAsLong(pair.a()), record.applyAsLong(pair.b())), i);
    }
    order.sort();
    on(
        connection ->
            BulkLoad.into(
                connection,
                table,
                PAIR,
                lines -> {
                  for (int i = 0; i < order.size(); i++) {
                    var pair = pairs.get(order.record(i));
                    long a = record.applyAsLong(pair.a());
                    long b = record.applyAsLong(pair.b());
                    lines.add(Math.min(a, b)).add(Math.max(a, b)).add(pair.weight()).end();
                  }
                }));
  }

  /** Drops pairs of records that are no longer in force; {@code closed} lists them. */
  void forget(String closed) {
    db.sql("DELETE p FROM " + closed + " c JOIN match_pair p ON p.record_a = c.record_id").update();
    db.sql("DELETE p FROM " + closed + " c JOIN match_pair p ON p.record_b = c.record_id").update();
  }

  /** Records to compare, by what they were and not by when they came. */
  private static final class Company {
    private final Population population;
    private long[] records = new long[1024];
    private long[] keyHashes = new long[1024];

    Company(Population population) {
      this.population = population;
    }

    int add(KeptRecords.Kept kept) {
      int number = population.addAsShown(kept.source(), kept.forms());
      if (number == records.length) {
        records = Arrays.copyOf(records, number + (number >> 1));
        keyHashes = Arrays.copyOf(keyHashes, records.length);
      }
      records[number] = kept.record();
      keyHashes[number] = kept.keyHash();
      return number;
    }

    /** The order of {@link Participants}. */
    boolean before(int a, int b) {
      int order = Integer.compare(population.source(a), population.source(b));
      order = order != 0 ? order : Long.compare(keyHashes[a], keyHashes[b]);
      return order != 0 ? order < 0 : records[a] < records[b];
    }
  }

  /**
   * Compares new records with all others.
   *
   * @param table lists the new records
   * @return pairs compared
   */
  long compare(Run run, Similarity similarity, Names names, Model model, String table)
      throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var fresh =
          Participants.read(
              connection, run, similarity, Participants.sources(run, similarity), table);
      if (fresh.size() == 0) {
        return 0;
      }
      var kept = KeptRecords.of(connection, run);
      int before = kept.size();
      var finding = Stage.of("find");
      var pairs = kept.addAndPair(fresh, names, model.blocking());
      finding.done();
      var wanted = new BitSet(kept.size());
      for (int i = 0; i < pairs.size(); i++) {
        wanted.set(before + pairs.a(i));
        wanted.set(pairs.b(i));
      }
      var reading = Stage.of("read partners");
      var company = new Company(new Population(similarity, wanted.cardinality()));
      similarity.distinct().forEach(s -> company.population.distinct(run.scope().sourceId(s)));
      var places = new int[kept.size()];
      kept.read(
          wanted,
          similarity.fields().size(),
          (number, record) -> places[number] = company.add(record));
      company.population.complete();
      reading.done();
      var proposed = new PairList();
      for (int i = 0; i < pairs.size(); i++) {
        int a = places[before + pairs.a(i)];
        int b = places[pairs.b(i)];
        proposed.add(company.before(a, b) ? a : b, company.before(a, b) ? b : a);
      }
      var found =
          Matcher.with(similarity, company.population, names, model)
              .compare(proposed, similarity.ask());
      keep(found.pairs(), number -> company.records[number]);
      return found.compared();
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** Keeps new pairs, of records in force only. */
  private void keep(List<Pair> pairs, IntToLongFunction record) throws Exception {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE found_pair LIKE match_pair").update();
    load("found_pair", pairs, record);
    db.sql(
            """
            INSERT IGNORE INTO match_pair
            SELECT p.record_a, p.record_b, p.weight FROM found_pair p
              STRAIGHT_JOIN record a ON a.record_id = p.record_a AND a.until_run = ?
              STRAIGHT_JOIN record b ON b.record_id = p.record_b AND b.until_run = ?
            """)
        .params(Run.STILL, Run.STILL)
        .update();
    db.sql("DROP TEMPORARY TABLE found_pair").update();
  }

  /** Pairs among records, by their numbers. */
  List<Pair> among(Participants records, String table) throws Exception {
    var numbers = records.numbers();
    var pairs = new ArrayList<Pair>();
    db.sql(
            "SELECT p.record_a, p.record_b, p.weight FROM "
                + table
                + " t STRAIGHT_JOIN match_pair p ON p.record_a = t.record_id")
        .query(
            row -> {
              int x = numbers.find(row.getLong(1));
              int y = numbers.find(row.getLong(2));
              if (x >= 0 && y >= 0) {
                pairs.add(new Pair(Math.min(x, y), Math.max(x, y), row.getDouble(3)));
              }
            });
    pairs.sort(java.util.Comparator.comparingInt(Pair::a).thenComparingInt(Pair::b));
    return pairs;
  }

  /**
   * Adds to a table of records all that are joined to them by links or by their unit, and so on.
   */
  void spread(String table, double link) {
    int round = 0;
    int added = 1;
    while (added > 0) {
      added = 0;
      for (var step :
          List.of(
              "SELECT p.record_b, ? FROM %1$s t STRAIGHT_JOIN match_pair p"
                  + " ON p.record_a = t.record_id WHERE p.weight >= "
                  + link
                  + " AND t.round = ?",
              "SELECT p.record_a, ? FROM %1$s t STRAIGHT_JOIN match_pair p"
                  + " ON p.record_b = t.record_id WHERE p.weight >= "
                  + link
                  + " AND t.round = ?",
              "SELECT o.record_id, ? FROM %1$s t STRAIGHT_JOIN link l ON l.record_id = t.record_id"
                  + " AND l.until_run = 4294967295 STRAIGHT_JOIN link o ON o.unit_id = l.unit_id"
                  + " AND o.until_run = 4294967295 WHERE t.round = ?")) {
        added +=
            db.sql("INSERT IGNORE INTO %1$s ".formatted(table) + step.formatted(table))
                .params(round + 1, round)
                .update();
      }
      round++;
    }
  }

  /** Work on the connection of the transaction. */
  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws Exception;
  }

  private void on(Work work) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      work.on(connection);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}

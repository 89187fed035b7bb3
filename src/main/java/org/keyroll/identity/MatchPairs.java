package org.keyroll.identity;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.database.Lines;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Blocking;
import org.keyroll.matching.Keys;
import org.keyroll.matching.Matcher;
import org.keyroll.matching.Model;
import org.keyroll.matching.Pair;
import org.keyroll.unit.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Pairs of records with evidence, kept so that a night compares only what is new. Blocking keys
 * stand in the database, so the records to compare with are found set by set.
 */
@Component
class MatchPairs {
  private static final List<String> KEY = List.of("programme_id", "rule", "key_hash", "record_id");
  private static final List<String> PAIR = List.of("record_a", "record_b", "weight");

  /** Stands for the records of a block that is beyond its limit. */
  private static final long CUT_UP = 0;

  private final JdbcClient db;
  private final DataSource dataSource;

  MatchPairs(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** Puts down all keys and pairs of a programme anew. */
  void replaceAll(Run run, Participants all, Names names, List<Blocking> blocking, List<Pair> pairs)
      throws Exception {
    db.sql("DELETE FROM match_key WHERE programme_id = ?")
        .param(run.scope().programmeId())
        .update();
    db.sql(
            "DELETE p FROM match_pair p JOIN record r ON r.record_id = p.record_a"
                + " JOIN source s USING (source_id) WHERE s.programme_id = ?")
        .param(run.scope().programmeId())
        .update();
    var keys = new Keys(all.population(), names);
    on(
        connection ->
            BulkLoad.into(
                connection,
                "match_key",
                KEY,
                lines -> {
                  for (int rule = 0; rule < blocking.size(); rule++) {
                    write(lines, run, rule, keys.blocks(blocking.get(rule)), all);
                  }
                }));
    loadPairs(all, pairs);
  }

  /** In the order of the table, which the server takes several times as fast as any other. */
  private static void write(Lines lines, Run run, int rule, Keys.Blocked blocks, Participants of)
      throws InterruptedException {
    for (int i = 0; i < blocks.size(); i++) {
      lines
          .add(run.scope().programmeId())
          .add(rule)
          .add(blocks.key(i))
          .add(blocks.isCutUp(i) ? CUT_UP : of.record(blocks.record(i)))
          .end();
    }
  }

  /** The keys of new records; in blocks that are cut up, the keys of the parts. */
  private void loadFreshKeys(Run run, Participants fresh, Names names, List<Blocking> blocking)
      throws Exception {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE fresh_key LIKE match_key").update();
    var keys = new Keys(fresh.population(), names);
    var cut = new HashSet<Long>();
    for (boolean parts : new boolean[] {false, true}) {
      on(
          connection ->
              BulkLoad.into(
                  connection,
                  "fresh_key",
                  KEY,
                  lines -> {
                    for (int rule = 0; rule < blocking.size(); rule++) {
                      for (int i = 0; i < fresh.size(); i++) {
                        for (long key : keys.of(blocking.get(rule), i)) {
                          long[] all =
                              !parts
                                  ? new long[] {key}
                                  : cut.contains(key) ? keys.finer(key, i) : new long[0];
                          for (long each : all) {
                            lines
                                .add(run.scope().programmeId())
                                .add(rule)
                                .add(each)
                                .add(fresh.record(i))
                                .end();
                          }
                        }
                      }
                    }
                  }));
      cut.addAll(
          db.sql(
                  "SELECT DISTINCT key_hash FROM fresh_key f STRAIGHT_JOIN match_key k"
                      + " USING (programme_id, rule, key_hash) WHERE k.record_id = "
                      + CUT_UP)
              .query(Long.class)
              .list());
      db.sql(
              "DELETE f FROM fresh_key f STRAIGHT_JOIN match_key k"
                  + " USING (programme_id, rule, key_hash) WHERE k.record_id = "
                  + CUT_UP)
          .update();
    }
  }

  private void loadPairs(Participants of, List<Pair> pairs) throws Exception {
    on(
        connection ->
            BulkLoad.into(
                connection,
                "match_pair",
                PAIR,
                lines -> {
                  for (var pair : pairs) {
                    long a = of.record(pair.a());
                    long b = of.record(pair.b());
                    lines.add(Math.min(a, b)).add(Math.max(a, b)).add(pair.weight()).end();
                  }
                }));
  }

  /** Drops pairs of records that are no longer in force; {@code closed} lists them. */
  void forget(String closed) {
    db.sql("DELETE p FROM " + closed + " c JOIN match_pair p ON p.record_a = c.record_id").update();
    db.sql("DELETE p FROM " + closed + " c JOIN match_pair p ON p.record_b = c.record_id").update();
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
      var sources = Participants.sources(run, similarity);
      var fresh = Participants.read(connection, run, similarity, sources, table);
      loadFreshKeys(run, fresh, names, model.blocking());
      // A record put down by an earlier part of this run is not put down twice.
      db.sql("INSERT IGNORE INTO match_key SELECT * FROM fresh_key").update();
      limitBlocks(model.blocking());
      db.sql(
              "CREATE OR REPLACE TEMPORARY TABLE proposed (record_a BIGINT UNSIGNED NOT NULL,"
                  + " record_b BIGINT UNSIGNED NOT NULL, PRIMARY KEY (record_a, record_b))")
          .update();
      db.sql(
              """
              INSERT IGNORE INTO proposed
              SELECT LEAST(f.record_id, k.record_id), GREATEST(f.record_id, k.record_id)
              FROM fresh_key f
                STRAIGHT_JOIN match_key k USING (programme_id, rule, key_hash)
                STRAIGHT_JOIN record r ON r.record_id = k.record_id AND r.until_run = ?
              WHERE k.record_id <> f.record_id
              """)
          .param(Run.STILL)
          .update();
      db.sql(
              "CREATE OR REPLACE TEMPORARY TABLE partner (record_id BIGINT UNSIGNED NOT NULL"
                  + " PRIMARY KEY)")
          .update();
      db.sql("INSERT IGNORE INTO partner SELECT record_a FROM proposed").update();
      db.sql("INSERT IGNORE INTO partner SELECT record_b FROM proposed").update();
      var both = Participants.read(connection, run, similarity, sources, "partner");
      var matcher = Matcher.with(similarity, both.population(), names, model);
      var found = new ArrayList<Pair>();
      long compared = 0;
      var numbers = both.numbers();
      double least = Model.bits(similarity.ask());
      var weight = matcher.weight();
      try (var statement = connection.prepareStatement("SELECT record_a, record_b FROM proposed")) {
        statement.setFetchSize(50_000);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            var x = numbers.get(rows.getLong(1));
            var y = numbers.get(rows.getLong(2));
            if (x != null && y != null) {
              int a = Math.min(x, y);
              int b = Math.max(x, y);
              compared++;
              if (!matcher.ruledOut(a, b)) {
                double bits = weight.of(a, b);
                if (bits >= least) {
                  found.add(new Pair(a, b, bits));
                }
              }
            }
          }
        }
      }
      loadPairs(both, found);
      for (var done : List.of("fresh_key", "proposed", "partner")) {
        db.sql("DROP TEMPORARY TABLE " + done).update();
      }
      return compared;
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * A new record is not compared with a block that has grown far beyond its limit: what matters in
   * there other rules find.
   */
  private void limitBlocks(List<Blocking> blocking) {
    for (int rule = 0; rule < blocking.size(); rule++) {
      db.sql(
              """
              DELETE f FROM fresh_key f JOIN (
                SELECT k.key_hash FROM (SELECT DISTINCT programme_id, rule, key_hash FROM fresh_key
                    WHERE rule = ?) d
                  STRAIGHT_JOIN match_key k USING (programme_id, rule, key_hash)
                GROUP BY k.key_hash HAVING COUNT(*) > ?) large ON large.key_hash = f.key_hash
              WHERE f.rule = ?
              """)
          .params(rule, LIMITS * blocking.get(rule).limit(), rule)
          .update();
    }
  }

  private static final long LIMITS = 10;

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
              var x = numbers.get(row.getLong(1));
              var y = numbers.get(row.getLong(2));
              if (x != null && y != null) {
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

package org.keyroll.identity;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Matching;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.keyroll.matching.Matcher;
import org.keyroll.matching.Model;
import org.keyroll.matching.Pair;
import org.keyroll.matching.SortedKeys;
import org.keyroll.matching.Stage;
import org.keyroll.unit.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Links by the evidence of several fields. The first night compares all records and estimates the
 * model, later ones compare what is new with the rest; either way the records that hang together
 * are clustered anew, so in how many parts they came makes no difference.
 */
@Component
class Similar {
  /** By so much more records than it was estimated from, a model is estimated anew. */
  private static final double GROWTH = 1.1;

  /** New ones in a night, as a share of all, from which comparing all again costs less. */
  private static final double MANY = 0.1;

  /** New ones since all was compared, as a share of those there were. */
  private static final double MOST_ADDED = 0.5;

  private final JdbcClient db;
  private final DataSource dataSource;
  private final Models models;
  private final MatchPairs matchPairs;
  private final Verdicts verdicts;
  private final Settlement settlement;
  private final Candidates candidates;

  Similar(
      JdbcClient db,
      DataSource dataSource,
      Models models,
      MatchPairs matchPairs,
      Verdicts verdicts,
      Settlement settlement,
      Candidates candidates) {
    this.db = db;
    this.dataSource = dataSource;
    this.models = models;
    this.matchPairs = matchPairs;
    this.verdicts = verdicts;
    this.settlement = settlement;
    this.candidates = candidates;
  }

  static Optional<String> rule(Matching matching) {
    return matching.rules().stream()
        .filter(r -> r.by() == Matching.By.SIMILARITY)
        .findFirst()
        .map(Matching.Rule::id);
  }

  /** Links what the evidence links, mints what no unit holds, and returns the links made. */
  long link(Run run, List<Delivery> fresh) throws Exception {
    var matching = run.definitions().matching();
    var similarity = matching.similarity();
    var rule = rule(matching).orElse("");
    if (similarity == null || rule.isEmpty()) {
      return 0;
    }
    var all = Stage.of("similar");
    long linked = link(run, fresh, matching, similarity, rule);
    all.done();
    return linked;
  }

  private long link(
      Run run, List<Delivery> fresh, Matching matching, Similarity similarity, String rule)
      throws Exception {
    var names = new Names(matching.legalForms());
    var known = models.inForce(run.scope()).orElse(null);
    if (known != null
        && known.definition().equals(Models.version(run.scope()))
        && fresh.isEmpty()
        && verdicts.pending(run).isEmpty()
        && !manyAreNew(run, fresh)) {
      return 0;
    }
    long records = count(run, similarity);
    if (records == 0) {
      return 0;
    }
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE affected (record_id BIGINT UNSIGNED NOT NULL"
                + " PRIMARY KEY, round INT NOT NULL)")
        .update();
    if (known != null
        && (!known.definition().equals(Models.version(run.scope()))
            || records > GROWTH * known.model().records())) {
      known = null;
    }
    boolean all = known == null || manyAreNew(run, fresh);
    Participants people;
    Matcher matcher;
    List<Pair> pairs;
    if (known == null || all) {
      var reading = Stage.of("read");
      people = read(run, similarity, null);
      reading.done();
      var keep = keepAnew(run, people);
      Matcher.Outcome outcome;
      if (known == null) {
        var trained = Matcher.train(similarity, people.population(), names, keep);
        matcher = trained.matcher();
        outcome = trained.outcome();
        models.keep(run, matcher.model());
      } else {
        matcher = Matcher.with(similarity, people.population(), names, known.model());
        outcome = matcher.compareAll(similarity.ask(), keep);
      }
      pairs = outcome.pairs();
      var keeping = Stage.of("keep");
      matchPairs.replaceAll(run, people, pairs);
      keeping.done();
      note(run, outcome.compared(), outcome.leftOut().stream().mapToLong(n -> n).sum());
    } else {
      var gathering = Stage.of("gather");
      gather(run, similarity, names, known.model(), fresh);
      gathering.done();
      people = read(run, similarity, "affected");
      matcher = Matcher.with(similarity, people.population(), names, known.model());
      pairs = matchPairs.among(people, "affected");
    }
    var settling = Stage.of("settle");
    var settled =
        settlement.settle(
            run,
            rule,
            people,
            new Settlement.Weighed(
                pairs, Model.bits(similarity.link()), matcher::weight, matcher::ruledOut));
    settling.done();
    var asking = Stage.of("ask");
    if (all) {
      matchPairs.lay("open_pair", people, settled.open());
    }
    candidates.update(run, similarity, all);
    asking.done();
    db.sql("DROP TEMPORARY TABLE affected").update();
    return settled.linked();
  }

  /** Whether so many records are new that comparing all of them anew costs less. */
  private boolean manyAreNew(Run run, List<Delivery> fresh) throws Exception {
    long now = 0;
    for (var delivery : fresh) {
      now +=
          db.sql("SELECT COUNT(*) FROM record WHERE record_id BETWEEN ? AND ? AND until_run = ?")
              .params(
                  Intake.firstRecord(delivery.id()),
                  Intake.firstRecord(delivery.id() + 1) - 1,
                  Run.STILL)
              .query(Long.class)
              .single();
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var kept = KeptRecords.of(connection, run);
      return kept.size() == 0
          || now > MANY * kept.size()
          || kept.added() + now > MOST_ADDED * (kept.size() - kept.added());
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private SortedKeys.Taker keepAnew(Run run, Participants people) throws Exception {
    var keeping = Stage.of("keep");
    // The transaction's own, which outlives the call.
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var kept = KeptRecords.of(connection, run);
      kept.clear();
      return kept.add(people);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
      keeping.done();
    }
  }

  private void note(Run run, long compared, long leftOut) {
    db.sql("REPLACE INTO match_work VALUES (?, ?, ?)").params(run.id(), compared, leftOut).update();
  }

  private long count(Run run, Similarity similarity) {
    long records = 0;
    for (int source : Participants.sources(run, similarity)) {
      records +=
          db.sql("SELECT COUNT(*) FROM record WHERE source_id = ? AND until_run = ?")
              .params(source, Run.STILL)
              .query(Long.class)
              .single();
    }
    return records;
  }

  private Participants read(Run run, Similarity similarity, @Nullable String table)
      throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      var sources = new TreeSet<>(Participants.sources(run, similarity));
      // People may have decided on rows that have nothing to compare.
      sources.addAll(verdicts.sources(run));
      return Participants.read(connection, run, similarity, sources, table);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** Compares new records and gathers all whose cluster may have changed. */
  private void gather(
      Run run, Similarity similarity, Names names, Model model, List<Delivery> fresh)
      throws Exception {
    for (var table : List.of("closed", "new_record")) {
      db.sql(
              "CREATE OR REPLACE TEMPORARY TABLE "
                  + table
                  + " (record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY)")
          .update();
    }
    for (var delivery : fresh) {
      db.sql(
              "INSERT IGNORE INTO closed SELECT record_id FROM record FORCE INDEX (in_force)"
                  + " WHERE source_id = ? AND until_run >= (SELECT run_id FROM delivery"
                  + " WHERE delivery_id = ?) AND until_run < ?")
          .params(
              run.scope().sourceId(run.definitions().recordsOf(delivery.source())),
              delivery.id(),
              Run.STILL)
          .update();
      db.sql(
              "INSERT IGNORE INTO new_record SELECT record_id FROM record"
                  + " WHERE record_id BETWEEN ? AND ? AND until_run = ?")
          .params(
              Intake.firstRecord(delivery.id()),
              Intake.firstRecord(delivery.id() + 1) - 1,
              Run.STILL)
          .update();
    }
    for (var seeds :
        List.of(
            "SELECT p.record_b, 0 FROM closed c JOIN match_pair p ON p.record_a = c.record_id",
            "SELECT p.record_a, 0 FROM closed c JOIN match_pair p ON p.record_b = c.record_id",
            "SELECT o.record_id, 0 FROM closed c STRAIGHT_JOIN link l ON l.record_id = c.record_id"
                + " AND l.until_run = %d STRAIGHT_JOIN link o ON o.unit_id = l.unit_id"
                + " AND o.until_run = 4294967295",
            "SELECT record_id, 0 FROM new_record")) {
      db.sql("INSERT IGNORE INTO affected " + seeds.formatted(run.id())).update();
    }
    for (var pair : verdicts.pending(run)) {
      db.sql("INSERT IGNORE INTO affected VALUES (?, 0), (?, 0)").params(pair[0], pair[1]).update();
    }
    matchPairs.forget("closed");
    note(run, matchPairs.compare(run, similarity, names, model, "new_record"), 0);
    db.sql("DELETE a FROM affected a JOIN closed USING (record_id)").update();
    matchPairs.spread("affected", Model.bits(similarity.link()));
    db.sql("DROP TEMPORARY TABLE closed").update();
    db.sql("DROP TEMPORARY TABLE new_record").update();
  }
}

package org.keyroll.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Matching;
import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.keyroll.matching.Clusters;
import org.keyroll.matching.Matcher;
import org.keyroll.matching.Model;
import org.keyroll.matching.Pair;
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
  private final JdbcClient db;
  private final DataSource dataSource;
  private final Models models;
  private final MatchPairs matchPairs;
  private final Verdicts verdicts;
  private final UnitChanges changes;
  private final Candidates candidates;

  Similar(
      JdbcClient db,
      DataSource dataSource,
      Models models,
      MatchPairs matchPairs,
      Verdicts verdicts,
      UnitChanges changes,
      Candidates candidates) {
    this.db = db;
    this.dataSource = dataSource;
    this.models = models;
    this.matchPairs = matchPairs;
    this.verdicts = verdicts;
    this.changes = changes;
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
    var names = new Names(matching.legalForms());
    var known = models.inForce(run.scope()).orElse(null);
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
            || records >= 2L * known.model().records())) {
      known = null;
    }
    boolean all = known == null;
    Participants people;
    Matcher matcher;
    List<Pair> pairs;
    if (known == null) {
      people = read(run, similarity, null);
      var trained = Matcher.train(similarity, people.population(), names);
      matcher = trained.matcher();
      pairs = trained.outcome().pairs();
      models.keep(run, matcher.model());
      matchPairs.replaceAll(run, people, names, matcher.model().blocking(), pairs);
      note(
          run,
          trained.outcome().compared(),
          trained.outcome().leftOut().stream().mapToLong(n -> n).sum());
    } else {
      gather(run, similarity, names, known.model(), fresh);
      people = read(run, similarity, "affected");
      matcher = Matcher.with(similarity, people.population(), names, known.model());
      pairs = matchPairs.among(people, "affected");
    }
    long linked = settle(run, rule, similarity, people, matcher, pairs, all);
    verdicts.settle(run);
    db.sql("DROP TEMPORARY TABLE affected").update();
    return linked;
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
      return Participants.read(connection, run, similarity, table);
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
          .params(run.scope().sourceId(delivery.source()), delivery.id(), Run.STILL)
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
    for (long record : verdicts.pending(run)) {
      db.sql("INSERT IGNORE INTO affected VALUES (?, 0)").param(record).update();
    }
    matchPairs.forget("closed");
    note(run, matchPairs.compare(run, similarity, names, model, "new_record"), 0);
    db.sql("DELETE a FROM affected a JOIN closed USING (record_id)").update();
    matchPairs.spread("affected", Model.bits(similarity.link()));
    db.sql("DROP TEMPORARY TABLE closed").update();
    db.sql("DROP TEMPORARY TABLE new_record").update();
  }

  private long settle(
      Run run,
      String rule,
      Similarity similarity,
      Participants people,
      Matcher matcher,
      List<Pair> pairs,
      boolean all)
      throws Exception {
    var given = given(run, rule, people);
    Set<Long> different = apart(run, people);
    Clusters.Apart apart =
        (a, b) ->
            people.contradict(a, b)
                || matcher.ruledOut(a, b)
                || !different.isEmpty() && different.contains(packed(a, b));
    var clusters =
        new Clusters(given, Model.bits(similarity.link()), matcher.weight(), apart).of(pairs);
    var assignment = assign(run, rule, people, clusters);
    long linked = apply(run, rule, people, clusters, assignment, pairs);
    candidates.update(run, similarity, all);
    return linked;
  }

  /** Groups that no evidence takes apart: what other rules or people have put together. */
  private int[] given(Run run, String rule, Participants people) {
    int[] given = new int[people.size()];
    Arrays.setAll(given, i -> i);
    Map<Long, Integer> first = new HashMap<>();
    for (int i = 0; i < given.length; i++) {
      if (held(people, i, rule) > Assignment.BY_EVIDENCE) {
        var of = first.putIfAbsent(people.unit(i), i);
        given[i] = of == null ? i : of;
      }
    }
    for (var pair : numbers(people, verdicts.inForce(run, Verdicts.Kind.SAME))) {
      int a = root(given, pair[0]);
      int b = root(given, pair[1]);
      given[Math.max(a, b)] = Math.min(a, b);
    }
    return given;
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      at = parent[at];
    }
    return at;
  }

  /** By what a record is held in its unit. */
  private static int held(Participants people, int i, String rule) {
    var by = people.rule(i);
    if (by == null || by.equals(rule) || by.equals(UnitChanges.MERGER)) {
      return Assignment.BY_EVIDENCE;
    }
    return people.identified(i) ? Assignment.BY_IDENTIFIER : Assignment.BY_RULE;
  }

  private Set<Long> apart(Run run, Participants people) {
    var apart = new HashSet<Long>();
    for (var pair : numbers(people, verdicts.inForce(run, Verdicts.Kind.DIFFERENT))) {
      apart.add(packed(pair[0], pair[1]));
    }
    return apart;
  }

  private static long packed(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private static List<int[]> numbers(Participants people, List<long[]> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    var numbers = people.numbers();
    var pairs = new ArrayList<int[]>();
    for (var pair : records) {
      var a = numbers.get(pair[0]);
      var b = numbers.get(pair[1]);
      if (a != null && b != null) {
        pairs.add(new int[] {a, b});
      }
    }
    return pairs;
  }

  private Assignment assign(Run run, String rule, Participants people, int[] clusters)
      throws Exception {
    var assignment = new Assignment();
    var before = formerUnits(run);
    for (int i = 0; i < clusters.length; i++) {
      long unit =
          people.unit(i) != Participants.NO_UNIT
              ? people.unit(i)
              : before.getOrDefault(people.record(i), Participants.NO_UNIT);
      if (unit != Participants.NO_UNIT) {
        assignment.vote(clusters[i], unit, held(people, i, rule));
      }
    }
    assignment.decide();
    return assignment;
  }

  /** Units that changed records were in before they changed, as long as these live. */
  private Map<Long, Long> formerUnits(Run run) {
    var units = new HashMap<Long, Long>();
    db.sql(
            """
            SELECT n.record_id, l.unit_id
            FROM unlinked x STRAIGHT_JOIN record n ON n.record_id = x.record_id
              STRAIGHT_JOIN record o FORCE INDEX (in_force) ON o.source_id = n.source_id
                AND o.until_run = n.since_run AND o.key_hash = n.key_hash
                AND o.record_key = n.record_key
              STRAIGHT_JOIN link l ON l.record_id = o.record_id AND l.until_run = ?
              STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id AND u.state <> 'merged'
            """)
        .param(run.id())
        .query(
            row -> {
              units.put(row.getLong(1), row.getLong(2));
            });
    return units;
  }

  private long apply(
      Run run,
      String rule,
      Participants people,
      int[] clusters,
      Assignment assignment,
      List<Pair> pairs)
      throws Exception {
    var founders = founders(run, people, clusters, assignment);
    var origins = assignment.origins();
    var newborns = new ArrayList<UnitChanges.Newborn>();
    var splits = new ArrayList<long[]>();
    long last = changes.lastUnit();
    for (var founder : founders) {
      int cluster = clusters[founder];
      var origin = origins.get(cluster);
      long back = origin == null ? 0 : comesBack(people, clusters, cluster, origin, assignment);
      long unit = back > 0 ? back : ++last;
      if (back == 0) {
        newborns.add(new UnitChanges.Newborn(unit, people.record(founder)));
      }
      assignment.take(cluster, unit);
      if (origin != null) {
        splits.add(new long[] {origin, unit, back});
      }
    }
    changes.mint(run, newborns);
    for (var split : splits) {
      changes.split(run, split[0], split[1], split[2] > 0);
    }
    for (var merger : assignment.mergers()) {
      changes.merge(run, merger);
    }
    var best = bestWeights(clusters, pairs);
    var places = new ArrayList<UnitChanges.Place>();
    for (int i = 0; i < clusters.length; i++) {
      long unit = assignment.unitOf(clusters[i]);
      if (held(people, i, rule) == Assignment.BY_EVIDENCE) {
        places.add(
            new UnitChanges.Place(
                people.record(i), unit, best[i] == 0 ? null : Model.probability(best[i])));
      }
    }
    return changes.place(run, places, rule);
  }

  /**
   * One record for each cluster that needs a unit, in the order in which they came: the one that
   * says what the unit is called. Reports alone make no unit.
   */
  private List<Integer> founders(
      Run run, Participants people, int[] clusters, Assignment assignment) {
    var registries =
        run.definitions().matching().registries().stream().map(run.scope()::sourceId).toList();
    var founder = new HashMap<Integer, Integer>();
    Comparator<Integer> order =
        Comparator.comparingInt((Integer i) -> registries.indexOf(people.source(i)))
            .thenComparing(i -> !people.identified(i))
            .thenComparingLong(people::record);
    for (int i = 0; i < clusters.length; i++) {
      if (assignment.unitOf(clusters[i]) == 0 && registries.contains(people.source(i))) {
        founder.merge(clusters[i], i, (a, b) -> order.compare(a, b) <= 0 ? a : b);
      }
    }
    return founder.values().stream().sorted(Comparator.comparingLong(people::record)).toList();
  }

  /** A merged unit that led to the origin and once held records of this cluster; 0 for none. */
  private long comesBack(
      Participants people, int[] clusters, int cluster, long origin, Assignment assignment) {
    var votes = new java.util.TreeMap<Long, Integer>();
    for (int i = 0; i < clusters.length; i++) {
      if (clusters[i] == cluster) {
        db.sql(
                """
                SELECT DISTINCT u.unit_id FROM record n
                  STRAIGHT_JOIN run x
                  STRAIGHT_JOIN record o FORCE INDEX (in_force) ON o.source_id = n.source_id
                    AND o.until_run = x.run_id AND o.key_hash = n.key_hash
                    AND o.record_key = n.record_key
                  STRAIGHT_JOIN link l ON l.record_id = o.record_id
                  STRAIGHT_JOIN unit u ON u.unit_id = l.unit_id AND u.merged_into = ?
                WHERE n.record_id = ?
                UNION SELECT u.unit_id FROM link l JOIN unit u ON u.unit_id = l.unit_id
                  AND u.merged_into = ? WHERE l.record_id = ?
                """)
            .params(origin, people.record(i), origin, people.record(i))
            .query(Long.class)
            .list()
            .forEach(unit -> votes.merge(unit, 1, Integer::sum));
      }
    }
    return votes.entrySet().stream()
        .filter(e -> !assignment.isTaken(e.getKey()))
        .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(e -> -e.getKey()))
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  /** The best evidence that each record has for its cluster; 0 for none. */
  private static double[] bestWeights(int[] clusters, List<Pair> pairs) {
    var best = new double[clusters.length];
    for (var pair : pairs) {
      if (clusters[pair.a()] == clusters[pair.b()]) {
        best[pair.a()] = Math.max(best[pair.a()], pair.weight());
        best[pair.b()] = Math.max(best[pair.b()], pair.weight());
      }
    }
    return best;
  }
}

package org.keyroll.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.keyroll.definition.Run;
import org.keyroll.matching.Clusters;
import org.keyroll.matching.Model;
import org.keyroll.matching.Pair;
import org.keyroll.matching.SortedKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settles which records make a unit, from what rules have linked, what the evidence says and what
 * people have decided; and which unit each of them is, so that ids outlive it.
 */
@Component
class Settlement {
  private final JdbcClient db;
  private final Verdicts verdicts;
  private final UnitChanges changes;

  Settlement(JdbcClient db, Verdicts verdicts, UnitChanges changes) {
    this.db = db;
    this.verdicts = verdicts;
    this.changes = changes;
  }

  /**
   * Evidence between the records.
   *
   * @param link log-odds in bits from which a pair links
   */
  record Weighed(
      List<Pair> pairs, double link, Supplier<Clusters.Weight> weight, Clusters.Apart ruledOut) {

    /** There is none: rules and verdicts alone decide. */
    static Weighed nothing() {
      return new Weighed(List.of(), 0, () -> (a, b) -> 0, (a, b) -> false);
    }
  }

  /**
   * What became of records.
   *
   * @param linked how many have a link now and had none
   * @param open pairs, in order, but for those of which it is plain that both are in one unit
   */
  record Settled(long linked, List<Pair> open) {}

  /**
   * Puts every record into its unit.
   *
   * @param rule id of the rule that links by evidence; empty where none is weighed
   */
  Settled settle(Run run, String rule, Participants people, Weighed weighed) throws Exception {
    var different = numbers(people, verdicts.inForce(run, Verdicts.Kind.DIFFERENT));
    var packed = new HashSet<Long>();
    different.forEach(pair -> packed.add(packed(pair[0], pair[1])));
    Clusters.Apart apart =
        (a, b) ->
            people.contradict(a, b)
                || weighed.ruledOut().are(a, b)
                || !packed.isEmpty() && packed.contains(packed(a, b));
    var clusters =
        new Clusters(given(run, rule, people, different), weighed.link(), weighed.weight(), apart)
            .of(weighed.pairs());
    return apply(run, rule, people, clusters, assign(run, rule, people, clusters), weighed.pairs());
  }

  private int[] given(Run run, String rule, Participants people, List<int[]> different) {
    var groups = new Groups(people.size(), different);
    var torn = new HashSet<Long>();
    for (var pair : different) {
      if (people.unit(pair[0]) == people.unit(pair[1])) {
        torn.add(people.unit(pair[0]));
      }
    }
    var byUnit = new SortedKeys();
    for (int i = 0; i < people.size(); i++) {
      if (held(people, i, rule) > Assignment.BY_EVIDENCE && !torn.contains(people.unit(i))) {
        byUnit.add(people.unit(i), i);
      }
    }
    byUnit.sort();
    for (int from = 0; from < byUnit.size(); from = byUnit.end(from)) {
      for (int i = from + 1; i < byUnit.end(from); i++) {
        groups.join(byUnit.record(from), byUnit.record(i));
      }
    }
    torn.stream().sorted().forEach(unit -> part(run, rule, people, unit, groups));
    numbers(people, verdicts.inForce(run, Verdicts.Kind.SAME))
        .forEach(pair -> groups.join(pair[0], pair[1]));
    for (var pair : numbers(people, verdicts.rejoined(run))) {
      groups.join(pair[0], pair[1]);
    }
    return groups.roots();
  }

  /**
   * Parts a unit of which a person keeps two records apart. What is alike stays together: first
   * what has the same identifier and name, then the same identifier, then all that may; the records
   * that hold the unit most strongly come first.
   */
  private void part(Run run, String rule, Participants people, long unit, Groups groups) {
    var registries = run.scope().registries();
    var members =
        IntStream.range(0, people.size())
            .filter(i -> people.unit(i) == unit && held(people, i, rule) > Assignment.BY_EVIDENCE)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> -strength(people, i, rule, registries))
                    .thenComparingLong(people::record))
            .toList();
    Map<Integer, String> names = new HashMap<>();
    Map<Integer, String> identifiers = new HashMap<>();
    for (int i : members) {
      db.sql(
              "SELECT COALESCE(identifier, ''), COALESCE(full_name, '') FROM record"
                  + " WHERE record_id = ?")
          .param(people.record(i))
          .query(
              row -> {
                identifiers.put(i, row.getString(1));
                names.put(i, row.getString(2));
              });
    }
    join(members, i -> identifiers.getOrDefault(i, "") + "\n" + names.getOrDefault(i, ""), groups);
    join(
        members.stream().filter(people::identified).toList(),
        i -> identifiers.getOrDefault(i, ""),
        groups);
    join(members, i -> "", groups);
  }

  private static void join(
      List<Integer> members, java.util.function.Function<Integer, String> by, Groups groups) {
    var of = new TreeMap<String, List<Integer>>();
    members.forEach(i -> of.computeIfAbsent(by.apply(i), k -> new ArrayList<>()).add(i));
    for (var alike : of.values()) {
      var leaders = new ArrayList<Integer>();
      for (int i : alike) {
        if (leaders.stream().noneMatch(leader -> groups.join(leader, i))) {
          leaders.add(i);
        }
      }
    }
  }

  /** By what a record is held in its unit. */
  private static int held(Participants people, int i, String rule) {
    var by = people.rule(i);
    if (by == null || by.equals(rule)) {
      return Assignment.BY_EVIDENCE;
    }
    return people.identified(i) ? Assignment.BY_IDENTIFIER : Assignment.BY_RULE;
  }

  private static int strength(Participants people, int i, String rule, List<Integer> registries) {
    return 2 * held(people, i, rule) + (registries.contains(people.source(i)) ? 1 : 0);
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
      int a = numbers.find(pair[0]);
      int b = numbers.find(pair[1]);
      if (a >= 0 && b >= 0) {
        pairs.add(new int[] {a, b});
      }
    }
    return pairs;
  }

  private Assignment assign(Run run, String rule, Participants people, int[] clusters) {
    var assignment = new Assignment(clusters.length);
    var before = formerUnits(run);
    var registries = run.scope().registries();
    for (int i = 0; i < clusters.length; i++) {
      long unit =
          people.unit(i) != Participants.NO_UNIT
              ? people.unit(i)
              : before.getOrDefault(people.record(i), Participants.NO_UNIT);
      if (unit != Participants.NO_UNIT) {
        assignment.vote(clusters[i], unit, strength(people, i, rule, registries));
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

  private Settled apply(
      Run run,
      String rule,
      Participants people,
      int[] clusters,
      Assignment assignment,
      List<Pair> pairs)
      throws Exception {
    found(run, people, clusters, assignment, rule.isEmpty());
    var mergers = assignment.mergers();
    Set<Long> merged = new TreeSet<>();
    mergers.forEach(m -> merged.add(m.unit()));
    var successors = changes.successors(run);
    var registries = run.scope().registries();
    var best = bestWeights(clusters, pairs);
    // What a report says of a unit that has merged is its successor's.
    IntToLongFunction unitOf =
        i -> {
          long unit = assignment.unitOf(clusters[i]);
          return registries.contains(people.source(i)) ? unit : successors.getOrDefault(unit, unit);
        };
    var byEvidence = new SortedKeys();
    var byVerdict = new ArrayList<UnitChanges.Place>();
    for (int i = 0; i < clusters.length; i++) {
      if (held(people, i, rule) == Assignment.BY_EVIDENCE) {
        byEvidence.add(people.record(i), i);
      } else if (unitOf.applyAsLong(i) != people.unit(i) && !merged.contains(people.unit(i))) {
        byVerdict.add(new UnitChanges.Place(people.record(i), unitOf.applyAsLong(i)));
      }
    }
    // In the order of the tables, in which they take them fastest.
    byEvidence.sort();
    long linked =
        changes.place(
            run,
            IntStream.range(0, byEvidence.size())
                .map(byEvidence::record)
                .mapToObj(
                    i ->
                        new UnitChanges.Place(
                            people.record(i),
                            unitOf.applyAsLong(i),
                            best[i] == 0 ? null : Model.probability(best[i]),
                            people.unit(i) != Participants.NO_UNIT)),
            rule.isEmpty() ? UnitChanges.VERDICT : rule);
    if (!byVerdict.isEmpty()) {
      linked += changes.place(run, byVerdict.stream(), UnitChanges.VERDICT);
    }
    for (var merger : mergers) {
      changes.merge(run, merger);
    }
    IntPredicate placed =
        i ->
            held(people, i, rule) == Assignment.BY_EVIDENCE
                || unitOf.applyAsLong(i) == people.unit(i);
    var open =
        pairs.stream()
            .filter(
                p ->
                    unitOf.applyAsLong(p.a()) == 0
                        || unitOf.applyAsLong(p.a()) != unitOf.applyAsLong(p.b())
                        || !placed.test(p.a())
                        || !placed.test(p.b()))
            .toList();
    return new Settled(linked, open);
  }

  /** Gives clusters that have no unit a new one, or one that comes back. */
  private void found(
      Run run, Participants people, int[] clusters, Assignment assignment, boolean knownOnly)
      throws Exception {
    var origins = assignment.origins();
    var newborns = new ArrayList<UnitChanges.Newborn>();
    var splits = new ArrayList<long[]>();
    long last = changes.lastUnit();
    for (var founder : founders(run, people, clusters, assignment)) {
      int cluster = clusters[founder];
      if (knownOnly && !assignment.knows(cluster)) {
        continue; // a row that no rule could place yet: other rules are still to be tried
      }
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
  }

  /**
   * One record for each cluster that needs a unit, in the order in which they came: the one that
   * says what the unit is called. Reports alone make no unit.
   */
  private static List<Integer> founders(
      Run run, Participants people, int[] clusters, Assignment assignment) {
    var registries = run.scope().registries();
    var founder = new int[clusters.length];
    Arrays.fill(founder, -1);
    Comparator<Integer> order =
        Comparator.comparingInt((Integer i) -> registries.indexOf(people.source(i)))
            .thenComparing(i -> !people.identified(i))
            .thenComparingLong(people::record);
    for (int i = 0; i < clusters.length; i++) {
      if (assignment.unitOf(clusters[i]) == 0 && registries.contains(people.source(i))) {
        int known = founder[clusters[i]];
        founder[clusters[i]] = known >= 0 && order.compare(known, i) <= 0 ? known : i;
      }
    }
    return Arrays.stream(founder)
        .filter(i -> i >= 0)
        .boxed()
        .sorted(Comparator.comparingLong(people::record))
        .toList();
  }

  /** A merged unit that led to the origin and once held records of this cluster; 0 for none. */
  private long comesBack(
      Participants people, int[] clusters, int cluster, long origin, Assignment assignment) {
    var votes = new TreeMap<Long, Integer>();
    for (int i = 0; i < clusters.length; i++) {
      if (clusters[i] == cluster) {
        db.sql(UnitChanges.UNITS_OF_KEY + " AND u.merged_into = ? AND u.redirect")
            .params(people.record(i), origin)
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

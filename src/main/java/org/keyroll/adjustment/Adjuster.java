package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.definition.Run;
import org.keyroll.scoring.Assessor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Compares assessments with the list and proposes what should change. */
@Service
public class Adjuster {
  private static final int AT_ONCE = 20_000;

  private final JdbcClient db;
  private final Assessor assessor;
  private final Proposals proposals;
  private final Entries entries;

  Adjuster(JdbcClient db, Assessor assessor, Proposals proposals, Entries entries) {
    this.db = db;
    this.assessor = assessor;
    this.proposals = proposals;
    this.entries = entries;
  }

  /** Proposes changes within the caller's transaction; returns how many of each kind. */
  public Map<Act, Long> adjust(Run run) throws Exception {
    var comparison = new Comparison(run);
    var basis = basis(run);
    var candidates = candidates(run, !basis.equals(adjustedBy(run)));
    var counts = new EnumMap<Act, Long>(Act.class);
    var current = entries.current(run.scope());
    proposals.supersede(run);
    for (int i = 0; i < candidates.size(); i += AT_ONCE) {
      var units = new HashMap<Long, Comparison.Unit>();
      candidates
          .subList(i, Math.min(candidates.size(), i + AT_ONCE))
          .forEach(u -> units.put(u.id(), u));
      var found = new ArrayList<Proposal>();
      assessor
          .explain(run.scope(), run.asOf(), units.keySet())
          .forEach(
              (id, assessment) ->
                  found.addAll(
                      comparison.compare(
                          java.util.Objects.requireNonNull(units.get(id)),
                          assessment,
                          current.get(id))));
      proposals.add(found);
      found.forEach(p -> counts.merge(p.act(), 1L, Long::sum));
    }
    db.sql("UPDATE programme SET adjusted_run = ?, adjusted_by = ? WHERE programme_id = ?")
        .params(run.id(), basis, run.scope().programmeId())
        .update();
    return counts;
  }

  /** The definitions that entries depend on, beside their assessments. */
  private static String basis(Run run) {
    var versions = run.definitions().versions();
    return Integer.toHexString(
        List.of(
                versions.getOrDefault("programme.yml", ""),
                versions.getOrDefault("departments.yml", ""),
                versions.getOrDefault("policy.yml", ""))
            .hashCode());
  }

  private String adjustedBy(Run run) {
    return db.sql("SELECT COALESCE(adjusted_by, '') FROM programme WHERE programme_id = ?")
        .param(run.scope().programmeId())
        .query(String.class)
        .single();
  }

  /**
   * Units that have changed since the last adjustment and are, or could come, onto the list; and
   * those whose last proposal has not been decided.
   */
  private List<Comparison.Unit> candidates(Run run, boolean all) {
    int tiers = run.definitions().programme().tiers().size();
    return db.sql(
            """
            SELECT u.unit_id, u.identifier, u.name, u.state, s.name AS successor
            FROM unit u
              JOIN programme p ON p.programme_id = u.programme_id
              LEFT JOIN assessment a ON a.unit_id = u.unit_id AND a.until_run = :still
              LEFT JOIN entry e ON e.programme_id = u.programme_id AND e.unit_id = u.unit_id
                AND e.until_revision = :still
              LEFT JOIN unit s ON s.unit_id = u.merged_into
            WHERE u.programme_id = :programme
              AND (e.unit_id IS NOT NULL OR a.enters < :tiers)
              AND (:all OR u.touched_run > p.adjusted_run OR a.since_run > p.adjusted_run
                OR EXISTS (SELECT 1 FROM proposal o JOIN run r ON r.run_id = o.run_id
                  WHERE o.unit_id = u.unit_id AND r.programme_id = u.programme_id
                    AND o.state IN ('proposed', 'held')))
            ORDER BY u.unit_id
            """)
        .param("still", Run.STILL)
        .param("programme", run.scope().programmeId())
        .param("tiers", tiers)
        .param("all", all)
        .query(
            (row, n) ->
                new Comparison.Unit(
                    row.getLong("unit_id"),
                    row.getString("identifier"),
                    row.getString("name"),
                    row.getString("state").equals("merged"),
                    row.getString("state").equals("dissolved"),
                    row.getString("successor")))
        .list();
  }
}

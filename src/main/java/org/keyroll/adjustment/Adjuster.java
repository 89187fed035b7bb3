package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.adjustment.UnitOverride.State;
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
  private final Overrides overrides;
  private final Causes causes;
  private final KeptDefinitions kept;
  private final Clocks clocks;

  Adjuster(
      JdbcClient db,
      Assessor assessor,
      Proposals proposals,
      Overrides overrides,
      Causes causes,
      KeptDefinitions kept,
      Clocks clocks) {
    this.db = db;
    this.assessor = assessor;
    this.proposals = proposals;
    this.overrides = overrides;
    this.causes = causes;
    this.kept = kept;
    this.clocks = clocks;
  }

  /**
   * Proposes changes within the caller's transaction; returns how many of each kind are new. What
   * is open and still follows stays as it is, with what was said of it.
   */
  public Map<Act, Long> adjust(Run run) throws Exception {
    proposals.lock(run.scope());
    proposals.finalise(run.scope(), run.asOf());
    overrides.expire(run);
    var comparison = new Comparison(run);
    var basis = basis(run);
    long last = adjustedRun(run);
    var candidates = candidates(run, basis.equals(adjustedBy(run)) ? last : 0);
    var inquiry = causes.inquiry(run);
    var counts = new EnumMap<Act, Long>(Act.class);
    var open = proposals.open(run.scope()).stream().collect(Collectors.groupingBy(Proposal::unit));
    for (int i = 0; i < candidates.size(); i += AT_ONCE) {
      var units = new HashMap<Long, Candidate>();
      candidates
          .subList(i, Math.min(candidates.size(), i + AT_ONCE))
          .forEach(c -> units.put(c.unit().id(), c));
      var times =
          clocks.of(
              run.scope(),
              units.values().stream()
                  .filter(c -> c.current() != null)
                  .map(c -> c.unit().id())
                  .toList());
      var gone = new LinkedHashSet<ProposalId>();
      var cases = new ArrayList<Causes.Case>();
      assessor
          .explain(run.scope(), run.asOf(), units.keySet())
          .forEach(
              (id, assessment) -> {
                var candidate = Objects.requireNonNull(units.get(id));
                var unit = candidate.unit().timed(times.get(id));
                var fresh = comparison.compare(unit, assessment, candidate.current());
                var before = open.getOrDefault(id, List.of());
                if (!same(before, fresh)) {
                  before.forEach(p -> gone.add(p.id()));
                  // What is replaced was found against an earlier state: so is what replaces it.
                  long since = before.stream().mapToLong(Proposal::since).min().orElse(last);
                  cases.add(new Causes.Case(unit, candidate.current(), assessment, fresh, since));
                }
              });
      var found = inquiry.of(cases);
      proposals.supersede(gone);
      proposals.add(found);
      found.forEach(p -> counts.merge(p.act(), 1L, Long::sum));
    }
    overrides.seen(run);
    kept.keep(run);
    db.sql("UPDATE programme SET adjusted_run = ?, adjusted_by = ? WHERE programme_id = ?")
        .params(run.id(), basis, run.scope().programmeId())
        .update();
    return counts;
  }

  private static boolean same(List<Proposal> before, List<Proposal> fresh) {
    return before.size() == fresh.size()
        && fresh.stream().allMatch(f -> before.stream().anyMatch(f::saysTheSameAs));
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

  private long adjustedRun(Run run) {
    return db.sql("SELECT adjusted_run FROM programme WHERE programme_id = ?")
        .param(run.scope().programmeId())
        .query(Long.class)
        .single();
  }

  /**
   * A unit to be compared.
   *
   * @param current its entry in force; null where it is not on the list
   */
  private record Candidate(Comparison.Unit unit, @Nullable Entry current) {}

  /**
   * Units that have changed since a run and are, or could come, onto the list; and those whose last
   * proposal has not been decided, of which persons say something, or that wait in a buffer or for
   * the end of a tenure.
   *
   * @param since 0 for all that are, or could come, onto the list
   */
  private List<Candidate> candidates(Run run, long since) {
    int tiers = run.definitions().programme().tiers().size();
    var live =
        overrides.live(run.scope()).stream().collect(Collectors.groupingBy(o -> o.unit().number()));
    return db.sql(
            """
            SELECT u.unit_id, u.identifier, u.name, u.state, s.name AS successor, f.entry
            FROM (
              SELECT a.unit_id FROM assessment a
              WHERE a.until_run = :still AND (a.enters < :tiers OR a.judged < :tiers)
                AND a.since_run > :since
              UNION
              SELECT b.unit_id FROM assessment b JOIN entry e
                ON e.programme_id = :programme AND e.unit_id = b.unit_id AND e.until_revision = :still
              WHERE b.until_run = :still AND b.since_run > :since
              UNION
              SELECT k.unit_id FROM entry k JOIN score z ON z.programme_id = k.programme_id
                AND z.block = k.unit_id DIV 4096 AND z.since_run > :since
              WHERE k.programme_id = :programme AND k.until_revision = :still
              UNION
              SELECT l.unit_id FROM unit l JOIN entry e
                ON e.programme_id = :programme AND e.unit_id = l.unit_id AND e.until_revision = :still
              WHERE l.touched_run > :since
              UNION
              SELECT v.unit_id FROM unit_override v
              WHERE v.programme_id = :programme AND (v.state IN ('proposed', 'approved') OR NOT v.seen)
              UNION
              SELECT t.unit_id FROM entry t JOIN assessment w
                ON w.unit_id = t.unit_id AND w.until_run = :still
              WHERE :clocks AND t.programme_id = :programme AND t.until_revision = :still
                AND w.enters >= FIND_IN_SET(t.tier, :tier_ids)
              UNION
              SELECT o.unit_id FROM proposal o WHERE o.state IN ('proposed', 'held', 'approved')
            ) c
              JOIN unit u ON u.unit_id = c.unit_id AND u.programme_id = :programme
              LEFT JOIN unit s ON s.unit_id = u.merged_into
              LEFT JOIN entry f ON f.programme_id = :programme AND f.unit_id = u.unit_id
                AND f.until_revision = :still
            ORDER BY u.unit_id
            """)
        .param("still", Run.STILL)
        .param("programme", run.scope().programmeId())
        .param("tiers", tiers)
        .param("since", since)
        .param("clocks", run.definitions().policy().hasClocks())
        .param(
            "tier_ids",
            run.definitions().programme().tiers().stream()
                .map(t -> t.id())
                .collect(Collectors.joining(",")))
        .query(
            (row, n) -> {
              var said = live.getOrDefault(row.getLong("unit_id"), List.of());
              var entry = row.getString("entry");
              return new Candidate(
                  new Comparison.Unit(
                      row.getLong("unit_id"),
                      row.getString("identifier"),
                      row.getString("name"),
                      row.getString("state").equals("merged"),
                      row.getString("state").equals("dissolved"),
                      row.getString("successor"),
                      last(said, o -> o.inForce(run.asOf()) && o.kind() != Kind.JUDGEMENT),
                      last(said, o -> o.inForce(run.asOf()) && o.kind() == Kind.JUDGEMENT),
                      last(said, o -> hasEnded(o) && o.kind() != Kind.JUDGEMENT),
                      last(said, o -> hasEnded(o) && o.kind() == Kind.JUDGEMENT),
                      null,
                      said.stream().anyMatch(o -> o.state() == State.PROPOSED)),
                  entry == null ? null : EntryJson.read(entry));
            })
        .list();
  }

  /** Whether it was in force and is no longer. */
  private static boolean hasEnded(UnitOverride override) {
    return override.kind() != Kind.RULES
        && override.decidedBy() != null
        && (override.state() == State.EXPIRED || override.state() == State.ENDED);
  }

  private static @Nullable UnitOverride last(
      List<UnitOverride> said, Predicate<UnitOverride> which) {
    return said.stream().filter(which).reduce((a, b) -> b).orElse(null);
  }
}

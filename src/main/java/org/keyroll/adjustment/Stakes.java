package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Review;
import org.keyroll.identity.Review.Candidate;
import org.keyroll.identity.Review.Side;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessments;
import org.keyroll.scoring.Assessor;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What a person's word on two records would change on the list. */
@Service
public class Stakes {
  private final JdbcClient db;
  private final Review review;
  private final Assessor assessor;
  private final Assessments assessments;
  private final Revisions revisions;
  private final Entries entries;

  Stakes(
      JdbcClient db,
      Review review,
      Assessor assessor,
      Assessments assessments,
      Revisions revisions,
      Entries entries) {
    this.db = db;
    this.review = review;
    this.assessor = assessor;
    this.assessments = assessments;
    this.revisions = revisions;
    this.entries = entries;
  }

  /**
   * A candidate and what depends on it.
   *
   * @param listed how many of the units concerned are on the list
   * @param score highest score of the units concerned; null when none has one
   */
  public record AtStake(Candidate candidate, int listed, @Nullable Double score, String words) {}

  /** Open candidates, those first that would change most on the list. */
  public List<AtStake> open(Scope scope) {
    var listed = entries.tiers(scope).keySet();
    var scores = scores(scope);
    var all = new ArrayList<AtStake>();
    for (var candidate : review.open(scope)) {
      var units =
          Stream.of(candidate.a().unit(), candidate.b().unit())
              .filter(Objects::nonNull)
              .map(UnitId::number)
              .distinct()
              .toList();
      int on = (int) units.stream().filter(listed::contains).count();
      var score =
          units.stream()
              .map(scores::get)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(null);
      all.add(new AtStake(candidate, on, score, words(candidate, listed::contains)));
    }
    all.sort(
        Comparator.comparingInt((AtStake s) -> -s.listed())
            .thenComparingDouble(s -> s.score() == null ? 0 : -s.score())
            .thenComparingDouble(s -> s.candidate().bits() == null ? 0 : -s.candidate().bits())
            .thenComparingLong(s -> s.candidate().id()));
    return all;
  }

  private Map<Long, Double> scores(Scope scope) {
    var scores = new HashMap<Long, Double>();
    db.sql(
            """
            SELECT s.unit_id, s.score FROM (
                SELECT record_a AS record_id FROM candidate WHERE programme_id = ?
                UNION SELECT record_b FROM candidate WHERE programme_id = ?) c
              JOIN link l ON l.record_id = c.record_id AND l.until_run = ?
              JOIN assessment s ON s.unit_id = l.unit_id AND s.until_run = ?
            WHERE s.score IS NOT NULL
            """)
        .params(scope.programmeId(), scope.programmeId(), Run.STILL, Run.STILL)
        .query(
            row -> {
              scores.put(row.getLong(1), row.getDouble(2));
            });
    assessments.current(scope, scores);
    return scores;
  }

  private static String words(Candidate candidate, java.util.function.Predicate<Long> listed) {
    var a = candidate.a().unit();
    var b = candidate.b().unit();
    if (a == null || b == null) {
      var unit = a == null ? b : a;
      return unit == null
          ? "two rows wait that no unit has"
          : listed.test(unit.number())
              ? "a row that waits would count for " + unit + ", which is on the list"
              : "a row that waits would count for " + unit;
    }
    if (a.equals(b)) {
      return listed.test(a.number())
          ? "rejected, a row would no longer count for " + a + ", which is on the list"
          : "rejected, a row would no longer count for " + a;
    }
    boolean one = listed.test(a.number());
    boolean two = listed.test(b.number());
    if (one && two) {
      return "two entries of the list would be one";
    }
    return one || two
        ? "%s would come under the entry of %s".formatted(one ? b : a, one ? a : b)
        : "%s and %s would be one; neither is on the list".formatted(a, b);
  }

  /**
   * How one unit stands now and how it would.
   *
   * @param now null when there is none yet
   * @param then null when nothing would be left
   */
  public record Prospect(
      UnitId unit, @Nullable Standing now, @Nullable Standing then, LocalDate asOf) {}

  /**
   * A score and the tier that it or a trigger lets the unit enter.
   *
   * @param tier title; null for none
   */
  public record Standing(@Nullable Double score, @Nullable String tier) {}

  /**
   * What would be of a candidate's unit: joined where the two are apart, parted where they are
   * together. Worked out by the policy in force, as of the last revision; nothing of it is kept.
   */
  public List<Prospect> of(Scope scope, Candidate candidate) {
    var a = candidate.a();
    var b = candidate.b();
    var asOf = revisions.lastAsOf(scope);
    if (a.unit() == null && b.unit() == null) {
      return List.of();
    }
    if (a.unit() != null && a.unit().equals(b.unit())) {
      var leaving = leaving(scope, a, b);
      return List.of(prospect(scope, a.unit(), leaving, a.unit(), null, asOf));
    }
    boolean first = a.unit() == null || b.unit() != null && b.unit().compareTo(a.unit()) < 0;
    var moving = first ? a : b;
    var staying = first ? b : a;
    return List.of(
        prospect(
            scope,
            Objects.requireNonNull(staying.unit()),
            moving.record(),
            moving.unit(),
            staying.unit(),
            asOf));
  }

  /** Of two records in one unit, the one that a registry does not vouch for. */
  private static long leaving(Scope scope, Side a, Side b) {
    var registries = scope.definitions().matching().registries();
    return registries.contains(b.source()) && !registries.contains(a.source())
        ? a.record()
        : b.record();
  }

  private Prospect prospect(
      Scope scope,
      UnitId unit,
      long record,
      @Nullable UnitId from,
      @Nullable UnitId into,
      LocalDate asOf) {
    var now = standing(scope, assess(scope, asOf, unit));
    var then = standing(scope, review.suppose(record, from, into, () -> assess(scope, asOf, unit)));
    return new Prospect(unit, now, then, asOf);
  }

  private Map<Long, Assessment> assess(Scope scope, LocalDate asOf, UnitId unit) {
    return assessor.explain(scope, asOf, List.of(unit.number()));
  }

  private static @Nullable Standing standing(Scope scope, Map<Long, Assessment> assessments) {
    for (var assessment : assessments.values()) {
      var tiers = scope.programme().tiers();
      return new Standing(
          assessment.score(),
          assessment.enters() < tiers.size() ? tiers.get(assessment.enters()).title() : null);
    }
    return null;
  }
}

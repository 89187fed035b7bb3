package org.keyroll.identity;

import org.keyroll.definition.Run;
import org.keyroll.definition.Similarity;
import org.keyroll.matching.Model;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the pairs that a person has to decide on: enough speaks for them to ask. */
@Component
class Candidates {
  private final JdbcClient db;

  Candidates(JdbcClient db) {
    this.db = db;
  }

  /**
   * Puts down the best pair of any two units, or records without one, that may be the same.
   *
   * @param all whether all records were compared and not only those of {@code affected}; then
   *     {@code open_pair} has the pairs that may be of different units
   */
  void update(Run run, Similarity similarity, boolean all) {
    db.sql(
            """
            CREATE OR REPLACE TEMPORARY TABLE doubtful (
              record_a BIGINT UNSIGNED NOT NULL, record_b BIGINT UNSIGNED NOT NULL,
              weight DOUBLE NOT NULL, cause VARCHAR(8) NOT NULL, PRIMARY KEY (record_a, record_b))
            """)
        .update();
    // Most pairs are linked; of those nothing but the links is looked at.
    for (var side : all ? new String[] {""} : new String[] {"a", "b"}) {
      db.sql(
              """
              INSERT IGNORE INTO doubtful
              SELECT record_a, record_b, weight, IF(conflict, 'conflict', 'similar') FROM (
                SELECT p.record_a, p.record_b, p.weight,
                    COALESCE(a.identifier <> b.identifier, FALSE) AS conflict,
                    ROW_NUMBER() OVER (
                      PARTITION BY LEAST(COALESCE(k.unit_id, -a.record_id), COALESCE(l.unit_id, -b.record_id)),
                        GREATEST(COALESCE(k.unit_id, -a.record_id), COALESCE(l.unit_id, -b.record_id))
                      ORDER BY p.weight DESC, p.record_a, p.record_b) AS place
                FROM %s
                  LEFT JOIN link k ON k.record_id = p.record_a AND k.until_run = 4294967295
                  LEFT JOIN link l ON l.record_id = p.record_b AND l.until_run = 4294967295
                  STRAIGHT_JOIN record a ON a.record_id = p.record_a AND a.until_run = 4294967295
                  STRAIGHT_JOIN record b ON b.record_id = p.record_b AND b.until_run = 4294967295
                  STRAIGHT_JOIN source s ON s.source_id = a.source_id AND s.programme_id = ?
                WHERE p.weight >= ? AND NOT k.unit_id <=> l.unit_id
                   OR p.weight >= ? AND k.unit_id IS NULL AND l.unit_id IS NULL
              ) found WHERE place = 1
              """
                  .formatted(
                      side.isEmpty()
                          ? "open_pair p"
                          : "affected t STRAIGHT_JOIN match_pair p ON p.record_%s = t.record_id"
                              .formatted(side)))
          .params(
              run.scope().programmeId(), Model.bits(similarity.ask()), Model.bits(similarity.ask()))
          .update();
    }
    var distinct =
        similarity.distinct().stream()
            .map(s -> Integer.toString(run.scope().sourceId(s)))
            .collect(java.util.stream.Collectors.joining(","));
    if (!distinct.isEmpty()) {
      rivals(similarity, distinct);
      withoutRivalsDecided(distinct);
    }
    withoutVerdict();
    db.sql(
            """
            DELETE c FROM candidate c LEFT JOIN doubtful d USING (record_a, record_b)
            WHERE c.programme_id = ? AND c.weight IS NOT NULL AND d.record_a IS NULL %s
            """
                .formatted(
                    all
                        ? ""
                        : "AND (c.record_a IN (SELECT record_id FROM affected)"
                            + " OR c.record_b IN (SELECT record_id FROM affected)"
                            + " OR NOT EXISTS (SELECT 1 FROM record r WHERE r.record_id = c.record_a"
                            + " AND r.until_run = 4294967295)"
                            + " OR NOT EXISTS (SELECT 1 FROM record r WHERE r.record_id = c.record_b"
                            + " AND r.until_run = 4294967295))"))
        .param(run.scope().programmeId())
        .update();
    db.sql(
            """
            INSERT INTO candidate (programme_id, record_a, record_b, weight, cause, since_run)
            SELECT ?, d.record_a, d.record_b, d.weight, d.cause, ?
            FROM doubtful d LEFT JOIN candidate c USING (record_a, record_b)
            WHERE c.candidate_id IS NULL ORDER BY d.record_a, d.record_b
            """)
        .params(run.scope().programmeId(), run.id())
        .update();
    db.sql(
            "UPDATE candidate c JOIN doubtful d USING (record_a, record_b)"
                + " SET c.cause = d.cause WHERE c.weight IS NOT NULL")
        .update();
    db.sql("DROP TEMPORARY TABLE doubtful").update();
    db.sql("DROP TEMPORARY TABLE IF EXISTS open_pair").update();
  }

  /** Another row of the source of which no two are one unit fits as well, linked or not. */
  private void rivals(Similarity similarity, String distinct) {
    for (var side : new String[][] {{"a", "b"}, {"b", "a"}}) {
      for (var pair : new String[][] {{"a", "b"}, {"b", "a"}}) {
        db.sql(
                """
                UPDATE doubtful d
                  STRAIGHT_JOIN record mine ON mine.record_id = d.record_%s
                  STRAIGHT_JOIN match_pair p ON p.record_%s = d.record_%s
                    AND p.record_%s <> d.record_%s AND p.weight >= ?
                  STRAIGHT_JOIN record other ON other.record_id = p.record_%s
                    AND other.source_id = mine.source_id
                SET d.cause = 'rival'
                WHERE d.cause = 'similar' AND mine.source_id IN (%s)
                """
                    .formatted(side[1], pair[0], side[0], pair[1], side[1], pair[1], distinct))
            .param(Model.bits(similarity.ask()))
            .update();
      }
    }
  }

  /** A person has given the unit to another row of the source. */
  private void withoutRivalsDecided(String distinct) {
    for (var side : new String[][] {{"a", "b"}, {"b", "a"}}) {
      for (var of : new String[][] {{"a", "b"}, {"b", "a"}}) {
        db.sql(
                """
                DELETE d FROM doubtful d
                  JOIN record x ON x.record_id = d.record_%1$s
                  JOIN record y ON y.record_id = d.record_%2$s
                  JOIN verdict v ON v.verdict = 'same' AND v.undone_by IS NULL
                    AND v.source_%3$s = x.source_id AND v.key_hash_%3$s = x.key_hash
                    AND v.key_%3$s = x.record_key
                    AND v.source_%4$s = y.source_id AND v.key_%4$s <> y.record_key
                WHERE y.source_id IN (%5$s)
                """
                    .formatted(side[0], side[1], of[0], of[1], distinct))
            .update();
      }
    }
  }

  /** What a person has said already is not asked again. */
  private void withoutVerdict() {
    db.sql(
            "DELETE d FROM doubtful d JOIN record a ON a.record_id = d.record_a"
                + " JOIN record b ON b.record_id = d.record_b JOIN verdict v ON "
                + Verdicts.SPEAKS_OF_BOTH)
        .update();
  }
}

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
   * @param all whether all records were compared and not only those of {@code affected}
   */
  void update(Run run, Similarity similarity, boolean all) {
    db.sql(
            """
            CREATE OR REPLACE TEMPORARY TABLE doubtful (
              record_a BIGINT UNSIGNED NOT NULL, record_b BIGINT UNSIGNED NOT NULL,
              weight DOUBLE NOT NULL, conflict BOOLEAN NOT NULL, PRIMARY KEY (record_a, record_b))
            """)
        .update();
    for (var side : all ? new String[] {""} : new String[] {"a", "b"}) {
      db.sql(
              """
              INSERT IGNORE INTO doubtful
              SELECT record_a, record_b, weight, conflict FROM (
                SELECT p.record_a, p.record_b, p.weight,
                    COALESCE(a.identifier <> b.identifier, FALSE) AS conflict,
                    ROW_NUMBER() OVER (
                      PARTITION BY LEAST(COALESCE(k.unit_id, -a.record_id), COALESCE(l.unit_id, -b.record_id)),
                        GREATEST(COALESCE(k.unit_id, -a.record_id), COALESCE(l.unit_id, -b.record_id))
                      ORDER BY p.weight DESC, p.record_a, p.record_b) AS place
                FROM %s
                  JOIN record a ON a.record_id = p.record_a AND a.until_run = 4294967295
                  JOIN record b ON b.record_id = p.record_b AND b.until_run = 4294967295
                  JOIN source s ON s.source_id = a.source_id AND s.programme_id = ?
                  LEFT JOIN link k ON k.record_id = a.record_id AND k.until_run = 4294967295
                  LEFT JOIN link l ON l.record_id = b.record_id AND l.until_run = 4294967295
                WHERE p.weight >= ? AND NOT k.unit_id <=> l.unit_id
                   OR p.weight >= ? AND k.unit_id IS NULL AND l.unit_id IS NULL
              ) found WHERE place = 1
              """
                  .formatted(
                      side.isEmpty()
                          ? "match_pair p"
                          : "affected t STRAIGHT_JOIN match_pair p ON p.record_%s = t.record_id"
                              .formatted(side)))
          .params(
              run.scope().programmeId(), Model.bits(similarity.ask()), Model.bits(similarity.ask()))
          .update();
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
            SELECT ?, d.record_a, d.record_b, d.weight, IF(d.conflict, 'conflict', 'similar'), ?
            FROM doubtful d LEFT JOIN candidate c USING (record_a, record_b)
            WHERE c.candidate_id IS NULL ORDER BY d.record_a, d.record_b
            """)
        .params(run.scope().programmeId(), run.id())
        .update();
    db.sql("DROP TEMPORARY TABLE doubtful").update();
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

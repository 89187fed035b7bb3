package org.keyroll.identity;

import org.keyroll.definition.Matching;
import org.keyroll.definition.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tries the rules of {@code matching.yml} on every record that has no link yet: one unit links,
 * several ask a person. Two different identifiers never join by name.
 */
@Component
class NameRules {
  private final JdbcClient db;
  private final Abbreviations abbreviations;

  NameRules(JdbcClient db, Abbreviations abbreviations) {
    this.db = db;
    this.abbreviations = abbreviations;
  }

  /** Links what can be linked and returns how many records that were. */
  long link(Run run) throws Exception {
    long linked = 0;
    db.sql(
            "UPDATE unlinked x STRAIGHT_JOIN record r ON r.record_id = x.record_id"
                + " STRAIGHT_JOIN source s ON s.source_id = r.source_id"
                + " SET x.candidates = NULL WHERE s.programme_id = ? AND x.candidates IS NOT NULL")
        .param(run.scope().programmeId())
        .update();
    for (var rule : run.definitions().matching().rules()) {
      // Evidence is weighed for all records at once, when the other rules have been tried.
      linked += rule.by() == Matching.By.SIMILARITY ? 0 : apply(run, rule);
    }
    return linked;
  }

  private long apply(Run run, Matching.Rule rule) throws Exception {
    db.sql(
            """
            CREATE OR REPLACE TEMPORARY TABLE found (
              record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
              units INT NOT NULL, unit_id INT UNSIGNED NOT NULL, candidates VARCHAR(200) NOT NULL)
            """)
        .update();
    if (rule.by() == Matching.By.ABBREVIATION && !abbreviations.find(run)) {
      return 0;
    }
    db.sql(
            """
            INSERT INTO found
            SELECT m.record_id, COUNT(DISTINCT m.unit_id), MIN(m.unit_id),
                GROUP_CONCAT(DISTINCT m.unit_id ORDER BY m.unit_id LIMIT 18)
            FROM (
              SELECT STRAIGHT_JOIN x.record_id,
                  IF(s.registry AND NOT u.redirect, u.unit_id,
                    COALESCE(u.merged_into, u.unit_id)) AS unit_id
              FROM unlinked x
                JOIN record r ON r.record_id = x.record_id
                JOIN (SELECT source_id, FIND_IN_SET(source, ?) > 0 AS registry
                      FROM source WHERE programme_id = ?) s ON s.source_id = r.source_id
                %s
              WHERE x.candidates IS NULL AND u.programme_id = ?
                AND (r.identifier IS NULL OR u.identifier IS NULL OR r.identifier = u.identifier)
                AND NOT EXISTS (SELECT 1 FROM forbidden f
                  WHERE f.record_id = x.record_id AND f.unit_id IN (u.unit_id, u.merged_into))
            ) m GROUP BY m.record_id
            """
                .formatted(join(rule.by())))
        .params(
            String.join(",", run.definitions().matching().registries()),
            run.scope().programmeId(),
            run.scope().programmeId())
        .update();
    int linked =
        db.sql(
                "INSERT INTO link (record_id, since_run, unit_id, rule)"
                    + " SELECT record_id, ?, unit_id, ? FROM found WHERE units = 1")
            .params(run.id(), rule.id())
            .update();
    if (linked > 0) {
      db.sql(
              "UPDATE unit u JOIN found f ON f.unit_id = u.unit_id SET u.touched_run = ?"
                  + " WHERE f.units = 1")
          .param(run.id())
          .update();
      db.sql("DELETE x FROM unlinked x JOIN found f USING (record_id) WHERE f.units = 1").update();
    }
    db.sql(
            "UPDATE unlinked x JOIN found f USING (record_id) SET x.candidates = f.candidates"
                + " WHERE f.units > 1")
        .update();
    db.sql("DROP TEMPORARY TABLE found").update();
    return linked;
  }

  private static String join(Matching.By by) {
    return switch (by) {
      case IDENTIFIER -> "JOIN unit u ON u.identifier = r.identifier";
      case NAME -> "JOIN unit u ON u.brief_name = r.brief_name AND u.full_name = r.full_name";
      case FORMER_NAME ->
          "JOIN unit_alias a ON a.full_name = r.full_name JOIN unit u ON u.unit_id = a.unit_id";
      case SHORT_NAME -> "JOIN unit u ON u.brief_name = r.brief_name";
      case ABBREVIATION ->
          "JOIN abbreviation b ON b.record_id = r.record_id JOIN unit u ON u.unit_id = b.unit_id";
      case SIMILARITY -> throw new IllegalArgumentException("not a rule of names: " + by);
    };
  }
}

package org.keyroll.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.unit.Names;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Finds the units whose name a waiting record gives in a short form. */
@Component
class Abbreviations {
  private final JdbcClient db;
  private final DataSource dataSource;

  Abbreviations(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  private record Brief(long record, String name) {}

  private record Found(long record, long unit) {}

  /**
   * Puts them down in a temporary table {@code abbreviation}.
   *
   * @return whether there are any
   */
  boolean find(Run run) throws Exception {
    var names = new Names(run.definitions().matching().legalForms());
    var briefs = briefs(run, names);
    if (briefs.isEmpty()) {
      return false;
    }
    var found = new ArrayList<Found>();
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      try (var statement =
          connection.prepareStatement(
              "SELECT unit_id, full_name FROM unit WHERE programme_id = ? AND full_name IS NOT NULL"
                  + " ORDER BY unit_id")) {
        statement.setInt(1, run.scope().programmeId());
        statement.setFetchSize(10_000);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            var name = rows.getString(2);
            for (var brief : like(briefs, names.marks(name))) {
              if (brief.name().length() < name.length() && names.isShortOf(brief.name(), name)) {
                found.add(new Found(brief.record(), rows.getLong(1)));
              }
            }
          }
        }
      }
      db.sql(
              "CREATE OR REPLACE TEMPORARY TABLE abbreviation (record_id BIGINT UNSIGNED NOT NULL,"
                  + " unit_id INT UNSIGNED NOT NULL, PRIMARY KEY (record_id, unit_id))")
          .update();
      BulkLoad.into(
          connection,
          "abbreviation",
          List.of("record_id", "unit_id"),
          lines -> {
            for (var pair : found) {
              lines.add(pair.record()).add(pair.unit()).end();
            }
          });
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
    return !found.isEmpty();
  }

  /** By what the marks of a name that they shorten may be. */
  private Map<String, List<Brief>> briefs(Run run, Names names) {
    var briefs = new HashMap<String, List<Brief>>();
    db.sql(
            """
            SELECT r.record_id, r.full_name FROM unlinked x
              STRAIGHT_JOIN record r ON r.record_id = x.record_id
              STRAIGHT_JOIN source s ON s.source_id = r.source_id
            WHERE s.programme_id = ? AND x.candidates IS NULL AND r.full_name IS NOT NULL
            ORDER BY r.record_id
            """)
        .param(run.scope().programmeId())
        .query(
            row -> {
              var brief = new Brief(row.getLong(1), row.getString(2));
              if (!names.saysNothing(brief.name())) {
                keys(brief.name(), names)
                    .forEach(k -> briefs.computeIfAbsent(k, n -> new ArrayList<>()).add(brief));
              }
            });
    return briefs;
  }

  private static Set<String> keys(String brief, Names names) {
    var keys = new LinkedHashSet<String>();
    names.briefOf(brief).ifPresent(keys::add);
    for (int i = 0; i + 1 < brief.length(); i++) {
      keys.add(brief.substring(i, i + 2));
    }
    return keys;
  }

  private static Set<Brief> like(Map<String, List<Brief>> briefs, Set<String> marks) {
    var like = new LinkedHashSet<Brief>();
    marks.forEach(mark -> like.addAll(briefs.getOrDefault(mark, List.of())));
    return like;
  }
}

package org.keyroll.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;

/** Works match keys out again when {@code matching.yml} has changed since they were made. */
@Service
public class MatchKeyUpdate {
  private static final List<String> COLUMNS =
      List.of("record_id", "identifier", "full_name", "brief_name", "former_name");

  private final JdbcClient db;
  private final DataSource dataSource;

  MatchKeyUpdate(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** Updates the records in force, within the caller's transaction; true when it had to. */
  public boolean update(Run run) throws Exception {
    var version = run.definitions().versions().getOrDefault("matching.yml", "");
    var keyedBy =
        db.sql("SELECT COALESCE(keyed_by, '') FROM programme WHERE programme_id = ?")
            .param(run.scope().programmeId())
            .query(String.class)
            .single();
    if (keyedBy.equals(version)) {
      return false;
    }
    if (!keyedBy.isEmpty()) {
      rewrite(run);
    }
    db.sql("UPDATE programme SET keyed_by = ? WHERE programme_id = ?")
        .params(version, run.scope().programmeId())
        .update();
    return !keyedBy.isEmpty();
  }

  private void rewrite(Run run) throws Exception {
    db.sql(
            """
            CREATE OR REPLACE TEMPORARY TABLE rekeyed (
              record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY, identifier VARCHAR(40),
              full_name VARCHAR(191), brief_name VARCHAR(191), former_name VARCHAR(191))
            """)
        .update();
    var noted = new ArrayList<Long>();
    var maker = new MatchKeys.Maker(run.definitions().matching());
    var transaction = DataSourceUtils.getConnection(dataSource);
    try (var reading = dataSource.getConnection();
        var statement =
            reading.prepareStatement(
                "SELECT r.record_id, r.payload, s.source FROM record r JOIN source s USING (source_id)"
                    + " WHERE s.programme_id = ? AND r.until_run = ?")) {
      statement.setFetchSize(10_000);
      statement.setInt(1, run.scope().programmeId());
      statement.setLong(2, Run.STILL);
      try (var rows = statement.executeQuery()) {
        BulkLoad.into(
            transaction,
            "rekeyed",
            COLUMNS,
            lines -> {
              while (rows.next()) {
                var keys = maker.of(rows.getString(3), Payload.read(rows.getString(2)));
                noted.addAll(keys.noted() ? List.of(rows.getLong(1)) : List.of());
                lines
                    .add(rows.getLong(1))
                    .add(keys.identifier())
                    .add(keys.fullName())
                    .add(keys.briefName())
                    .add(keys.formerName())
                    .end();
              }
            });
      }
    } finally {
      DataSourceUtils.releaseConnection(transaction, dataSource);
    }
    for (var record : noted) {
      db.sql("INSERT IGNORE INTO noted (record_id) VALUES (?)").param(record).update();
    }
    db.sql(
            """
            UPDATE rekeyed k STRAIGHT_JOIN record r ON r.record_id = k.record_id
            SET r.identifier = k.identifier, r.full_name = k.full_name,
                r.brief_name = k.brief_name, r.former_name = k.former_name
            """)
        .update();
    // A unit goes by the keys of the first record it has in the order of the registries.
    var registries = new ArrayList<>(run.definitions().matching().registries());
    Collections.reverse(registries);
    for (var registry : registries) {
      db.sql(
              """
              UPDATE unit u JOIN link l ON l.unit_id = u.unit_id AND l.until_run = ?
                JOIN record r ON r.record_id = l.record_id AND r.source_id = ?
              SET u.full_name = r.full_name, u.brief_name = r.brief_name
              WHERE u.programme_id = ?
              """)
          .params(Run.STILL, run.scope().sourceId(registry), run.scope().programmeId())
          .update();
    }
    db.sql("DROP TEMPORARY TABLE rekeyed").update();
  }
}

package org.keyroll.intake;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which record each row of corrections or deletions is about; the record itself is kept. */
@Component
class Amendments {
  private final JdbcClient db;

  Amendments(JdbcClient db) {
    this.db = db;
  }

  /** A row of deletions. */
  record Deletion(long ordinal, String sheet, int rowNumber) {}

  /**
   * Call when the rows of a delivery are records, and those that they replace are still in force.
   *
   * @param deleted hash of a key to the row that closes its record
   */
  void note(Connection connection, int sourceId, Delivery delivery, Map<Long, Deletion> deleted)
      throws Exception {
    if (deleted.isEmpty()) {
      noteCorrected(delivery);
      return;
    }
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE deletion (key_hash BIGINT NOT NULL,"
                + " ordinal INT UNSIGNED NOT NULL, sheet VARCHAR(64) NOT NULL,"
                + " row_no INT UNSIGNED NOT NULL)")
        .update();
    BulkLoad.into(
        connection,
        "deletion",
        List.of("key_hash", "ordinal", "sheet", "row_no"),
        lines -> {
          for (var row : deleted.entrySet()) {
            var at = row.getValue();
            lines.add(row.getKey()).add(at.ordinal()).add(at.sheet()).add(at.rowNumber()).end();
          }
        });
    db.sql(
            """
            INSERT INTO amendment (delivery_id, ordinal, sheet, row_no, record_id)
            SELECT ?, x.ordinal, x.sheet, x.row_no, r.record_id
            FROM deletion x STRAIGHT_JOIN record r FORCE INDEX (in_force)
              ON r.source_id = ? AND r.until_run = ? AND r.key_hash = x.key_hash
            """)
        .params(delivery.id(), sourceId, Run.STILL)
        .update();
    db.sql("DROP TEMPORARY TABLE deletion").update();
  }

  private void noteCorrected(Delivery delivery) {
    db.sql(
            """
            INSERT INTO amendment (delivery_id, ordinal, sheet, row_no, record_id)
            SELECT ?, newer.record_id - ?, newer.sheet, newer.row_no, older.record_id
            FROM record newer
              STRAIGHT_JOIN record older FORCE INDEX (in_force)
                ON older.source_id = newer.source_id AND older.until_run = newer.until_run
                AND older.key_hash = newer.key_hash AND older.record_key = newer.record_key
            WHERE newer.record_id BETWEEN ? AND ? AND older.record_id < ?
            """)
        .params(
            delivery.id(),
            Intake.firstRecord(delivery.id()),
            Intake.firstRecord(delivery.id()),
            Intake.firstRecord(delivery.id() + 1) - 1,
            Intake.firstRecord(delivery.id()))
        .update();
  }

  /**
   * Closes the records that rows of deletions are about.
   *
   * @return how many
   */
  int delete(Run run, Delivery delivery, Map<Long, Deletion> deleted) {
    return deleted.isEmpty()
        ? 0
        : db.sql(
                "UPDATE amendment a JOIN record r USING (record_id) SET r.until_run = ?"
                    + " WHERE a.delivery_id = ? AND r.until_run = ?")
            .params(run.id(), delivery.id(), Run.STILL)
            .update();
  }

  /** Whose rows a delivery corrects or closes; null where it does neither. */
  @Nullable String remark(Delivery delivery) {
    var files =
        db.sql(
                """
                SELECT d.file_name, COUNT(*), COUNT(n.record_id)
                FROM amendment a JOIN record r ON r.record_id = a.record_id
                  JOIN delivery d ON d.delivery_id = r.record_id >> 25
                  LEFT JOIN record n ON n.record_id = (a.delivery_id << 25) + a.ordinal
                WHERE a.delivery_id = ? GROUP BY d.delivery_id ORDER BY d.delivery_id
                """)
            .param(delivery.id())
            .query(
                (row, n) ->
                    "%s %,d of %s"
                        .formatted(
                            row.getLong(3) > 0 ? "corrects" : "closes",
                            row.getLong(2),
                            row.getString(1)))
            .list();
    return files.isEmpty() ? null : "it " + String.join(", ", files);
  }
}

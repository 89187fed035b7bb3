package org.keyroll.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Rows that were not accepted: the cell, the rule, the sender's value, what would be right. */
@Service
public class RejectedRows {
  private static final org.springframework.jdbc.core.RowMapper<RejectedCell> CELL =
      (row, n) ->
          new RejectedCell(
              row.getString("source"),
              row.getString("file_name"),
              row.getString("sheet"),
              row.getInt("row_no"),
              row.getObject("column_no", Integer.class),
              row.getString("field"),
              row.getString("heading"),
              row.getString("rule"),
              row.getString("text"),
              row.getString("message"));

  private final JdbcClient db;

  RejectedRows(JdbcClient db) {
    this.db = db;
  }

  /**
   * One fault of one row.
   *
   * @param row as the sender sees it, 1 is the first
   * @param column 0 is A; null for a fault of the row as a whole
   */
  public record RejectedCell(
      String source,
      String file,
      String sheet,
      int row,
      @Nullable Integer column,
      @Nullable String field,
      @Nullable String heading,
      String rule,
      @Nullable String text,
      String message) {}

  /**
   * Rejections of the deliveries that runs after one run and up to another have taken in, in order
   * of delivery and row.
   */
  public List<RejectedCell> between(Scope scope, long afterRun, long toRun) {
    return db.sql(
            """
            SELECT s.source, d.file_name, j.*
            FROM rejection j JOIN delivery d USING (delivery_id) JOIN source s USING (source_id)
            WHERE s.programme_id = ? AND d.run_id > ? AND d.run_id <= ?
              AND d.state IN ('ingested', 'resolved')
            ORDER BY j.delivery_id, j.ordinal, j.fault
            """)
        .params(scope.programmeId(), afterRun, toRun)
        .query(CELL)
        .list();
  }

  /** How many faults a delivery has; a row may have several. */
  public long count(Delivery delivery) {
    return db.sql("SELECT COUNT(*) FROM rejection WHERE delivery_id = ?")
        .param(delivery.id())
        .query(Long.class)
        .single();
  }

  /** How many rows of a delivery were rejected, or would be if it were not held. */
  public long rows(Delivery delivery) {
    return db.sql("SELECT COUNT(DISTINCT ordinal) FROM rejection WHERE delivery_id = ?")
        .param(delivery.id())
        .query(Long.class)
        .single();
  }

  /** The first faults of a delivery, in order of row and column. */
  public List<RejectedCell> of(Delivery delivery, int most) {
    return of(delivery, 0, most);
  }

  /** Faults of a delivery from one on, the first being 0, in the same order. */
  public List<RejectedCell> of(Delivery delivery, int from, int most) {
    return db.sql(
            """
            SELECT s.source, d.file_name, j.*
            FROM rejection j JOIN delivery d USING (delivery_id) JOIN source s USING (source_id)
            WHERE j.delivery_id = ?
            ORDER BY j.ordinal, j.column_no, j.fault LIMIT ?, ?
            """)
        .params(delivery.id(), from, most)
        .query(CELL)
        .list();
  }
}

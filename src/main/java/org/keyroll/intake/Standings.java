package org.keyroll.intake;

import java.sql.Connection;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.keyroll.definition.Run;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which records in force the last delivery of their source did not simply confirm, or, where it
 * brings additions only, which it did.
 */
@Component
class Standings {
  private final JdbcClient db;

  Standings(JdbcClient db) {
    this.db = db;
  }

  /**
   * Call when the records of a delivery are in force, within the same transaction.
   *
   * @param whole whether it is a snapshot, and not additions or a file that mends another
   */
  void note(Connection connection, boolean whole, int sourceId, Delivery delivery, KnownRows known)
      throws Exception {
    db.sql(
            whole
                ? "DELETE FROM standing WHERE source_id = ?"
                : "DELETE s FROM standing s JOIN record r USING (record_id)"
                    + " WHERE s.source_id = ? AND r.until_run <> 4294967295")
        .param(sourceId)
        .update();
    note(connection, sourceId, delivery, "rejected", known::rejected);
    if (!whole) {
      note(connection, sourceId, delivery, "repeated", known::repeated);
    }
  }

  private void note(
      Connection connection,
      int sourceId,
      Delivery delivery,
      String standing,
      Consumer<LongConsumer> keys)
      throws Exception {
    var any = new boolean[1];
    keys.accept(key -> any[0] = true);
    if (!any[0]) {
      return;
    }
    KeyTable.load(db, connection, "standing_keys", keys);
    db.sql(
            """
            REPLACE INTO standing (record_id, source_id, delivery_id, standing)
            SELECT r.record_id, r.source_id, ?, ?
            FROM standing_keys k STRAIGHT_JOIN record r FORCE INDEX (in_force)
              ON r.source_id = ? AND r.until_run = ? AND r.key_hash = k.key_hash
            """)
        .params(delivery.id(), standing, sourceId, Run.STILL)
        .update();
    KeyTable.drop(db, "standing_keys");
  }
}

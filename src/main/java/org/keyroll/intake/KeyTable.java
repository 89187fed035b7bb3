package org.keyroll.intake;

import java.sql.Connection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.keyroll.database.BulkLoad;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hashes of keys in a temporary table {@code (key_hash)}, to be joined with records. */
final class KeyTable {
  private KeyTable() {}

  /**
   * Makes the table anew.
   *
   * @param keys hands over the hashes
   */
  static void load(JdbcClient db, Connection connection, String table, Consumer<LongConsumer> keys)
      throws Exception {
    db.sql("CREATE OR REPLACE TEMPORARY TABLE %s (key_hash BIGINT NOT NULL)".formatted(table))
        .update();
    BulkLoad.into(
        connection,
        table,
        List.of("key_hash"),
        lines -> {
          var failure = new InterruptedException[1];
          keys.accept(
              key -> {
                try {
                  lines.add(key).end();
                } catch (InterruptedException e) {
                  failure[0] = e;
                }
              });
          if (failure[0] != null) {
            throw failure[0];
          }
        });
  }

  static void drop(JdbcClient db, String table) {
    db.sql("DROP TEMPORARY TABLE " + table).update();
  }
}

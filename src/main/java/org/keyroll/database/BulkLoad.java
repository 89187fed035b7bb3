package org.keyroll.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Loads rows as fast as the server takes them, within the caller's transaction. */
public final class BulkLoad {
  private BulkLoad() {}

  /** Produces the rows; runs on a thread of its own while the server loads. */
  @FunctionalInterface
  public interface Rows {
    void write(Lines lines) throws Exception;
  }

  /**
   * Loads what {@code rows} writes into a table.
   *
   * @param connection of the transaction; the load is undone with it
   * @return rows loaded
   * @throws SQLException when the server took fewer rows than were written or changed a value:
   *     {@code LOCAL} turns such errors into warnings, so they are looked for here
   * @throws Exception whatever {@code rows} throws, as it is
   */
  public static long into(Connection connection, String table, List<String> columns, Rows rows)
      throws Exception {
    var lines = new Lines();
    var producer =
        new FutureTask<Long>(
            () -> {
              try {
                rows.write(lines);
                return lines.rows();
              } finally {
                // Also after a failure: the server sees an orderly end and the caller rolls back.
                lines.finish();
              }
            });
    var thread = new Thread(producer, "load-" + table);
    thread.setDaemon(true);
    long loaded;
    try (var statement = connection.createStatement()) {
      thread.start();
      statement.unwrap(org.mariadb.jdbc.Statement.class).setLocalInfileInputStream(lines.stream());
      loaded =
          statement.executeLargeUpdate(
              "LOAD DATA LOCAL INFILE 'rows' INTO TABLE "
                  + table
                  + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
                  + " LINES TERMINATED BY '\\n' ("
                  + String.join(", ", columns)
                  + ")");
      refuseWarnings(connection, table);
    } finally {
      lines.abandon();
    }
    try {
      long written = producer.get();
      if (written != loaded) {
        throw new SQLException(
            "the database took %d of %d rows into %s".formatted(loaded, written, table));
      }
      return loaded;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void refuseWarnings(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        var warnings = statement.executeQuery("SHOW WARNINGS LIMIT 1")) {
      if (warnings.next()) {
        throw new SQLException(
            "the database would have changed what was loaded into %s: %s"
                .formatted(table, warnings.getString("Message")));
      }
    }
  }
}

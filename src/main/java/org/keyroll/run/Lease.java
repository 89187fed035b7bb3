package org.keyroll.run;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The right to change the list, held by one process at a time: a lock that ends with its
 * connection, and a token that ends with the next holder. Every transaction of a run reads the
 * token first, so a holder that was taken for dead can commit nothing more.
 */
final class Lease implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Connection connection;
  private final long token;

  private Lease(Connection connection, long token) {
    this.connection = connection;
    this.token = token;
  }

  static Lease take(DataSource dataSource, String holder) throws AlreadyRunning {
    try {
      var connection = dataSource.getConnection();
      boolean taken = false;
      try {
        connection.setAutoCommit(true);
        taken = lock(connection);
        if (!taken) {
          throw new AlreadyRunning(
              "Another run is at work (%s); wait until it has ended, see keyroll status."
                  .formatted(holder(connection)));
        }
        return new Lease(connection, nextToken(connection, holder));
      } finally {
        if (!taken) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the lease cannot be taken: " + e.getMessage(), e);
    }
  }

  private static boolean lock(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
      statement.setString(1, lockName(connection));
      statement.setInt(2, PATIENCE_SECONDS);
      try (var row = statement.executeQuery()) {
        return row.next() && row.getInt(1) == 1;
      }
    }
  }

  /** Locks are the server's; the name keeps two schemas of one server apart. */
  private static String lockName(Connection connection) throws SQLException {
    return "keyroll." + connection.getCatalog();
  }

  private static String holder(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT holder FROM lease")) {
      return row.next() ? String.valueOf(row.getString(1)) : "unknown";
    }
  }

  private static long nextToken(Connection connection, String holder) throws SQLException {
    try (var patience = connection.createStatement()) {
      // A holder that was killed may have a long statement running still; it is rolled back soon.
      patience.execute("SET SESSION innodb_lock_wait_timeout = 600");
    }
    try (var statement =
        connection.prepareStatement("UPDATE lease SET token = token + 1, holder = ?")) {
      statement.setString(1, holder);
      statement.executeUpdate();
    }
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT token FROM lease")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Call first in every transaction; holds off the next holder until the transaction ends. */
  void fence(JdbcClient db) {
    long current = db.sql("SELECT token FROM lease LOCK IN SHARE MODE").query(Long.class).single();
    if (current != token) {
      throw new IllegalStateException(
          "Another process has taken over this run; nothing more is done here.");
    }
  }

  @Override
  public void close() {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute("UPDATE lease SET holder = NULL WHERE token = " + token);
      statement.execute("SELECT RELEASE_ALL_LOCKS()");
      statement.execute("SET SESSION innodb_lock_wait_timeout = DEFAULT");
    } catch (SQLException e) {
      throw new IllegalStateException("the lease cannot be given back: " + e.getMessage(), e);
    }
  }
}

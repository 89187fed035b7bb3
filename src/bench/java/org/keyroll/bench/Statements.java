package org.keyroll.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Looks many times a second at what the server is doing, and adds up the time by statement. */
final class Statements {
  private static final long PAUSE = 50;

  private final Connection connection;
  private final Thread thread;
  private final Map<String, Double> seconds = new HashMap<>();
  private volatile boolean over;

  Statements(Connection connection) {
    this.connection = connection;
    this.thread = new Thread(this::watch, "statements");
    thread.start();
  }

  private void watch() {
    long before = System.nanoTime();
    try {
      while (!over) {
        Thread.sleep(PAUSE);
        long now = System.nanoTime();
        double passed = (now - before) / 1e9;
        before = now;
        look(passed);
      }
    } catch (SQLException | InterruptedException e) {
      System.err.println("statements are not watched any more: " + e.getMessage());
    }
  }

  private void look(double passed) throws SQLException {
    try (var statement = connection.createStatement();
        var running =
            statement.executeQuery(
                "SELECT INFO, STATE FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query'"
                    + " AND ID <> CONNECTION_ID() AND INFO IS NOT NULL")) {
      while (running.next()) {
        var text = running.getString(1).strip().replaceAll("\\s+", " ");
        seconds.merge(text.substring(0, Math.min(200, text.length())), passed, Double::sum);
      }
    }
  }

  /** Stops and prints the longest. */
  void close() throws SQLException, InterruptedException {
    over = true;
    thread.join();
    connection.close();
    seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(15)
        .forEach(e -> System.err.printf(Locale.ROOT, "%8.2f s  %s%n", e.getValue(), e.getKey()));
  }
}

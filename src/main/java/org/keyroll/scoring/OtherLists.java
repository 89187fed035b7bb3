package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.keyroll.definition.Policy;

/** Reads the lists of other programmes in the same home, by identifier. */
final class OtherLists {
  private OtherLists() {}

  /**
   * Those that the policy asks and that had a revision.
   *
   * @param known the run after which they are taken as they were in force
   */
  static Map<String, Basis.OtherList> read(Connection connection, Policy policy, long known)
      throws SQLException {
    var lists = new HashMap<String, Basis.OtherList>();
    for (var programme : Facts.lists(policy)) {
      try (var statement =
          connection.prepareStatement(
              "SELECT p.programme_id, MAX(r.revision) FROM programme p JOIN revision r USING"
                  + " (programme_id) WHERE p.programme = ? AND r.run_id <= ?"
                  + " GROUP BY p.programme_id")) {
        statement.setString(1, programme);
        statement.setLong(2, known);
        try (var rows = statement.executeQuery()) {
          if (rows.next()) {
            long revision = rows.getLong(2);
            lists.put(
                programme,
                new Basis.OtherList(revision, entries(connection, rows.getInt(1), revision)));
          }
        }
      }
    }
    return lists;
  }

  private static Map<String, Basis.Listing> entries(
      Connection connection, int programme, long revision) throws SQLException {
    var entries = new HashMap<String, Basis.Listing>();
    try (var statement =
        connection.prepareStatement(
            """
            SELECT u.identifier, e.tier, JSON_VALUE(e.entry, '$.score')
            FROM entry e JOIN unit u USING (unit_id)
            WHERE e.programme_id = ? AND e.since_revision <= ? AND e.until_revision > ?
              AND u.identifier IS NOT NULL
            """)) {
      statement.setInt(1, programme);
      statement.setLong(2, revision);
      statement.setLong(3, revision);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var score = rows.getString(3);
          entries.put(
              rows.getString(1),
              new Basis.Listing(
                  rows.getString(2), score == null ? Double.NaN : Double.parseDouble(score)));
        }
      }
    }
    return entries;
  }
}

package org.keyroll.scoring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Run;

/** Reads the lists in force of other programmes in the same home, by identifier. */
final class OtherLists {
  private OtherLists() {}

  /** Those that the policy asks and that have a revision. */
  static Map<String, Basis.OtherList> read(Connection connection, Policy policy)
      throws SQLException {
    var lists = new HashMap<String, Basis.OtherList>();
    for (var programme : Facts.lists(policy)) {
      try (var statement =
          connection.prepareStatement(
              "SELECT programme_id, current_revision FROM programme WHERE programme = ?")) {
        statement.setString(1, programme);
        try (var rows = statement.executeQuery()) {
          if (rows.next() && rows.getLong(2) > 0) {
            lists.put(
                programme,
                new Basis.OtherList(rows.getLong(2), entries(connection, rows.getInt(1))));
          }
        }
      }
    }
    return lists;
  }

  private static Map<String, Basis.Listing> entries(Connection connection, int programme)
      throws SQLException {
    var entries = new HashMap<String, Basis.Listing>();
    try (var statement =
        connection.prepareStatement(
            """
            SELECT u.identifier, e.tier, JSON_VALUE(e.entry, '$.score')
            FROM entry e JOIN unit u USING (unit_id)
            WHERE e.programme_id = ? AND e.until_revision = ? AND u.identifier IS NOT NULL
            """)) {
      statement.setInt(1, programme);
      statement.setLong(2, Run.STILL);
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

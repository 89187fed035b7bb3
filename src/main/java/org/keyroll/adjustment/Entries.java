package org.keyroll.adjustment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The units on the list, revision by revision. */
@Component
public class Entries {
  private final JdbcClient db;

  Entries(JdbcClient db) {
    this.db = db;
  }

  /** The list in force, by unit number, in order. */
  Map<Long, Entry> current(Scope scope) {
    return read(
        "SELECT unit_id, entry FROM entry WHERE programme_id = ? AND until_revision = ?"
            + " ORDER BY unit_id",
        List.of(scope.programmeId(), Run.STILL));
  }

  /** The list of a revision, by unit number, in order. */
  public Map<Long, Entry> of(Scope scope, long revision) {
    return read(
        "SELECT unit_id, entry FROM entry WHERE programme_id = ? AND since_revision <= ?"
            + " AND until_revision > ? ORDER BY unit_id",
        List.of(scope.programmeId(), revision, revision));
  }

  private Map<Long, Entry> read(String sql, List<?> params) {
    var entries = new LinkedHashMap<Long, Entry>();
    db.sql(sql)
        .params(params)
        .query(
            row -> {
              entries.put(row.getLong(1), EntryJson.read(row.getString(2)));
            });
    return entries;
  }

  /** Puts the entries of proposals in force with a revision. */
  void apply(Scope scope, long revision, List<Proposal> accepted) {
    for (var proposal : accepted) {
      db.sql(
              "UPDATE entry SET until_revision = ? WHERE programme_id = ? AND unit_id = ?"
                  + " AND until_revision = ? AND since_revision < ?")
          .params(revision, scope.programmeId(), proposal.unit(), Run.STILL, revision)
          .update();
      var entry = proposal.entry();
      if (entry != null) {
        db.sql(
                "INSERT IGNORE INTO entry (programme_id, unit_id, since_revision, tier,"
                    + " entered_on, entry) VALUES (?, ?, ?, ?, ?, ?)")
            .params(
                scope.programmeId(),
                proposal.unit(),
                revision,
                entry.tier(),
                entry.enteredOn(),
                EntryJson.write(entry))
            .update();
      }
    }
  }
}

package org.keyroll.adjustment;

import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** What the rules suggest and what has become of it. */
@Component
public class Proposals {
  private static final List<String> COLUMNS =
      List.of(
          "run_id",
          "unit_id",
          "act",
          "entry",
          "was",
          "becomes",
          "reason",
          "legal_basis",
          "effective_on",
          "state");
  private static final RowMapper<Proposal> PROPOSAL =
      (row, n) ->
          new Proposal(
              row.getLong("run_id"),
              row.getLong("unit_id"),
              Proposal.Act.valueOf(row.getString("act").toUpperCase(Locale.ROOT)),
              row.getString("entry") == null ? null : EntryJson.read(row.getString("entry")),
              row.getString("was"),
              row.getString("becomes"),
              row.getString("reason"),
              row.getString("legal_basis"),
              row.getObject("effective_on", java.time.LocalDate.class),
              Proposal.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
  private static final String SELECT =
      "SELECT o.* FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ? ";

  private final JdbcClient db;
  private final DataSource dataSource;

  Proposals(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  /** All that have not been applied or superseded, in order of unit and act. */
  public List<Proposal> open(Scope scope) {
    return db.sql(SELECT + "AND o.state IN ('proposed', 'held') ORDER BY o.unit_id, o.act")
        .param(scope.programmeId())
        .query(PROPOSAL)
        .list();
  }

  /** The changes that made a revision, in order of unit and act. */
  public List<Proposal> of(Scope scope, long revision) {
    return db.sql(SELECT + "AND o.revision = ? ORDER BY o.unit_id, o.act")
        .params(scope.programmeId(), revision)
        .query(PROPOSAL)
        .list();
  }

  /** Whatever is open gives way to what this run proposes. */
  void supersede(Run run) {
    db.sql("DELETE FROM proposal WHERE run_id = ?").param(run.id()).update();
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id) SET o.state = 'superseded'"
                + " WHERE r.programme_id = ? AND o.state IN ('proposed', 'held')")
        .param(run.scope().programmeId())
        .update();
  }

  void add(List<Proposal> proposals) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(
          connection,
          "proposal",
          COLUMNS,
          lines -> {
            for (var proposal : proposals) {
              var entry = proposal.entry();
              lines
                  .add(proposal.run())
                  .add(proposal.unit())
                  .add(proposal.act().name().toLowerCase(Locale.ROOT))
                  .add(entry == null ? null : EntryJson.write(entry))
                  .add(cut(proposal.was()))
                  .add(cut(proposal.becomes()))
                  .add(proposal.reason())
                  .add(proposal.legalBasis())
                  .add(proposal.effectiveOn().toString())
                  .add("proposed")
                  .end();
            }
          });
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static String cut(String words) {
    return words.length() <= 400 ? words : words.substring(0, 399) + "…";
  }

  void decide(Scope scope, Proposal.State state, String by, @Nullable String cause) {
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id)"
                + " SET o.state = ?, o.decided_by = ?, o.cause = ?"
                + " WHERE r.programme_id = ? AND o.state IN ('proposed', 'held')")
        .param(state.name().toLowerCase(Locale.ROOT))
        .param(by)
        .param(cause)
        .param(scope.programmeId())
        .update();
  }

  void publishedWith(Scope scope, long revision) {
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id) SET o.revision = ?"
                + " WHERE r.programme_id = ? AND o.state = 'accepted' AND o.revision IS NULL")
        .params(revision, scope.programmeId())
        .update();
  }
}

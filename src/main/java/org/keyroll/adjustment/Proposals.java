package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
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
          "caused_by",
          "since_run",
          "effective_on",
          "makers",
          "needs",
          "judged",
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
              Cause.of(row.getString("caused_by")),
              row.getLong("since_run"),
              row.getObject("effective_on", LocalDate.class),
              makers(row.getString("makers")),
              row.getInt("needs"),
              row.getObject("judged", Integer.class),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getBoolean("released"),
              row.getObject("final_on", LocalDate.class));
  private static final String SELECT =
      "SELECT o.* FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ? ";
  private static final String WAITING =
      " FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ?"
          + " AND o.state = 'proposed' AND o.needs > 0";
  static final String OPEN = "o.state IN ('proposed', 'held', 'approved')";

  private final JdbcClient db;
  private final DataSource dataSource;

  Proposals(JdbcClient db, DataSource dataSource) {
    this.db = db;
    this.dataSource = dataSource;
  }

  static List<String> makers(String joined) {
    return List.of(joined.substring(1, joined.length() - 1).split(",", -1));
  }

  /** Each between commas, so that the database can look for one. */
  static String joined(List<String> makers) {
    return "," + String.join(",", makers) + ",";
  }

  /** All that have been neither published nor decided against, in order of unit and act. */
  public List<Proposal> open(Scope scope) {
    return open(scope, ProposalFilter.ANY);
  }

  /** Those that fit a filter, in the same order. */
  public List<Proposal> open(Scope scope, ProposalFilter filter) {
    var fitting = new ArrayList<Object>(List.of(scope.programmeId()));
    return db.sql(
            SELECT + "AND " + OPEN + filter.sql(fitting) + " ORDER BY o.unit_id, o.run_id, o.act")
        .params(fitting)
        .query(PROPOSAL)
        .list();
  }

  /** How many units have proposals that wait for a person. */
  public long waiting(Scope scope) {
    return db.sql(
            "SELECT COUNT(DISTINCT o.run_id, o.unit_id) FROM proposal o JOIN run r USING (run_id)"
                + " WHERE r.programme_id = ? AND (o.state = 'held' OR o.state = 'proposed' AND"
                + " o.needs > 0)")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /** Whether there is a batch of the name. */
  public boolean isBatch(Scope scope, String name) {
    return db.sql("SELECT EXISTS (SELECT 1 FROM batch WHERE programme_id = ? AND name = ?)")
        .params(scope.programmeId(), name)
        .query(Boolean.class)
        .single();
  }

  /** What is open of batches on which persons are still to decide: they go out as a whole. */
  Set<ProposalId> undecidedBatches(Scope scope) {
    return Set.copyOf(
        db.sql(
                "SELECT DISTINCT o.run_id, o.unit_id FROM proposal o JOIN batch b USING (batch_id)"
                    + " WHERE b.programme_id = ? AND "
                    + OPEN
                    + " AND EXISTS (SELECT 1 FROM proposal w WHERE w.batch_id = b.batch_id"
                    + " AND w.state = 'proposed')")
            .param(scope.programmeId())
            .query((row, n) -> new ProposalId(row.getLong(1), new UnitId(row.getLong(2))))
            .list());
  }

  /** Those that are open and ask for a person's judgement. */
  List<Proposal> judged(Scope scope) {
    return db.sql(SELECT + "AND o.judged IS NOT NULL AND " + OPEN + " ORDER BY o.unit_id, o.act")
        .param(scope.programmeId())
        .query(PROPOSAL)
        .list();
  }

  /**
   * Those of units that fit a filter, in order of unit and act; all changes of a unit together.
   *
   * @param after number of the unit after which they begin; 0 for the first
   * @param units so many units at most
   */
  public List<Proposal> open(Scope scope, ProposalFilter filter, long after, int units) {
    var fitting = new ArrayList<Object>(List.of(scope.programmeId()));
    var where = filter.sql(fitting);
    fitting.addAll(List.of(after, units, scope.programmeId()));
    return db.sql(
            "SELECT o.* FROM proposal o JOIN run r USING (run_id) JOIN (SELECT DISTINCT o.unit_id"
                + " FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ? AND "
                + OPEN
                + where
                + " AND o.unit_id > ? ORDER BY o.unit_id LIMIT ?) x USING (unit_id)"
                + " WHERE r.programme_id = ? AND "
                + OPEN
                + " ORDER BY o.unit_id, o.run_id, o.act")
        .params(fitting)
        .query(PROPOSAL)
        .list();
  }

  /** How many units have open proposals of each kind. */
  public Map<String, Long> openByAct(Scope scope) {
    return counts(
        "SELECT o.act, COUNT(*) FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ?"
            + " AND "
            + OPEN
            + " GROUP BY o.act",
        List.of(scope.programmeId()));
  }

  /** All that wait for persons and fit a filter, in order of unit. */
  public List<ProposalId> waiting(Scope scope, ProposalFilter filter) {
    var fitting = new ArrayList<Object>(List.of(scope.programmeId()));
    return db.sql(
            "SELECT DISTINCT o.run_id, o.unit_id"
                + WAITING
                + filter.sql(fitting)
                + " ORDER BY o.unit_id, o.run_id")
        .params(fitting)
        .query(
            (row, n) -> new ProposalId(row.getLong("run_id"), new UnitId(row.getLong("unit_id"))))
        .list();
  }

  /** How many those are. */
  public long countWaiting(Scope scope, ProposalFilter filter) {
    var fitting = new ArrayList<Object>(List.of(scope.programmeId()));
    return db.sql("SELECT COUNT(DISTINCT o.run_id, o.unit_id)" + WAITING + filter.sql(fitting))
        .params(fitting)
        .query(Long.class)
        .single();
  }

  /** How many changes of each kind made a revision. */
  public Map<String, Long> countsOf(Scope scope, long revision) {
    return counts(
        "SELECT o.act, COUNT(*) FROM proposal o JOIN run r USING (run_id) WHERE r.programme_id = ?"
            + " AND o.revision = ? GROUP BY o.act",
        List.of(scope.programmeId(), revision));
  }

  private Map<String, Long> counts(String sql, List<?> params) {
    var counts = new TreeMap<String, Long>();
    db.sql(sql)
        .params(params)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  /**
   * Changes that made a revision, in order of unit and act.
   *
   * @param act kind of change; null for any
   * @param after number of the unit after which they begin; 0 for the first
   */
  public List<Proposal> of(Scope scope, long revision, @Nullable String act, long after, int most) {
    return db.sql(
            SELECT
                + "AND o.revision = ? AND (? IS NULL OR o.act = ?) AND o.unit_id > ?"
                + " ORDER BY o.unit_id, o.act LIMIT ?")
        .param(scope.programmeId())
        .param(revision)
        .param(act)
        .param(act)
        .param(after)
        .param(most)
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

  /** The changes of a unit that were published, oldest first. */
  public List<Published> of(Scope scope, UnitId unit) {
    return db.sql(
            SELECT + "AND o.unit_id = ? AND o.revision IS NOT NULL ORDER BY o.revision, o.act")
        .params(scope.programmeId(), unit.number())
        .query((row, n) -> new Published(row.getLong("revision"), PROPOSAL.mapRow(row, n)))
        .list();
  }

  /**
   * Units as shown whose entry or change of tier, published by a revision, is provisional now, with
   * the day on which it is no longer.
   */
  Map<String, LocalDate> provisional(Scope scope, long revision) {
    var until = new HashMap<String, LocalDate>();
    db.sql(
            "SELECT o.unit_id, MAX(o.final_on) FROM proposal o JOIN run r USING (run_id)"
                + " WHERE r.programme_id = ? AND o.state = 'provisional' AND o.act <> 'drop'"
                + " AND o.revision <= ? GROUP BY o.unit_id")
        .params(scope.programmeId(), revision)
        .query(
            row -> {
              until.put(new UnitId(row.getLong(1)).toString(), row.getObject(2, LocalDate.class));
            });
    return until;
  }

  /** A change with the revision that it went out with. */
  public record Published(long revision, Proposal change) {}

  /** Makes whoever decides and whoever proposes queue up, until the transaction ends. */
  void lock(Scope scope) {
    db.sql("SELECT programme_id FROM programme WHERE programme_id = ? FOR UPDATE")
        .param(scope.programmeId())
        .query(Integer.class)
        .single();
  }

  /** As {@link #lock}, where nobody else has it; never waits. */
  boolean lockIfFree(Scope scope) {
    return db.sql(
            "SELECT programme_id FROM programme WHERE programme_id = ? FOR UPDATE SKIP LOCKED")
        .param(scope.programmeId())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** What was open of these proposals gives way to something else. */
  void supersede(Collection<ProposalId> gone) throws Exception {
    if (gone.isEmpty()) {
      return;
    }
    choose(gone);
    db.sql(
            "UPDATE proposal o JOIN chosen USING (run_id, unit_id) SET o.state = 'superseded'"
                + " WHERE "
                + OPEN)
        .update();
  }

  /** Puts ids into the temporary table {@code chosen (ordinal, run_id, unit_id)}. */
  void choose(Collection<ProposalId> ids) throws Exception {
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE chosen (ordinal INT UNSIGNED NOT NULL, run_id INT"
                + " UNSIGNED NOT NULL, unit_id INT UNSIGNED NOT NULL, PRIMARY KEY (run_id,"
                + " unit_id))")
        .update();
    load(
        "chosen",
        List.of("ordinal", "run_id", "unit_id"),
        lines -> {
          int ordinal = 0;
          for (var id : ids) {
            lines.add(ordinal++).add(id.run()).add(id.unit().number()).end();
          }
        });
  }

  void add(List<Proposal> proposals) throws Exception {
    load(
        "proposal",
        COLUMNS,
        lines -> {
          for (var proposal : proposals) {
            var entry = proposal.entry();
            lines
                .add(proposal.run())
                .add(proposal.unit())
                .add(proposal.act().id())
                .add(entry == null ? null : EntryJson.write(entry))
                .add(proposal.was())
                .add(proposal.becomes())
                .add(proposal.reason())
                .add(proposal.legalBasis())
                .add(proposal.cause() == null ? null : proposal.cause().id())
                .add(proposal.since())
                .add(proposal.effectiveOn().toString())
                .add(joined(proposal.makers()))
                .add(proposal.needs())
                .add(proposal.judged() == null ? null : proposal.judged().toString())
                .add(proposal.state().id())
                .end();
          }
        });
  }

  private void load(String table, List<String> columns, BulkLoad.Rows rows) throws Exception {
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(connection, table, columns, rows);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** What would go out with the next revision and nobody has released is held, and why. */
  void hold(Scope scope, String why) {
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id) SET o.state = 'held', o.cause = ?"
                + " WHERE r.programme_id = ? AND NOT o.released"
                + " AND (o.state = 'approved' OR o.state = 'proposed' AND o.needs = 0)")
        .params(why, scope.programmeId())
        .update();
  }

  /** Puts proposals into a revision; those of a few kinds stay provisional for a while. */
  void publish(long revision, List<Proposal> accepted, LocalDate asOf, @Nullable LocalDate finalOn)
      throws Exception {
    choose(accepted.stream().map(Proposal::id).distinct().toList());
    var provisional = "? IS NOT NULL AND o.act IN ('add', 'drop', 'tier')";
    db.sql(
            "UPDATE proposal o JOIN chosen USING (run_id, unit_id) SET o.revision = ?,"
                + " o.decided_by = COALESCE(o.decided_by, 'envelope'), o.effective_on = ?,"
                + " o.decided_on = COALESCE(o.decided_on, ?), o.final_on = IF("
                + provisional
                + ", ?, NULL), o.state = IF("
                + provisional
                + ", 'provisional', 'final') WHERE "
                + OPEN)
        .param(revision)
        .param(asOf)
        .param(asOf)
        .param(finalOn)
        .param(finalOn)
        .param(finalOn)
        .update();
  }

  /** What has been provisional long enough, and is not objected to. */
  void finalise(Scope scope, LocalDate asOf) {
    db.sql(
            "UPDATE proposal o JOIN run r USING (run_id) SET o.state = 'final'"
                + " WHERE r.programme_id = ? AND o.state = 'provisional' AND o.final_on <= ?"
                + " AND NOT EXISTS (SELECT 1 FROM objection b WHERE b.programme_id = r.programme_id"
                + " AND b.unit_id = o.unit_id AND b.revision = o.revision AND b.state = 'open')")
        .params(scope.programmeId(), asOf)
        .update();
  }
}

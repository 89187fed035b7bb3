package org.keyroll.followup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Followup;
import org.keyroll.definition.Followup.Measure.OnReceipt;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Payload;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;

/** Opens and closes measures, from changes of the list and from what reports say. */
@Service
public class Measures {
  private static final List<String> COLUMNS =
      List.of(
          "programme_id",
          "measure",
          "unit_id",
          "origin",
          "opened_on",
          "due_on",
          "closed_on",
          "since_run");

  private final JdbcClient db;
  private final DataSource dataSource;
  private final Revisions revisions;
  private final KeptLetterReceipts receipts;
  private final RecurringMeasures recurring;

  Measures(
      JdbcClient db,
      DataSource dataSource,
      Revisions revisions,
      KeptLetterReceipts receipts,
      RecurringMeasures recurring) {
    this.db = db;
    this.dataSource = dataSource;
    this.revisions = revisions;
    this.receipts = receipts;
    this.recurring = recurring;
  }

  /**
   * One measure of one unit.
   *
   * @param origin the revision or the record it comes from; of one that recurs, that was done last
   */
  public record Measure(
      String measure,
      long unit,
      String name,
      String origin,
      LocalDate openedOn,
      @Nullable LocalDate dueOn,
      @Nullable LocalDate closedOn) {

    /** The day on which one that recurs was done last; null: never. */
    public @Nullable LocalDate lastDoneOn() {
      return origin.equals(RecurringMeasures.NEVER_DONE) ? null : openedOn;
    }

    /** {@code open}, {@code overdue} or {@code closed} on a date. */
    public String state(LocalDate asOf) {
      if (closedOn != null) {
        return "closed";
      }
      return dueOn != null && dueOn.isBefore(asOf) ? "overdue" : "open";
    }
  }

  /**
   * Brings all measures up to date after a run, within the caller's transaction.
   *
   * @return how many are open
   */
  public long followUp(Run run) throws Exception {
    long revision =
        revisions.all(run.scope()).stream()
            .filter(r -> r.run() == run.id())
            .mapToLong(Revisions.Revision::number)
            .findFirst()
            .orElse(0);
    // Making a revision has read the records already.
    put(run, revision == 0 ? byRecords(run) : byChanges(run, revision));
    return db.sql("SELECT COUNT(*) FROM measure WHERE programme_id = ? AND closed_on IS NULL")
        .param(run.scope().programmeId())
        .query(Long.class)
        .single();
  }

  /**
   * Brings all measures up to date with a revision that is being made, within the caller's
   * transaction.
   */
  public void followUp(Run run, long revision) throws Exception {
    var lines = byChanges(run, revision);
    lines.addAll(byRecords(run));
    put(run, lines);
  }

  private List<Line> byChanges(Run run, long revision) {
    var lines = new ArrayList<Line>();
    var changes = revisions.changes(run.scope(), revision);
    var receivedOn = receipts.of(run.scope(), revision);
    for (var measure : run.definitions().followup().measures()) {
      for (var change : changes) {
        if (measure.opens(change.act().name().toLowerCase(Locale.ROOT))) {
          var received = receivedOn.get(change.unit());
          boolean waits = measure.receipt() == OnReceipt.STARTS && received == null;
          var opened =
              measure.receipt() == OnReceipt.STARTS && received != null
                  ? received
                  : change.effectiveOn();
          lines.add(
              new Line(
                  measure.id(),
                  change.unit(),
                  origin(revision),
                  opened,
                  measure.due() == null || waits ? null : opened.plus(measure.due()),
                  measure.receipt() == OnReceipt.CLOSES ? received : null));
        }
      }
    }
    return lines;
  }

  /** Where a measure comes from that a revision has opened. */
  private static String origin(long revision) {
    return "revision " + revision;
  }

  /** Closes and starts what the receipt of a letter does, within the caller's transaction. */
  void received(Scope scope, long revision, UnitId unit, LocalDate on) {
    for (var measure : scope.definitions().followup().measures()) {
      if (measure.receipt() != null) {
        boolean closes = measure.receipt() == OnReceipt.CLOSES;
        db.sql(
                "UPDATE measure SET closed_on = IF(?, ?, closed_on), opened_on = IF(?, opened_on, ?),"
                    + " due_on = IF(?, due_on, ?) WHERE programme_id = ? AND measure = ?"
                    + " AND unit_id = ? AND origin = ?")
            .param(closes)
            .param(on)
            .param(closes)
            .param(on)
            .param(closes)
            .param(measure.due() == null ? null : on.plus(measure.due()))
            .param(scope.programmeId())
            .param(measure.id())
            .param(unit.number())
            .param(origin(revision))
            .update();
      }
    }
  }

  private List<Line> byRecords(Run run) {
    var lines = new ArrayList<Line>();
    for (var measure : run.definitions().followup().measures()) {
      if (measure.source() != null) {
        var records = records(run, measure.source());
        if (measure.every() == null) {
          fromRecords(measure, records, lines);
        } else {
          lines.addAll(recurring.of(run, measure, records));
        }
      }
    }
    return lines;
  }

  /** A measure as changes or records tell of it. */
  record Line(
      String measure,
      long unit,
      String origin,
      LocalDate openedOn,
      @Nullable LocalDate dueOn,
      @Nullable LocalDate closedOn) {}

  record Told(long unit, String key, Map<String, String> values) {}

  private List<Told> records(Run run, String source) {
    return db.sql(
            """
            SELECT l.unit_id, r.record_key, r.payload
            FROM record r JOIN link l ON l.record_id = r.record_id AND l.until_run = ?
            WHERE r.source_id = ? AND r.until_run = ? ORDER BY r.record_id
            """)
        .params(Run.STILL, run.scope().sourceId(source), Run.STILL)
        .query(
            (row, n) -> new Told(row.getLong(1), row.getString(2), Payload.read(row.getString(3))))
        .list();
  }

  private static void fromRecords(Followup.Measure measure, List<Told> records, List<Line> lines) {
    for (var record : records) {
      var values = record.values();
      var opened = date(values, measure.openedOn());
      if (applies(measure, values) && opened != null) {
        lines.add(
            new Line(
                measure.id(),
                record.unit(),
                record.key(),
                opened,
                due(measure, values, opened),
                date(values, measure.closedOn())));
      }
    }
  }

  static boolean applies(Followup.Measure measure, Map<String, String> values) {
    return measure.where().entrySet().stream()
        .allMatch(w -> w.getValue().contains(values.getOrDefault(w.getKey(), "")));
  }

  /** The date that the record gives, or else so long after the opening. */
  private static @Nullable LocalDate due(
      Followup.Measure measure, Map<String, String> values, LocalDate opened) {
    var given = date(values, measure.dueOn());
    return given == null && measure.due() != null ? opened.plus(measure.due()) : given;
  }

  static @Nullable LocalDate date(Map<String, String> values, @Nullable String field) {
    var text = field == null ? null : values.get(field);
    return text == null ? null : LocalDate.parse(text);
  }

  /** Opens what is new and brings the clocks of the others up to date, set-wise. */
  private void put(Run run, List<Line> lines) throws Exception {
    if (lines.isEmpty()) {
      return;
    }
    db.sql(
            "CREATE OR REPLACE TEMPORARY TABLE told AS SELECT programme_id, measure, unit_id,"
                + " origin, opened_on, due_on, closed_on, since_run FROM measure LIMIT 0")
        .update();
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      BulkLoad.into(
          connection,
          "told",
          COLUMNS,
          to -> {
            for (var line : lines) {
              to.add(run.scope().programmeId())
                  .add(line.measure())
                  .add(line.unit())
                  .add(line.origin())
                  .add(line.openedOn().toString())
                  .add(text(line.dueOn()))
                  .add(text(line.closedOn()))
                  .add(run.id())
                  .end();
            }
          });
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
    var columns = String.join(", ", COLUMNS);
    db.sql(
            "INSERT INTO measure (%s) SELECT %s FROM told ON DUPLICATE KEY UPDATE opened_on ="
                    .formatted(columns, columns)
                + " VALUES(opened_on), due_on = VALUES(due_on), closed_on = VALUES(closed_on)")
        .update();
    db.sql("DROP TEMPORARY TABLE told").update();
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  /** The measures that are not closed, in the order of {@link #all}. */
  public List<Measure> open(Scope scope) {
    return all(scope).stream().filter(m -> m.closedOn() == null).toList();
  }

  /** All measures of a programme, in order of measure, opening and unit. */
  public List<Measure> all(Scope scope) {
    return db.sql(
            "SELECT m.*, u.name FROM measure m JOIN unit u USING (unit_id)"
                + " WHERE m.programme_id = ? ORDER BY m.measure, m.opened_on, m.unit_id, m.origin")
        .param(scope.programmeId())
        .query(
            (row, n) ->
                new Measure(
                    row.getString("measure"),
                    row.getLong("unit_id"),
                    row.getString("name"),
                    row.getString("origin"),
                    row.getObject("opened_on", LocalDate.class),
                    row.getObject("due_on", LocalDate.class),
                    row.getObject("closed_on", LocalDate.class)))
        .list();
  }
}

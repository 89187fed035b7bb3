package org.keyroll.followup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Followup;
import org.keyroll.definition.Run;
import org.keyroll.followup.Measures.Line;
import org.keyroll.followup.Measures.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Measures that each unit on the list has again and again: one is open, which began when it was
 * done last, or when the unit entered the list.
 */
@Component
class RecurringMeasures {
  /** Where one comes from that was never done. */
  static final String NEVER_DONE = "list";

  private final JdbcClient db;

  RecurringMeasures(JdbcClient db) {
    this.db = db;
  }

  /** One that is open. */
  private record Open(long unit, String origin, LocalDate openedOn, @Nullable LocalDate dueOn) {}

  /**
   * What has changed of a measure.
   *
   * @param records what its source says, of all units
   */
  List<Line> of(Run run, Followup.Measure measure, List<Told> records) {
    var now = listed(run, measure);
    records.forEach(record -> done(run, measure, record, now));
    var open = open(run, measure);
    var lines = new ArrayList<Line>();
    var same = new ArrayList<Open>();
    for (var was : open) {
      var is = now.get(was.unit());
      if (was.equals(is)) {
        same.add(was);
      } else if (is == null || !is.origin().equals(was.origin())) {
        lines.add(
            line(measure, was, later(was.openedOn(), is == null ? run.asOf() : is.openedOn())));
      }
    }
    same.forEach(still -> now.remove(still.unit()));
    now.values().forEach(begun -> lines.add(line(measure, begun, null)));
    return lines;
  }

  private static Line line(Followup.Measure measure, Open one, @Nullable LocalDate closedOn) {
    return new Line(measure.id(), one.unit(), one.origin(), one.openedOn(), one.dueOn(), closedOn);
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  /** As if none had been done yet, by unit. */
  private Map<Long, Open> listed(Run run, Followup.Measure measure) {
    var listed = new LinkedHashMap<Long, Open>();
    db.sql(
            "SELECT unit_id, tier, entered_on FROM entry WHERE programme_id = ?"
                + " AND until_revision = ? ORDER BY unit_id")
        .params(run.scope().programmeId(), Run.STILL)
        .query(
            row -> {
              if (measure.tiers().isEmpty() || measure.tiers().contains(row.getString(2))) {
                var entered = row.getObject(3, LocalDate.class);
                listed.put(row.getLong(1), begun(measure, row.getLong(1), NEVER_DONE, entered));
              }
            });
    return listed;
  }

  private static Open begun(Followup.Measure measure, long unit, String origin, LocalDate on) {
    return new Open(unit, origin, on, on.plus(Objects.requireNonNull(measure.every())));
  }

  /** The last one that is told of counts; of two of a day, the one told last. */
  private static void done(Run run, Followup.Measure measure, Told record, Map<Long, Open> now) {
    var is = now.get(record.unit());
    var values = record.values();
    var on = Measures.date(values, measure.doneOn());
    if (is != null
        && on != null
        && !on.isAfter(run.asOf())
        && Measures.applies(measure, values)
        && (is.origin().equals(NEVER_DONE) || !on.isBefore(is.openedOn()))) {
      now.put(record.unit(), begun(measure, record.unit(), record.key(), on));
    }
  }

  private List<Open> open(Run run, Followup.Measure measure) {
    return db.sql(
            "SELECT unit_id, origin, opened_on, due_on FROM measure WHERE programme_id = ?"
                + " AND measure = ? AND closed_on IS NULL ORDER BY unit_id, origin")
        .params(run.scope().programmeId(), measure.id())
        .query(
            (row, n) ->
                new Open(
                    row.getLong("unit_id"),
                    row.getString("origin"),
                    row.getObject("opened_on", LocalDate.class),
                    row.getObject("due_on", LocalDate.class)))
        .list();
  }
}

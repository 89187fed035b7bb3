package org.keyroll.intake;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Delivery.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * How old what a source says is. No report, a report of no change, a field left empty and a zero
 * are four things.
 */
@Service
public class Freshness {
  private final JdbcClient db;
  private final Deliveries deliveries;
  private final Cells cells;

  Freshness(JdbcClient db, Deliveries deliveries, Cells cells) {
    this.db = db;
    this.deliveries = deliveries;
    this.cells = cells;
  }

  /** How a source stands with its clock. */
  public enum Clock {
    /** The next delivery is not due yet. */
    FRESH,
    DUE,
    /** Later than its grace allows. */
    OVERDUE,
    /** Nothing of it was ever taken in. */
    NEVER,
    /** Its definition does not say when to expect one. */
    UNSCHEDULED
  }

  /**
   * A source on a date.
   *
   * @param last the delivery in force; null: there is none
   * @param of the last day that it covers, or else that of its receipt
   * @param dueOn when the next one is due
   * @param overdueOn first day on which it is overdue
   * @param held deliveries that wait for a person
   */
  public record OfSource(
      Source source,
      Clock clock,
      LocalDate asOf,
      @Nullable Delivery last,
      @Nullable LocalDate of,
      @Nullable LocalDate dueOn,
      @Nullable LocalDate overdueOn,
      List<Delivery> held) {

    /** Days since the last delivery was received; null where there is none. */
    public @Nullable Long age() {
      return last == null ? null : (Long) ChronoUnit.DAYS.between(last.asOf(), asOf);
    }
  }

  /** What the delivery in force says of a field. */
  public enum Reported {
    /** Some rows fill it. */
    FILLED,
    /** It has the column, and no row fills it. */
    EMPTY,
    /** It lacks the column. */
    ABSENT,
    /** Nothing of the source was ever taken in. */
    NEVER
  }

  /**
   * A field of a source on a date.
   *
   * @param filled sound rows of the delivery in force that fill it
   * @param last the last delivery that filled it in any row; null: none did
   */
  public record OfField(String field, Reported reported, int filled, @Nullable Delivery last) {}

  /** Whether a record still holds. */
  public enum Holds {
    /** The delivery in force brought it. */
    REPORTED,
    /** A later delivery says the same. */
    CONFIRMED,
    /** A later delivery had its row rejected; it is the last that is known. */
    REJECTED,
    /** Later deliveries brought additions and did not mention it. */
    UNMENTIONED
  }

  /**
   * Where a record comes from, and whether it still holds.
   *
   * @param brought the delivery it came with
   * @param by the delivery that confirmed it, or had its row rejected, last
   */
  public record OfRecord(Holds holds, Delivery brought, Delivery by) {}

  /** All sources of a programme, in the order of their ids. */
  public List<OfSource> of(Scope scope, LocalDate asOf) {
    var all = deliveries.all(scope).stream().filter(d -> !d.asOf().isAfter(asOf)).toList();
    var sources = new ArrayList<OfSource>();
    for (var source : scope.definitions().sources().values()) {
      sources.add(
          of(source, asOf, all.stream().filter(d -> d.source().equals(source.id())).toList()));
    }
    return sources;
  }

  private OfSource of(Source source, LocalDate asOf, List<Delivery> all) {
    var last = lastTaken(all).orElse(null);
    var held = all.stream().filter(d -> d.state() == State.HELD).toList();
    if (last == null) {
      return new OfSource(source, Clock.NEVER, asOf, null, null, null, null, held);
    }
    var covers = last.covers();
    var of = covers == null ? last.asOf() : covers.to();
    var expected = source.expected();
    if (expected == null) {
      return new OfSource(source, Clock.UNSCHEDULED, asOf, last, of, null, null, held);
    }
    // What is of a period can be here on the day after the next one has ended.
    var due = covers == null ? expected.after(of) : expected.after(of).plusDays(1);
    var overdue = due.plus(expected.grace()).plusDays(1);
    var clock =
        asOf.isBefore(due) ? Clock.FRESH : asOf.isBefore(overdue) ? Clock.DUE : Clock.OVERDUE;
    return new OfSource(source, clock, asOf, last, of, due, overdue, held);
  }

  /** A file that mends another says nothing of the rows that were right. */
  private Optional<Delivery> lastTaken(List<Delivery> all) {
    return all.stream()
        .filter(d -> d.isTaken() && deliveries.mended(d).isEmpty())
        .reduce((a, b) -> b);
  }

  /** The fields of a source that have a column, in the order of its definition. */
  public List<OfField> fields(Scope scope, Source source, LocalDate asOf) {
    var all =
        deliveries.all(scope).stream()
            .filter(d -> d.source().equals(source.id()) && d.isTaken() && !d.asOf().isAfter(asOf))
            .toList();
    var filled = new HashMap<Long, Map<String, Integer>>();
    db.sql(
            "SELECT f.* FROM delivery_field f JOIN delivery d USING (delivery_id)"
                + " WHERE d.source_id = ?")
        .param(scope.sourceId(source.id()))
        .query(
            row -> {
              filled
                  .computeIfAbsent(row.getLong("delivery_id"), d -> new HashMap<>())
                  .put(row.getString("field"), row.getInt("filled"));
            });
    var fields = new ArrayList<OfField>();
    var last = lastTaken(all).orElse(null);
    for (var field : Tally.reported(source)) {
      var filling =
          all.stream()
              .filter(d -> filled.getOrDefault(d.id(), Map.of()).getOrDefault(field, 0) > 0)
              .reduce((a, b) -> b)
              .orElse(null);
      int rows = last == null ? 0 : filled.getOrDefault(last.id(), Map.of()).getOrDefault(field, 0);
      fields.add(new OfField(field, reported(last, field, rows), rows, filling));
    }
    return fields;
  }

  private Reported reported(@Nullable Delivery last, String field, int rows) {
    if (last == null) {
      return Reported.NEVER;
    }
    return rows > 0
        ? Reported.FILLED
        : cells.hasColumn(last, field) ? Reported.EMPTY : Reported.ABSENT;
  }

  /**
   * Where a record in force comes from, and whether the last delivery of its source confirms it.
   */
  public OfRecord of(Scope scope, long record) {
    var brought = deliveries.get(Intake.deliveryOf(record));
    var noted =
        db.sql("SELECT delivery_id, standing FROM standing WHERE record_id = ?")
            .param(record)
            .query(
                (row, n) ->
                    new OfRecord(
                        row.getString(2).equals("rejected") ? Holds.REJECTED : Holds.CONFIRMED,
                        brought,
                        deliveries.get(row.getLong(1))))
            .optional();
    // What corrected it says no more of it than the source that it is a record of.
    var source = scope.definitions().source(scope.definitions().recordsOf(brought.source()));
    var last = deliveries.lastWhole(scope, source.id()).orElse(brought);
    if (noted.isPresent()) {
      return noted.get();
    }
    if (last.id() <= brought.id()) {
      return new OfRecord(Holds.REPORTED, brought, brought);
    }
    return source.supplies() == Source.Supplies.SNAPSHOT
        ? new OfRecord(Holds.CONFIRMED, brought, last)
        : new OfRecord(Holds.UNMENTIONED, brought, brought);
  }
}

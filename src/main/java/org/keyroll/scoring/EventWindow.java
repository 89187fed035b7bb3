package org.keyroll.scoring;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Policy.Take;
import org.keyroll.scoring.FactValue.Evidence;

/** What the records of a source in a look-back window come to. */
final class EventWindow {
  private final Recipe.Events events;
  private final FactType type;
  private final Basis basis;
  private double count;
  private double sum;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private @Nullable LocalDate chosenDate;
  private @Nullable UnitRecord chosen;

  EventWindow(Recipe.Events events, FactType type, Basis basis) {
    this.events = events;
    this.type = type;
    this.basis = basis;
  }

  void read(List<UnitRecord> records, Reading reading) {
    var rule = events.rule();
    if (!basis.delivered().contains(rule.source())) {
      return;
    }
    for (var record : records) {
      if (record.source() == events.on().source() && matches(record)) {
        var on = record.values().text(events.on().slot());
        if (on != null) {
          take(record, LocalDate.parse(on), reading);
        }
      }
    }
    result(reading);
  }

  private boolean matches(UnitRecord record) {
    for (var condition : events.where().entrySet()) {
      var value = record.values().text(condition.getKey().slot());
      if (value == null || !condition.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }

  private void take(UnitRecord record, LocalDate date, Reading reading) {
    var rule = events.rule();
    if (date.isAfter(basis.asOf())) {
      reading.changes(date);
      return;
    }
    var until = rule.within() == null ? null : date.plus(rule.within());
    if (until != null && !until.isAfter(basis.asOf())) {
      return;
    }
    boolean one = rule.take() == Take.LATEST || rule.take() == Take.EARLIEST;
    if (events.field() != null && !record.values().has(events.field().slot())) {
      return;
    }
    if (until != null) {
      reading.changes(until);
    }
    if (one) {
      boolean first =
          chosenDate == null
              || (rule.take() == Take.LATEST
                  ? !date.isBefore(chosenDate)
                  : date.isBefore(chosenDate));
      if (!first) {
        return;
      }
      chosenDate = date;
      chosen = record;
    } else {
      add(record, date, until, reading);
    }
    if (reading.evident()) {
      var evidence = evidence(record);
      if (one) {
        reading.only(evidence);
      } else {
        reading.from(evidence);
      }
    }
  }

  private void add(UnitRecord record, LocalDate date, @Nullable LocalDate until, Reading reading) {
    double weight = 1;
    var decay = events.rule().decay();
    if (decay != null) {
      double age = ChronoUnit.DAYS.between(date, basis.asOf());
      if (decay.halfLife() != null) {
        var half = ChronoUnit.DAYS.between(basis.asOf().minus(decay.halfLife()), basis.asOf());
        weight = Math.pow(0.5, age / half);
      } else if (until != null) {
        weight = 1 - age / ChronoUnit.DAYS.between(date, until);
      }
      reading.changes(basis.asOf().plusDays(1));
    }
    count += weight;
    if (events.field() != null) {
      double value = record.values().number(events.field().slot());
      sum += weight * value;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }

  private Evidence evidence(UnitRecord record) {
    var cell = events.field() == null ? events.on() : events.field();
    return new Evidence(
        record.recordId(),
        cell.sourceId(),
        cell.field(),
        String.valueOf(record.values().text(cell.slot())),
        FactValue.Use.TAKEN);
  }

  /** No record is a count and a sum of nothing, and no mean, greatest, least or latest at all. */
  private void result(Reading reading) {
    switch (events.rule().take()) {
      case COUNT -> reading.number = count;
      case SUM -> reading.number = sum;
      case MEAN -> reading.number = count > 0 ? sum / count : Double.NaN;
      case MAX -> reading.number = count > 0 ? greatest : Double.NaN;
      case MIN -> reading.number = count > 0 ? least : Double.NaN;
      case LATEST, EARLIEST -> {
        if (chosen == null) {
          return;
        }
        if (events.field() == null) {
          reading.number =
              ChronoUnit.DAYS.between(Objects.requireNonNull(chosenDate), basis.asOf());
          reading.changes(basis.asOf().plusDays(1));
        } else if (type == FactType.NUMBER) {
          reading.number = chosen.values().number(events.field().slot());
        } else {
          reading.text = chosen.values().text(events.field().slot());
        }
      }
    }
  }
}

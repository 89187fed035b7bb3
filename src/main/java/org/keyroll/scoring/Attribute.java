package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.List;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Policy.Freshness;
import org.keyroll.definition.Policy.Stale;
import org.keyroll.scoring.FactValue.Evidence;
import org.keyroll.scoring.FactValue.Use;

/** The first source that has a value gives it; within a source, the newest record. */
record Attribute(Recipe recipe, Basis basis) {

  /** What {@link #read} gives without evidence where a recipe is plain; most of millions are. */
  static double plain(Recipe.Cell cell, List<UnitRecord> records) {
    for (int i = records.size() - 1; i >= 0; i--) {
      var record = records.get(i);
      if (record.source() == cell.source() && record.values().has(cell.slot())) {
        return record.values().number(cell.slot());
      }
    }
    return Double.NaN;
  }

  void read(List<UnitRecord> records, Reading reading) {
    boolean chosen = false;
    for (var cell : recipe.from()) {
      for (int i = records.size() - 1; i >= 0; i--) {
        var record = records.get(i);
        if (record.source() != cell.source() || !record.values().has(cell.slot())) {
          continue;
        }
        var use = chosen ? Use.OUTRANKED : use(record, cell, reading);
        chosen |= use == Use.TAKEN;
        if (reading.evident()) {
          var evidence = evidence(record, cell, use);
          if (use == Use.TAKEN) {
            reading.from(evidence);
          } else {
            reading.givesWay(evidence);
          }
        } else if (chosen) {
          return;
        }
      }
    }
  }

  private static Evidence evidence(UnitRecord record, Recipe.Cell cell, Use use) {
    return new Evidence(
        record.recordId(),
        cell.sourceId(),
        cell.field(),
        String.valueOf(record.values().text(cell.slot())),
        use);
  }

  private Use use(UnitRecord record, Recipe.Cell cell, Reading reading) {
    boolean number = recipe.type() == FactType.NUMBER;
    double value = number ? record.values().number(cell.slot()) : Double.NaN;
    var text = number ? null : record.values().text(cell.slot());
    if (!recipe.missing().isEmpty() && recipe.missing().contains(number ? (Object) value : text)) {
      return Use.NONE;
    }
    if (recipe.fact().freshness() != null && !good(record, cell, reading)) {
      return Use.STALE;
    }
    reading.number = value;
    reading.text = text;
    reading.fresh();
    return Use.TAKEN;
  }

  private boolean good(UnitRecord record, Recipe.Cell cell, Reading reading) {
    var freshness = java.util.Objects.requireNonNull(recipe.fact().freshness());
    var date = record.confirmedOn();
    if (freshness.dated() != null) {
      var dated = record.values().text(recipe.dated(cell));
      if (dated == null) {
        return false;
      }
      date = LocalDate.parse(dated);
    }
    var staleOn = date.plus(freshness.within());
    if (staleOn.isAfter(basis.asOf())) {
      reading.changes(staleOn);
      return true;
    }
    if (freshness.dated() == null) {
      // A new snapshot may confirm it without changing it.
      reading.changes(basis.asOf().plusDays(1));
    }
    if (freshness.stale() == Stale.SUSPENDS) {
      suspend(freshness, date, staleOn, reading);
    }
    if (reading.evident()) {
      reading.note(
          "the value of %s is stale since %s%s"
              .formatted(
                  date,
                  staleOn,
                  switch (freshness.stale()) {
                    case KEPT -> "";
                    case MISSING -> " and counts as missing";
                    case SUSPENDS -> " and suspends a unit on the list";
                  }));
    }
    return freshness.stale() == Stale.KEPT;
  }

  private void suspend(Freshness freshness, LocalDate date, LocalDate staleOn, Reading reading) {
    var until = freshness.longest() == null ? null : staleOn.plus(freshness.longest());
    if (until == null || until.isAfter(basis.asOf())) {
      reading.suspends(new FactValue.Suspends(date, staleOn, until));
      if (until != null) {
        reading.changes(until);
      }
    }
  }
}

package org.keyroll.followup;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Proposals.Published;
import org.keyroll.adjustment.Revisions;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which units have received their letters; clocks run from it where {@code followup.yml} says. */
@Service
public class LetterReceipts {
  private final JdbcClient db;
  private final KeptLetterReceipts kept;
  private final Measures measures;
  private final Proposals proposals;
  private final Revisions revisions;
  private final People people;
  private final Trail trail;

  LetterReceipts(
      JdbcClient db,
      KeptLetterReceipts kept,
      Measures measures,
      Proposals proposals,
      Revisions revisions,
      People people,
      Trail trail) {
    this.db = db;
    this.kept = kept;
    this.measures = measures;
    this.proposals = proposals;
    this.revisions = revisions;
    this.people = people;
    this.trail = trail;
  }

  /** There is nothing to record; the message says why. */
  public static final class NothingToRecord extends Exception {
    private static final long serialVersionUID = 1L;

    NothingToRecord(String message) {
      super(message);
    }
  }

  /**
   * How many letters there have been and how many of them are known to have been received.
   *
   * @param letters of all revisions
   */
  public record Counts(long letters, long received) {}

  /** Of letters as they are defined now. */
  public Counts counts(Scope scope) {
    var acts =
        scope.definitions().letters().letters().stream()
            .flatMap(l -> l.on().stream())
            .collect(Collectors.toSet());
    if (acts.isEmpty()) {
      return new Counts(0, kept.count(scope));
    }
    long letters =
        db.sql(
                "SELECT COUNT(DISTINCT o.revision, o.unit_id) FROM proposal o JOIN run r"
                    + " USING (run_id) WHERE r.programme_id = :programme"
                    + " AND o.revision IS NOT NULL AND o.act IN (:acts)")
            .param("programme", scope.programmeId())
            .param("acts", acts)
            .query(Long.class)
            .single();
    return new Counts(letters, kept.count(scope));
  }

  /**
   * Records that a unit has received its letter.
   *
   * @param number of the revision that the letter tells of; null for the unit's last one
   * @param on the day on which it was received
   * @param asOf business date
   * @throws NotAllowed when the person may not put forward
   * @throws NothingToRecord when there was no letter, the day cannot be, it is recorded already, or
   *     a revision is being made at this moment
   */
  @Transactional(rollbackFor = Exception.class)
  public LetterReceipt record(
      Person by, Scope scope, UnitId unit, @Nullable Long number, LocalDate on, LocalDate asOf)
      throws NotAllowed, NothingToRecord {
    people.require(by, Right.PROPOSE);
    if (!revisions.keepStill(scope)) {
      throw new NothingToRecord(
          "A revision is being made or a decision taken at this moment; try again.");
    }
    var told =
        proposals.of(scope, unit).stream()
            .filter(p -> number == null || p.revision() == number)
            .filter(p -> isTold(scope, p))
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () ->
                    new NothingToRecord(
                        "There is no letter to %s%s; letters.yml says which changes are told."
                            .formatted(unit, number == null ? "" : " in revision " + number)));
    var effective = told.change().effectiveOn();
    if (on.isBefore(effective) || on.isAfter(asOf)) {
      throw new NothingToRecord(
          "The letter of revision %d to %s is of %s; it was received between that day and %s, not on %s."
              .formatted(told.revision(), unit, effective, asOf, on));
    }
    var before = kept.find(scope, told.revision(), unit);
    if (before.isPresent()) {
      throw new NothingToRecord(
          "%s has recorded already that %s received its letter of revision %d on %s."
              .formatted(
                  before.get().recordedBy(), unit, told.revision(), before.get().receivedOn()));
    }
    var receipt = new LetterReceipt(told.revision(), unit, on, asOf, by.name());
    kept.add(scope, receipt);
    measures.received(scope, told.revision(), unit, on);
    trail.append(
        by.name(),
        "receipt",
        "unit " + unit,
        "letter of revision %d received on %s".formatted(told.revision(), on));
    return receipt;
  }

  private static boolean isTold(Scope scope, Published published) {
    return scope.definitions().letters().letters().stream()
        .anyMatch(l -> l.on().contains(published.change().act().id()));
  }
}

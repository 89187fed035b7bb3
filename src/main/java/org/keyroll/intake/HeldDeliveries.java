package org.keyroll.intake;

import java.util.List;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Delivery.State;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person says of deliveries that gates hold. */
@Service
public class HeldDeliveries {
  private final JdbcClient db;
  private final Deliveries deliveries;
  private final TransactionTemplate transaction;
  private final People people;
  private final Trail trail;

  HeldDeliveries(
      JdbcClient db,
      Deliveries deliveries,
      TransactionTemplate transaction,
      People people,
      Trail trail) {
    this.db = db;
    this.deliveries = deliveries;
    this.transaction = transaction;
    this.people = people;
    this.trail = trail;
  }

  /** There is nothing to decide; the message says what there is. */
  public static final class Undecidable extends Exception {
    private static final long serialVersionUID = 1L;

    Undecidable(String message) {
      super(message);
    }
  }

  /** Deliveries that wait for a person, in order. */
  public List<Delivery> waiting(Scope scope) {
    return deliveries.all(scope).stream().filter(d -> d.state() == State.HELD).toList();
  }

  /** How many wait for a person. */
  public long count(Scope scope) {
    return db.sql(
            "SELECT COUNT(*) FROM delivery d JOIN source s USING (source_id)"
                + " WHERE s.programme_id = ? AND d.state = 'held'")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /**
   * Lets a delivery pass the gates that hold it, or takes a refusal back; the next run takes it in.
   * A gate that it breaches for the first time then holds it again.
   *
   * @param named its number, or the name of its file
   * @throws Undecidable when it does not wait for anybody
   * @throws NotAllowed when the person may not decide
   */
  public Delivery release(Scope scope, String named, Person person, String cause)
      throws Undecidable, NotAllowed {
    return decide(
        scope,
        find(scope, named),
        "release",
        person,
        cause,
        "state = 'released', passes = CONCAT_WS('\n', passes, breached)");
  }

  /**
   * Refuses a delivery for good: the same bytes have no effect when they come again.
   *
   * @param named its number, or the name of its file
   * @throws Undecidable when it does not wait for anybody
   * @throws NotAllowed when the person may not decide
   */
  public Delivery refuse(Scope scope, String named, Person person, String cause)
      throws Undecidable, NotAllowed {
    return decide(scope, find(scope, named), "refuse", person, cause, "state = 'refused'");
  }

  private Delivery decide(
      Scope scope, Delivery delivery, String act, Person person, String cause, String change)
      throws Undecidable, NotAllowed {
    people.require(person, Right.DECIDE);
    boolean decided =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  // Not while a revision is being made, which tells how deliveries stand.
                  db.sql("SELECT programme_id FROM programme WHERE programme_id = ? FOR UPDATE")
                      .param(scope.programmeId())
                      .query(Integer.class)
                      .single();
                  return decided(delivery, act, person.name(), cause, change);
                }));
    if (!decided) {
      throw new Undecidable(
          "A run has just taken up %s; see keyroll deliveries.".formatted(delivery.fileName()));
    }
    return deliveries.get(delivery.id());
  }

  /** False where a run has taken it up, or a person has decided, since it was looked at. */
  private boolean decided(Delivery delivery, String act, String who, String cause, String change) {
    int changed =
        db.sql(
                "UPDATE delivery SET decided_by = ?, cause = ?, %s".formatted(change)
                    + " WHERE delivery_id = ? AND state = ? AND decided_by <=> ?")
            .params(who, cause, delivery.id(), word(delivery))
            .param(delivery.decidedBy())
            .update();
    if (changed == 1) {
      trail.append(
          who,
          act,
          "delivery " + delivery.number(),
          "%s of %s, SHA-256 %s: %s; it was %s: %s"
              .formatted(
                  delivery.fileName(),
                  delivery.source(),
                  delivery.sha256(),
                  cause,
                  word(delivery),
                  delivery.message()));
    }
    return changed == 1;
  }

  private Delivery find(Scope scope, String named) throws Undecidable {
    var matching =
        deliveries.all(scope).stream()
            .filter(d -> Long.toString(d.number()).equals(named) || d.fileName().equals(named))
            .toList();
    var open = matching.stream().filter(HeldDeliveries::isOpen).toList();
    if (open.size() > 1) {
      throw new Undecidable(
          "Several deliveries named %s wait: %s; name one by its number."
              .formatted(
                  named,
                  String.join(", ", open.stream().map(d -> Long.toString(d.number())).toList())));
    }
    if (open.isEmpty()) {
      throw new Undecidable(
          matching.isEmpty()
              ? "There is no delivery %s; see keyroll deliveries.".formatted(named)
              : "Delivery %d, %s, is %s and waits for nobody; see keyroll deliveries."
                  .formatted(
                      matching.get(matching.size() - 1).number(),
                      matching.get(matching.size() - 1).fileName(),
                      word(matching.get(matching.size() - 1))));
    }
    return open.get(0);
  }

  /** Held, or decided on and not taken up since. */
  private static boolean isOpen(Delivery delivery) {
    return delivery.state() == State.HELD
        || delivery.state() == State.RELEASED
        || delivery.state() == State.REFUSED && delivery.decidedBy() != null;
  }

  private static String word(Delivery delivery) {
    return delivery.state().name().toLowerCase(java.util.Locale.ROOT);
  }
}

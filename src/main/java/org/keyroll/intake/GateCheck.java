package org.keyroll.intake;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Gatekeeper.Before;
import org.keyroll.intake.Gatekeeper.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds a delivery against the one in force, and lets pass what a person has let pass. */
@Component
class GateCheck {
  private final JdbcClient db;
  private final Deliveries deliveries;

  GateCheck(JdbcClient db, Deliveries deliveries) {
    this.db = db;
    this.deliveries = deliveries;
  }

  /** Call when all rows of a delivery have been read. */
  void pass(Run run, Source source, Delivery delivery, RowsOfDelivery rows) throws Held {
    var counts = rows.counts(0);
    var subject =
        new Subject(
            delivery.asOf(),
            run.asOf(),
            counts.read(),
            counts.rejected(),
            rows.unknown(),
            rows.tally());
    var before = inForce(run.scope(), source);
    var passes = passes(delivery.id());
    var breaches =
        Gatekeeper.breaches(source, subject, before).stream()
            .filter(breach -> !passes.contains(breach.gate()))
            .toList();
    if (!breaches.isEmpty()) {
      throw new Held(breaches, before == null ? null : before.delivery());
    }
  }

  /** The gates that a delivery would not keep to. */
  List<Gatekeeper.Breach> breaches(Scope scope, Source source, Subject subject) {
    return Gatekeeper.breaches(source, subject, inForce(scope, source));
  }

  private @Nullable Before inForce(Scope scope, Source source) {
    return deliveries.lastWhole(scope, source.id()).map(this::figures).orElse(null);
  }

  /** Notes the gates that hold a delivery; a person may let it pass these and no others. */
  void note(long delivery, Held held) {
    db.sql("UPDATE delivery SET breached = ? WHERE delivery_id = ?")
        .params(String.join("\n", held.gates()), delivery)
        .update();
  }

  private Before figures(Delivery delivery) {
    var filled = new HashMap<String, Integer>();
    db.sql("SELECT field, filled FROM delivery_field WHERE delivery_id = ?")
        .param(delivery.id())
        .query(
            row -> {
              filled.put(row.getString(1), row.getInt(2));
            });
    long sound =
        db.sql("SELECT sound FROM delivery WHERE delivery_id = ?")
            .param(delivery.id())
            .query(Long.class)
            .single();
    return new Before(delivery, sound, filled);
  }

  private Set<String> passes(long delivery) {
    return db.sql("SELECT passes FROM delivery WHERE delivery_id = ? AND passes IS NOT NULL")
        .param(delivery)
        .query(String.class)
        .optional()
        .<Set<String>>map(gates -> new HashSet<>(Arrays.asList(gates.split("\n", -1))))
        .orElse(Set.of());
  }
}

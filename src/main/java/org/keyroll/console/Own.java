package org.keyroll.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.people.Person;
import org.springframework.stereotype.Component;

/**
 * What of a programme a person sees: everything, or what is their department's. All else answers as
 * if it did not exist.
 */
@Component
class Own {
  private final Deliveries deliveries;

  Own(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** The id of a person's department; null for whoever sees everything. */
  static @Nullable String department(Person me) {
    var department = me.department();
    return department == null ? null : department.id();
  }

  /** A department, if the person may know of it. */
  static Department department(Scope scope, Person me, String id) {
    var own = department(me);
    return scope.definitions().departments().departments().stream()
        .filter(d -> d.id().equals(id) && (own == null || own.equals(id)))
        .findFirst()
        .orElseThrow(NotFound::new);
  }

  /** The sources whose files a person sees, in the order of their ids. */
  static List<Source> sources(Scope scope, Person me) {
    var own = department(me);
    return own == null
        ? List.copyOf(scope.definitions().sources().values())
        : scope.definitions().sentBy(own);
  }

  static Source source(Scope scope, Person me, String id) {
    return sources(scope, me).stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(NotFound::new);
  }

  Delivery delivery(Scope scope, Person me, long number) {
    var own = department(me);
    return deliveries
        .find(scope, number)
        .filter(
            d ->
                own == null || sources(scope, me).stream().anyMatch(s -> s.id().equals(d.source())))
        .orElseThrow(NotFound::new);
  }

  /** What the paths of a person's files of a revision begin with. */
  static String within(Person me) {
    var own = department(me);
    return own == null ? "" : "departments/" + own + "/";
  }
}

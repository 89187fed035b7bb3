package org.keyroll.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who supervises, and by which rules a unit is assigned. */
public record Departments(
    List<Department> departments, List<Rule> assignment, List<String> otherwise) {

  /** A department that sends feeds or supervises units. */
  public record Department(String id, String title) {}

  /**
   * Assigns the unit to the department that a fact names, or to given ones where {@code when} (CEL
   * over the facts) holds.
   */
  public record Rule(
      String id, @Nullable String by, @Nullable String when, List<String> to, String reason) {}

  /** The title of a department; the definitions were checked, so it is there. */
  public String title(String id) {
    return departments.stream()
        .filter(d -> d.id().equals(id))
        .findFirst()
        .map(Department::title)
        .orElseThrow();
  }
}

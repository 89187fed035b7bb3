package org.keyroll.people;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has proved who they are. Only {@link People} makes one, so whatever takes a person
 * takes one that was authenticated.
 */
public final class Person {
  private final String name;
  private final Set<Role> roles;
  private final @Nullable Department department;

  Person(String name, Set<Role> roles, @Nullable Department department) {
    this.name = name;
    this.roles = Set.copyOf(roles);
    this.department = department;
  }

  public String name() {
    return name;
  }

  public Set<Role> roles() {
    return roles;
  }

  /** Whom they belong to; null for everybody but a person of a department. */
  public @Nullable Department department() {
    return department;
  }

  /** Whether a door need be shown; {@link People#require} is what guards it. */
  public boolean may(Right right) {
    return roles.stream().anyMatch(right::of);
  }

  @Override
  public String toString() {
    return name;
  }
}

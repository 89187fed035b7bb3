package org.keyroll.people;

import java.util.Set;

/**
 * Somebody who has proved who they are. Only {@link People} makes one, so whatever takes a person
 * takes one that was authenticated.
 */
public final class Person {
  private final String name;
  private final Set<Role> roles;

  Person(String name, Set<Role> roles) {
    this.name = name;
    this.roles = Set.copyOf(roles);
  }

  public String name() {
    return name;
  }

  public Set<Role> roles() {
    return roles;
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

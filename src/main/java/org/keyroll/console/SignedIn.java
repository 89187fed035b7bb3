package org.keyroll.console;

import java.security.Principal;
import org.keyroll.people.Person;

/** Somebody who has signed in; two of the same name are the same, whatever their session. */
final class SignedIn implements Principal {
  private final Person person;

  SignedIn(Person person) {
    this.person = person;
  }

  /** As they were when they signed in; their roles may be others now. */
  Person person() {
    return person;
  }

  @Override
  public String getName() {
    return person.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedIn signedIn && signedIn.getName().equals(getName());
  }

  @Override
  public int hashCode() {
    return getName().hashCode();
  }

  @Override
  public String toString() {
    return getName();
  }
}

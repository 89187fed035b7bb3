package org.keyroll.people;

import java.util.Locale;

/** What a person is registered as; one person can be several. */
public enum Role {
  /** Registers persons and launches runs. */
  ADMINISTRATOR,
  /** Puts forward what the rules do not say: overrides, objections of units. */
  EDITOR,
  /** Decides on what others put forward. */
  APPROVER,
  /** Sees everything and changes nothing. */
  AUDITOR,
  /** Takes what is published for one department, and nothing else. */
  DEPARTMENT;

  /** As it is written. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

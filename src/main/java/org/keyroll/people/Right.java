package org.keyroll.people;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What can be done, and the roles that may do it: the one table of rights. */
public enum Right {
  /** See proposals, decisions and the trail through a door that asks who one is. */
  READ("see", Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.AUDITOR),
  /** Register persons, give them other roles or keys, and end their registration. */
  REGISTER("register persons", Role.ADMINISTRATOR),
  /** Launch runs and stop them. */
  RUN("launch and stop runs", Role.ADMINISTRATOR),
  /** Put forward a change that the rules do not suggest, or take it back. */
  PROPOSE("put forward", Role.EDITOR),
  /** Say which records are one unit. */
  IDENTIFY("say which records are one unit", Role.EDITOR, Role.APPROVER),
  /** Put proposals into batches that are decided on as a whole, and take them out. */
  GATHER("put proposals into batches", Role.EDITOR, Role.APPROVER),
  /** Approve, reject or release what one has not made oneself. */
  DECIDE("decide", Role.APPROVER),
  /** Answer what departments ask about their units. */
  ANSWER("answer questions", Role.ADMINISTRATOR, Role.EDITOR),
  /** See and take what is for one's own department. */
  TAKE("take what is for a department", Role.DEPARTMENT);

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final Set<Role> roles;

  Right(String words, Role... roles) {
    this.words = words;
    this.roles = EnumSet.copyOf(Arrays.asList(roles));
  }

  /** Whether a role carries it. */
  public boolean of(Role role) {
    return roles.contains(role);
  }

  String words() {
    return words;
  }

  String roles() {
    return String.join(" or ", roles.stream().map(Role::id).toList());
  }
}

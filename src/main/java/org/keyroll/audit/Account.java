package org.keyroll.audit;

import com.sun.security.auth.module.UnixSystem;

/** Whom the operating system knows as the user of this process; no option can say otherwise. */
public final class Account {
  private Account() {}

  /** The name of the account, or {@code uid 1001} where it has none. */
  public static String current() {
    var system = new UnixSystem();
    var name = system.getUsername();
    return name == null || name.isBlank() ? "uid " + system.getUid() : name;
  }
}

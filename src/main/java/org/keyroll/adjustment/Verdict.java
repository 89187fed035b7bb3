package org.keyroll.adjustment;

import java.util.Locale;

/** What a person can say of what is proposed. */
public enum Verdict {
  APPROVE("approved"),
  REJECT("rejected"),
  RELEASE("released");

  private final String past;

  Verdict(String past) {
    this.past = past;
  }

  /** As it is written. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Approved, rejected or released. */
  public String past() {
    return past;
  }
}

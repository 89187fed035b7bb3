package org.keyroll.adjustment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What made a change follow. */
public enum Cause {
  /** What sources say, or another list that is asked. */
  DATA,
  /** Programme, policy or departments are defined in another way. */
  POLICY,
  /** Rows that say the same count for another unit, or units were joined or parted. */
  IDENTITY,
  /** A date has come: a look-back window, freshness, a tenure. */
  TIME,
  /** An override or a judgement has come to its last day. */
  EXPIRY,
  /** Persons have decided against the rules, or are asked to decide. */
  JUDGEMENT;

  /** As it is written. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is written; {@code unknown} where it was not told. */
  public static String named(@Nullable Cause cause) {
    return cause == null ? "unknown" : cause.id();
  }

  /** For a person. */
  public String words() {
    return switch (this) {
      case DATA -> "data: what sources say";
      case POLICY -> "policy: the rules have changed";
      case IDENTITY -> "identity: which records are one unit";
      case TIME -> "time: a date has come";
      case EXPIRY -> "expiry: an override or judgement has ended";
      case JUDGEMENT -> "judgement: persons decide";
    };
  }

  static @Nullable Cause of(@Nullable String id) {
    return id == null ? null : valueOf(id.toUpperCase(Locale.ROOT));
  }
}

package org.keyroll.definition;

import java.util.Locale;

/** How the agreement of two values is measured. */
public enum Measure {
  /** The same. */
  EXACT(Bound.NONE),
  /** The same but for spaces and the order of words. */
  REARRANGED(Bound.NONE),
  /** Found in each other's field, for fields that senders mix up. */
  SWAPPED(Bound.NONE),
  /** One begins with the other: initials, cut-off words. */
  PREFIX(Bound.NONE),
  /** One is a short form of the other: its characters in order, its place and legal form aside. */
  SHORT_FORM(Bound.NONE),
  /** The same core of an organisation's name; place, trade or legal form differ. */
  CORE(Bound.NONE),
  /** Sounds the same. */
  SOUND(Bound.NONE),
  /** Edits: insertions, deletions, replacements and swaps of neighbours. */
  EDITS(Bound.AT_MOST),
  /** Jaro–Winkler similarity. */
  JARO_WINKLER(Bound.AT_LEAST),
  /** Share of words in common, rare words counting for more and near ones as the same. */
  WORDS(Bound.AT_LEAST),
  /** Number of list values in common. */
  OVERLAP(Bound.AT_LEAST),
  /** Day and month in each other's place. */
  DAY_MONTH(Bound.NONE),
  /** Days between two dates. */
  DAYS(Bound.AT_MOST),
  /** Months between two dates. */
  MONTHS(Bound.AT_MOST),
  /** Difference of two numbers. */
  DIFFERENCE(Bound.AT_MOST),
  /** The same as a share of the greater one. */
  RATIO(Bound.AT_MOST);

  /** What a measure is compared with. */
  public enum Bound {
    NONE,
    AT_LEAST,
    AT_MOST
  }

  private final Bound bound;

  Measure(Bound bound) {
    this.bound = bound;
  }

  public Bound bound() {
    return bound;
  }

  /** As definitions write it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.keyroll.unit;

import java.util.regex.Pattern;

/**
 * The stable id of a unit: minted once, never renumbered, shown as {@code U0000042}.
 *
 * @param number 1 to 4,294,967,295
 */
public record UnitId(long number) implements Comparable<UnitId> {
  private static final Pattern SHOWN = Pattern.compile("[Uu]?0*([1-9][0-9]{0,9})");

  /** Reads an id as a person types it: {@code U0000042}, {@code u42} or {@code 42}. */
  public static UnitId parse(String text) {
    var matcher = SHOWN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a unit id: " + text);
    }
    return new UnitId(Long.parseLong(matcher.group(1)));
  }

  @Override
  public int compareTo(UnitId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "U%07d", number);
  }
}

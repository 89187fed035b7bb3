package org.keyroll.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the wanted fields of many records of one source without building a map of each: scoring
 * reads all records of a programme.
 */
public final class Fields {
  private final List<String> wanted;
  private final byte[][] names;
  private final int[] slots;

  /**
   * @param columns fields of the source in the order of its definition, in which records mostly
   *     hold them
   */
  public Fields(Collection<String> columns, Collection<String> wanted) {
    this.wanted = List.copyOf(wanted);
    this.names =
        columns.stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.slots = columns.stream().mapToInt(this.wanted::indexOf).toArray();
  }

  /** Where a wanted field is found; -1 for another. */
  public int slot(String field) {
    return wanted.indexOf(field);
  }

  /** Reads a record as it is kept: a flat object of texts. */
  public Found read(byte[] json) {
    var found = new Found(json, wanted.size());
    int at = 1;
    int expected = 0;
    while (at < json.length && json[at] == '"') {
      int end = end(json, at + 1);
      int column = column(json, at + 1, end, expected);
      expected = column + 1;
      int start = end + 3;
      int stop = end(json, start);
      if (column >= 0 && slots[column] >= 0) {
        found.from[slots[column]] = start;
        found.to[slots[column]] = stop;
      }
      at = stop + 2;
    }
    return found;
  }

  /** The quote that ends a text; a backslash takes the byte after it along. */
  private static int end(byte[] json, int from) {
    int at = from;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private int column(byte[] json, int from, int to, int expected) {
    for (int i = 0; i < names.length; i++) {
      int column = expected + i < names.length ? expected + i : expected + i - names.length;
      if (Arrays.equals(names[column], 0, names[column].length, json, from, to)) {
        return column;
      }
    }
    return -1;
  }

  /** What one record has of the wanted fields. */
  public static final class Found {
    private final byte[] json;
    private final int[] from;
    private final int[] to;

    private Found(byte[] json, int slots) {
      this.json = json;
      this.from = new int[slots];
      this.to = new int[slots];
    }

    /** Whether there is a value. */
    public boolean has(int slot) {
      return slot >= 0 && to[slot] > 0;
    }

    /** The value; null where there is none. */
    public @Nullable String text(int slot) {
      if (!has(slot)) {
        return null;
      }
      for (int i = from[slot]; i < to[slot]; i++) {
        if (json[i] == '\\') {
          return Payload.read(new String(json, StandardCharsets.UTF_8))
              .getOrDefault(name(slot), "");
        }
      }
      return new String(json, from[slot], to[slot] - from[slot], StandardCharsets.UTF_8);
    }

    /** The key before the value: {@code "name":"value}. */
    private String name(int slot) {
      int end = from[slot] - 3;
      int start = end;
      while (json[start - 1] != '"') {
        start--;
      }
      return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** The value as a number, true 1 and false 0; NaN where there is none. */
    public double number(int slot) {
      if (!has(slot)) {
        return Double.NaN;
      }
      long digits = 0;
      int decimals = -1;
      int count = 0;
      int i = from[slot];
      boolean negative = json[i] == '-';
      for (i += negative ? 1 : 0; i < to[slot]; i++) {
        byte b = json[i];
        if (b >= '0' && b <= '9' && count < 15) {
          digits = digits * 10 + (b - '0');
          count++;
          decimals += decimals < 0 ? 0 : 1;
        } else if (b == '.' && decimals < 0) {
          decimals = 0;
        } else {
          return number(String.valueOf(text(slot)));
        }
      }
      // Both are exact below 2^53, so that the quotient is rounded once, as parsing would.
      double value = decimals > 0 ? digits / POWERS[decimals] : digits;
      return negative ? -value : value;
    }

    private static double number(String text) {
      return switch (text) {
        case "true" -> 1;
        case "false" -> 0;
        default -> Double.parseDouble(text);
      };
    }

    private static final double[] POWERS = {
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
  }
}

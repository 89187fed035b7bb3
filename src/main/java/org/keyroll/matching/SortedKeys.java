package org.keyroll.matching;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Blocking;

/** Blocking keys of one rule with the records that have them, by key and then by record. */
public final class SortedKeys {
  /** In the place of the records of a block that is beyond its limit. */
  public static final int CUT_UP = -1;

  private static final int STRETCH = 1 << 13;
  private static final int STRETCHES = 32;

  private long[] keys = new long[16];
  private int[] records = new int[16];
  private int size;

  /** Takes the keys of one rule after the other. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes the keys of all records under a rule.
     *
     * @param rule its place among the rules
     * @param keys of blocks beyond the limit, {@link #CUT_UP} alone; valid during the call
     */
    void take(int rule, SortedKeys keys) throws Exception;
  }

  public SortedKeys() {}

  /** All keys of all records under a rule. */
  public static SortedKeys of(Population population, Keys maker, Blocking rule) {
    int n = population.size();
    maker.share(List.of(rule));
    var all = new SortedKeys();
    // A few stretches at a time, for there are many keys and they should not lie there twice.
    for (int from = 0; from < n; from += STRETCHES * STRETCH) {
      int first = from;
      var parts =
          IntStream.range(0, STRETCHES)
              .parallel()
              .mapToObj(s -> part(population, maker, rule, first + s * STRETCH))
              .toList();
      int to = (int) Math.min(n, (long) from + STRETCHES * STRETCH);
      int size = all.size + parts.stream().mapToInt(SortedKeys::size).sum();
      for (var part : parts) {
        all.addAll(part, (long) (1.02 * size / to * n));
      }
    }
    all.sort();
    return all;
  }

  private static SortedKeys part(Population population, Keys maker, Blocking rule, int from) {
    var own = maker.another();
    var part = new SortedKeys();
    for (int i = from; i < Math.min(population.size(), from + STRETCH); i++) {
      for (long key : own.of(rule, i)) {
        part.add(key, i);
      }
    }
    return part;
  }

  /**
   * Adds keys, out of order until {@link #sort} is called.
   *
   * @param expected how many there are likely to be in the end
   */
  void addAll(SortedKeys more, long expected) {
    int all = Math.addExact(size, more.size);
    if (all > keys.length) {
      int room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(all, expected));
      keys = Arrays.copyOf(keys, room);
      records = Arrays.copyOf(records, room);
    }
    System.arraycopy(more.keys, 0, keys, size, more.size);
    System.arraycopy(more.records, 0, records, size, more.size);
    size = all;
  }

  /** Adds a key, out of order until {@link #sort} is called. */
  public void add(long key, int record) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size + (size >> 1));
      records = Arrays.copyOf(records, keys.length);
    }
    keys[size] = key;
    records[size++] = record;
  }

  public void sort() {
    new Sorting(keys, records, size).sort();
  }

  public int size() {
    return size;
  }

  public long key(int place) {
    return keys[place];
  }

  public int record(int place) {
    return records[place];
  }

  /** The place behind the last record of the block that begins at a place. */
  public int end(int from) {
    int to = from + 1;
    while (to < size && keys[to] == keys[from]) {
      to++;
    }
    return to;
  }

  /** Moves an entry to an earlier place. */
  void move(int from, int to) {
    keys[to] = keys[from];
    records[to] = records[from];
  }

  /** Puts {@link #CUT_UP} in a place, under the key that stands there. */
  void cutUp(int place) {
    records[place] = CUT_UP;
  }

  /** Keeps the first entries only. */
  void cut(int length) {
    size = length;
  }

  /** The record that has a key, of which there is one at most; -1 for none. */
  public int find(long key) {
    int place = Arrays.binarySearch(keys, 0, size, key);
    return place < 0 ? -1 : records[place];
  }
}

package org.keyroll.matching;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Blocking;

/** Blocking keys of one rule with the records that have them, by key and then by record. */
public final class SortedKeys {
  /** In the place of the records of a block that is beyond its limit. */
  public static final int CUT_UP = -1;

  private static final int STRETCH = 1 << 15;

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
    var parts =
        IntStream.range(0, (n + STRETCH - 1) / STRETCH)
            .parallel()
            .mapToObj(
                stretch -> {
                  var own = maker.another();
                  var part = new SortedKeys();
                  for (int i = stretch * STRETCH; i < Math.min(n, (stretch + 1) * STRETCH); i++) {
                    for (long key : own.of(rule, i)) {
                      part.add(key, i);
                    }
                  }
                  return part;
                })
            .toList();
    var all = new SortedKeys();
    int size = parts.stream().mapToInt(SortedKeys::size).sum();
    all.keys = new long[Math.max(16, size)];
    all.records = new int[all.keys.length];
    for (var part : parts) {
      System.arraycopy(part.keys, 0, all.keys, all.size, part.size);
      System.arraycopy(part.records, 0, all.records, all.size, part.size);
      all.size += part.size;
    }
    all.sort();
    return all;
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

  /** Gives back the memory that is not used. */
  void trim() {
    keys = Arrays.copyOf(keys, size);
    records = Arrays.copyOf(records, size);
  }
}

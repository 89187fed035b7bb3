package org.keyroll.matching;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Distinct texts, numbered as they come; kept as one stretch of characters, so that millions fit.
 */
final class Texts {
  private char[] chars = new char[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] counts = new int[1 << 8];
  private int[] slots = new int[1 << 10];
  private int size;
  private char[] spelt = new char[64];

  Texts() {
    Arrays.fill(slots, -1);
  }

  /** The number of a text, which is taken in if it is new, and counted. */
  int add(String text) {
    spell(text);
    return add(spelt, 0, text.length());
  }

  /** As {@link #add(String)}, for a stretch of characters. */
  int add(char[] from, int start, int length) {
    int slot = slot(from, start, length);
    int id = slots[slot];
    if (id < 0) {
      id = append(from, start, length);
      slots[slot] = id;
      if (size * 2 > slots.length) {
        grow();
      }
    }
    counts[id]++;
    return id;
  }

  /** The number of a text; -1 when it is not known. */
  int find(String text) {
    if (slots.length == 0) {
      index(Math.max(1 << 10, Integer.highestOneBit(Math.max(1, size)) * 4));
    }
    spell(text);
    return slots[slot(spelt, 0, text.length())];
  }

  /** Gives back the memory that is not used, when all texts are in. */
  void complete() {
    chars = Arrays.copyOf(chars, size == 0 ? 0 : ends[size - 1]);
    ends = Arrays.copyOf(ends, size);
    counts = Arrays.copyOf(counts, size);
    dropIndex();
  }

  /** Gives back the memory by which texts are found; it is filled again when one is looked for. */
  void dropIndex() {
    slots = new int[0];
  }

  int size() {
    return size;
  }

  int count(int id) {
    return counts[id];
  }

  char[] chars() {
    return chars;
  }

  int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  int length(int id) {
    return ends[id] - start(id);
  }

  String text(int id) {
    return new String(chars, start(id), length(id));
  }

  /** Those that were added more than once, most often first, then by text; so many at most. */
  int[] mostFrequent(int limit) {
    Comparator<Integer> order =
        (a, b) -> counts[a] != counts[b] ? Integer.compare(counts[b], counts[a]) : compare(a, b);
    // The last one of those found so far comes first.
    var found = new PriorityQueue<>(order.reversed());
    for (int id = 0; id < size; id++) {
      if (counts[id] > 1) {
        if (found.size() == limit && order.compare(id, Objects.requireNonNull(found.peek())) < 0) {
          found.remove();
        }
        if (found.size() < limit) {
          found.add(id);
        }
      }
    }
    return found.stream().sorted(order).mapToInt(id -> id).toArray();
  }

  private int compare(int a, int b) {
    return Arrays.compare(
        chars, start(a), start(a) + length(a), chars, start(b), start(b) + length(b));
  }

  private void spell(String text) {
    if (text.length() > spelt.length) {
      spelt = new char[text.length() * 2];
    }
    text.getChars(0, text.length(), spelt, 0);
  }

  private int append(char[] from, int at, int length) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, length);
    if (end > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(end, chars.length + (chars.length >> 1)));
    }
    System.arraycopy(from, at, chars, start, length);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size + (size >> 1));
      counts = Arrays.copyOf(counts, ends.length);
    }
    ends[size] = end;
    return size++;
  }

  private int slot(char[] from, int start, int length) {
    int hash = 0;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + from[i];
    }
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] >= 0 && !same(slots[slot], from, start, length)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean same(int id, char[] from, int start, int length) {
    return Arrays.equals(chars, start(id), ends[id], from, start, start + length);
  }

  private void grow() {
    index(slots.length * 2);
  }

  /** Puts all texts into so many slots, a power of two. */
  private void index(int length) {
    slots = new int[length];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int hash = 0;
      for (int i = start(id); i < ends[id]; i++) {
        hash = 31 * hash + chars[i];
      }
      int slot = spread(hash) & mask;
      while (slots[slot] >= 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = id;
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}

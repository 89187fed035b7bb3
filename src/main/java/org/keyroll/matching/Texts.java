package org.keyroll.matching;

import java.util.Arrays;

/**
 * Distinct texts, numbered as they come; kept as one stretch of characters, so that millions fit.
 */
final class Texts {
  private char[] chars = new char[1 << 12];
  private int[] ends = new int[1 << 8];
  private int[] counts = new int[1 << 8];
  private int[] slots = new int[1 << 10];
  private int size;

  Texts() {
    Arrays.fill(slots, -1);
  }

  /** The number of a text, which is taken in if it is new, and counted. */
  int add(CharSequence text) {
    int slot = slot(text);
    int id = slots[slot];
    if (id < 0) {
      id = append(text);
      slots[slot] = id;
      if (size * 2 > slots.length) {
        grow();
      }
    }
    counts[id]++;
    return id;
  }

  /** The number of a text; -1 when it is not known. */
  int find(CharSequence text) {
    return slots[slot(text)];
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

  private int append(CharSequence text) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, text.length());
    if (end > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(end, chars.length + (chars.length >> 1)));
    }
    for (int i = 0; i < text.length(); i++) {
      chars[start + i] = text.charAt(i);
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size + (size >> 1));
      counts = Arrays.copyOf(counts, ends.length);
    }
    ends[size] = end;
    return size++;
  }

  private int slot(CharSequence text) {
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] >= 0 && !same(slots[slot], text)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean same(int id, CharSequence text) {
    int start = start(id);
    if (length(id) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (chars[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[slots.length * 2];
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

package org.keyroll.intake;

import java.util.function.LongConsumer;

/**
 * The rows of a source that are in force, and those that a delivery has brought so far: 25 bytes of
 * heap a slot, two slots or less a row, so that ten million rows fit into half a gigabyte.
 */
final class KnownRows {
  private static final byte FREE = 0;
  private static final byte IN_FORCE = 1;
  private static final byte DELIVERED = 2;
  private static final byte KEPT = 4;
  private static final byte TAKEN = 8;
  private static final byte CHANGED = 16;

  private long[] keys = new long[1 << 12];
  private long[] contents = new long[1 << 12];
  private long[] places = new long[1 << 12];
  private byte[] states = new byte[1 << 12];
  private int used;

  /** What a delivered row means beside what is known. */
  enum Meaning {
    /** Its key was not known. */
    ADDED,
    /** Its key was known with other content. */
    CHANGED,
    /** Nothing is to be done. */
    UNCHANGED,
    /** The delivery has brought the same row before. */
    REPEATED,
    /** The delivery has brought another row under the same key. */
    CONTRADICTED,
    /** Nothing is in force under its key, and the delivery is about what is. */
    UNKNOWN
  }

  void inForce(long key, long content) {
    int slot = slot(key);
    states[slot] |= IN_FORCE;
    contents[slot] = content;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /**
   * A row of the delivery that can be accepted.
   *
   * @param place where it stands, for {@link #firstPlace}
   */
  Meaning delivered(long key, long content, long place) {
    int slot = slot(key);
    byte before = states[slot];
    long known = contents[slot];
    if ((before & DELIVERED) != 0) {
      return known == content ? Meaning.REPEATED : Meaning.CONTRADICTED;
    }
    states[slot] |= DELIVERED;
    contents[slot] = content;
    places[slot] = place;
    if ((before & IN_FORCE) == 0) {
      return Meaning.ADDED;
    }
    if (known == content) {
      return Meaning.UNCHANGED;
    }
    states[slot] |= CHANGED;
    return Meaning.CHANGED;
  }

  /** The delivered rows, as rows in force that another delivery is compared with. */
  KnownRows asInForce() {
    var rows = new KnownRows();
    for (int i = 0; i < keys.length; i++) {
      if ((states[i] & DELIVERED) != 0) {
        rows.inForce(keys[i], contents[i]);
      }
    }
    return rows;
  }

  boolean isInForce(long key) {
    return (states[find(key)] & IN_FORCE) != 0;
  }

  /** Where the delivery brought this key first. */
  long firstPlace(long key) {
    return places[slot(key)];
  }

  /** A row with this key was rejected: what was known of it stays in force. */
  void keep(long key) {
    int slot = find(key);
    if (states[slot] != FREE) {
      states[slot] |= KEPT;
    }
  }

  /** Takes a delivered row back, because another one contradicts it. */
  void withdraw(long key) {
    int slot = slot(key);
    states[slot] = (byte) (states[slot] & ~DELIVERED | KEPT);
  }

  /** Keys in force that the delivery has neither brought nor had rejected. */
  void gone(LongConsumer each) {
    for (int i = 0; i < keys.length; i++) {
      if (states[i] == (IN_FORCE | TAKEN)) {
        each.accept(keys[i]);
      }
    }
  }

  /** Keys in force whose row the delivery had rejected, and which it has not brought otherwise. */
  void rejected(LongConsumer each) {
    for (int i = 0; i < keys.length; i++) {
      if ((states[i] & (IN_FORCE | KEPT | DELIVERED)) == (IN_FORCE | KEPT)) {
        each.accept(keys[i]);
      }
    }
  }

  /** Keys in force that the delivery has brought with the content that is in force. */
  void repeated(LongConsumer each) {
    for (int i = 0; i < keys.length; i++) {
      if ((states[i] & (IN_FORCE | DELIVERED | CHANGED)) == (IN_FORCE | DELIVERED)) {
        each.accept(keys[i]);
      }
    }
  }

  /**
   * How many rows are in force when the delivery has been taken in.
   *
   * @param snapshot whether rows that are gone are closed
   */
  long inForceAfterwards(boolean snapshot) {
    long n = 0;
    for (byte state : states) {
      boolean stays = (state & IN_FORCE) != 0 && ((state & KEPT) != 0 || !snapshot);
      if ((state & DELIVERED) != 0 || stays) {
        n++;
      }
    }
    return n;
  }

  private int find(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key ^ key >>> 32) & mask;
    while (states[slot] != FREE && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /**
   * The slot of a key, taken for it if it has none; its state is never {@link #FREE} afterwards.
   */
  private int slot(long key) {
    int slot = find(key);
    if (states[slot] != FREE) {
      return slot;
    }
    if (used >= keys.length / 3 * 2) {
      grow();
      slot = find(key);
    }
    keys[slot] = key;
    states[slot] = TAKEN;
    used++;
    return slot;
  }

  private void grow() {
    var oldKeys = keys;
    var oldContents = contents;
    var oldPlaces = places;
    var oldStates = states;
    keys = new long[oldKeys.length * 2];
    contents = new long[oldKeys.length * 2];
    places = new long[oldKeys.length * 2];
    states = new byte[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldStates[i] != FREE) {
        int slot = find(oldKeys[i]);
        keys[slot] = oldKeys[i];
        contents[slot] = oldContents[i];
        places[slot] = oldPlaces[i];
        states[slot] = oldStates[i];
      }
    }
  }
}

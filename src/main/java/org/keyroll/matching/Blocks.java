package org.keyroll.matching;

import java.util.Arrays;
import org.keyroll.definition.Similarity.Blocking;

/**
 * The records of one blocking rule, block by block in the order of their keys. A block beyond the
 * limit is cut up by what else its records agree on; what is still too large is left out and
 * counted, and so is a record that is alone.
 */
final class Blocks {
  private final int limit;
  private long leftOut;
  private long pairs;
  // Records end to end, and where each block begins; one more tells where the last one ends.
  private final int[] records;
  private final int[] starts;

  /**
   * @param number place of the rule among all
   * @param taker gets all keys, those of records alone with one too
   */
  Blocks(Population population, Keys maker, Blocking rule, int number, SortedKeys.Taker taker)
      throws Exception {
    this.limit = rule.limit();
    var sorted = SortedKeys.of(population, maker, rule);
    cutUp(population, sorted);
    leaveOut(sorted);
    taker.take(number, sorted);
    int blocks = 0;
    int inBlocks = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = sorted.end(from);
      if (to - from > 1) {
        blocks++;
        inBlocks += to - from;
        pairs += pairs(to - from);
      }
      from = to;
    }
    this.records = new int[inBlocks];
    this.starts = new int[blocks + 1];
    int block = 0;
    int used = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = sorted.end(from);
      if (to - from > 1) {
        starts[block++] = used;
        for (int i = from; i < to; i++) {
          records[used++] = sorted.record(i);
        }
      }
      from = to;
    }
    starts[block] = used;
  }

  private static long pairs(int records) {
    return (long) records * (records - 1) / 2;
  }

  /** Blocks beyond the limit are not compared as a whole. */
  private void cutUp(Population population, SortedKeys sorted) {
    var finer = new SortedKeys();
    int n = sorted.size();
    int kept = 0;
    for (int from = 0; from < n; ) {
      int to = sorted.end(from);
      boolean large = to - from > limit;
      for (int i = from; i < to; i++) {
        if (large) {
          for (long key : Keys.finer(population, sorted.key(i), sorted.record(i))) {
            finer.add(key, sorted.record(i));
          }
        }
        if (!large || i == from) {
          sorted.move(i, kept++);
        }
      }
      if (large) {
        sorted.cutUp(kept - 1);
      }
      from = to;
    }
    sorted.cut(kept);
    if (finer.size() > 0) {
      sorted.addAll(finer, 0);
      sorted.sort();
    }
  }

  /** What is too large even when cut up. */
  private void leaveOut(SortedKeys sorted) {
    int n = sorted.size();
    int kept = 0;
    for (int from = 0; from < n; ) {
      int to = sorted.end(from);
      boolean large = to - from > limit;
      if (large) {
        leftOut += pairs(to - from);
        sorted.move(from, kept);
        sorted.cutUp(kept++);
      } else {
        for (int i = from; i < to; i++) {
          sorted.move(i, kept++);
        }
      }
      from = to;
    }
    sorted.cut(kept);
  }

  /** Pairs that stand together in a block that was too large even when cut up. */
  long leftOut() {
    return leftOut;
  }

  /** Pairs that stand together in a block. */
  long pairs() {
    return pairs;
  }

  /** How many blocks there are. */
  int size() {
    return starts.length - 1;
  }

  /** The first block that begins at a place or behind it. */
  int firstFrom(int place) {
    int found = Arrays.binarySearch(starts, 0, size(), place);
    return found < 0 ? -found - 1 : found;
  }

  /** How many places for records there are in all blocks. */
  int places() {
    return records.length;
  }

  int from(int block) {
    return starts[block];
  }

  int to(int block) {
    return starts[block + 1];
  }

  int record(int place) {
    return records[place];
  }
}

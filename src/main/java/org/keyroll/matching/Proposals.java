package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Blocking;

/** The pairs that blocking proposes, each of them once. */
final class Proposals {
  private static final int STRETCH = 1 << 14;

  private final List<Blocks> rules = new ArrayList<>();
  // The blocks of each record, numbered through all rules and in that order, from first on.
  private final int[] first;
  private final int[] blocksOfRecord;

  /** What is done with pairs; one a thread, merged in a fixed order afterwards. */
  interface Visitor {
    void pair(int a, int b);

    /** Whether a pair matters; asked first, for finding out whether it was met before is slow. */
    default boolean wants(int a, int b) {
      return true;
    }
  }

  /**
   * @param taker gets the keys of each rule, which are too many to be kept here
   */
  Proposals(Population population, Keys keys, List<Blocking> blocking, SortedKeys.Taker taker)
      throws Exception {
    int n = population.size();
    first = new int[n + 1];
    keys.share(blocking);
    for (int rule = 0; rule < blocking.size(); rule++) {
      var blocks = new Blocks(population, keys, blocking.get(rule), rule, taker);
      rules.add(blocks);
      for (int i = 0; i < blocks.places(); i++) {
        first[blocks.record(i) + 1]++;
      }
    }
    for (int i = 0; i < n; i++) {
      first[i + 1] = Math.addExact(first[i], first[i + 1]);
    }
    blocksOfRecord = new int[first[n]];
    var next = Arrays.copyOf(first, n);
    int number = 0;
    for (var blocks : rules) {
      for (int block = 0; block < blocks.size(); block++) {
        for (int i = blocks.from(block); i < blocks.to(block); i++) {
          blocksOfRecord[next[blocks.record(i)]++] = number;
        }
        number++;
      }
    }
  }

  /** An upper bound: pairs that meet under several rules count several times. */
  long pairs() {
    return rules.stream().mapToLong(Blocks::pairs).sum();
  }

  /** Pairs in blocks that are too large even when cut up, by place of the rule. */
  List<Long> leftOut() {
    return rules.stream().map(Blocks::leftOut).toList();
  }

  /** Goes through all pairs on all processors; visitors come back in a fixed order. */
  <V extends Visitor> List<V> visit(Supplier<V> visitor) {
    var visitors = new ArrayList<V>();
    int before = 0;
    for (var blocks : rules) {
      int offset = before;
      int stretches = (blocks.places() + STRETCH - 1) / STRETCH;
      visitors.addAll(
          IntStream.range(0, stretches)
              .parallel()
              .mapToObj(
                  s -> {
                    var of = visitor.get();
                    int to = blocks.firstFrom((s + 1) * STRETCH);
                    for (int block = blocks.firstFrom(s * STRETCH); block < to; block++) {
                      block(blocks, block, offset + block, of);
                    }
                    return of;
                  })
              .toList());
      before += blocks.size();
    }
    return visitors;
  }

  private void block(Blocks blocks, int block, int number, Visitor visitor) {
    int to = blocks.to(block);
    for (int i = blocks.from(block); i < to; i++) {
      int a = blocks.record(i);
      for (int j = i + 1; j < to; j++) {
        int b = blocks.record(j);
        if (visitor.wants(a, b) && meetFirst(a, b, number)) {
          visitor.pair(a, b);
        }
      }
    }
  }

  /** Whether a block that holds two records is the first of those that do. */
  private boolean meetFirst(int a, int b, int number) {
    int i = first[a];
    int j = first[b];
    while (true) {
      int x = blocksOfRecord[i];
      int y = blocksOfRecord[j];
      if (x == y) {
        return x == number;
      }
      if (x < y) {
        i++;
      } else {
        j++;
      }
    }
  }
}

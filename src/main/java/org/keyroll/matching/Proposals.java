package org.keyroll.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.keyroll.definition.Similarity.Blocking;

/** The pairs that blocking proposes, each of them once. */
final class Proposals {
  private static final int STRETCH = 1 << 14;

  private final List<Blocks> rules = new ArrayList<>();

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
    for (int rule = 0; rule < blocking.size(); rule++) {
      rules.add(new Blocks(population, keys, blocking.get(rule), rule, taker));
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
    for (int rule = 0; rule < rules.size(); rule++) {
      int number = rule;
      var blocks = rules.get(rule);
      int stretches = (blocks.size() + STRETCH - 1) / STRETCH;
      visitors.addAll(
          IntStream.range(0, stretches)
              .parallel()
              .mapToObj(
                  s -> {
                    var of = visitor.get();
                    blocks.each(
                        s * STRETCH,
                        (s + 1) * STRETCH,
                        (from, to) -> block(number, blocks, from, to, of));
                    return of;
                  })
              .toList());
    }
    return visitors;
  }

  private void block(int rule, Blocks blocks, int from, int to, Visitor visitor) {
    long key = blocks.key(from);
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        int a = blocks.record(i);
        int b = blocks.record(j);
        if (visitor.wants(a, b) && blocks.firstMeeting(a, b, key) && !met(rule, a, b)) {
          visitor.pair(a, b);
        }
      }
    }
  }

  /** Whether an earlier rule has brought the two together. */
  private boolean met(int rule, int a, int b) {
    for (int r = 0; r < rule; r++) {
      if (rules.get(r).together(a, b)) {
        return true;
      }
    }
    return false;
  }
}

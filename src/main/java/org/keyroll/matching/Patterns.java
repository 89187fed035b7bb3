package org.keyroll.matching;

import java.util.HashMap;
import java.util.Map;

/** How often each combination of levels was met. */
final class Patterns {
  private final Map<Long, double[]> counts = new HashMap<>();

  void add(long pattern) {
    counts.computeIfAbsent(pattern, p -> new double[1])[0]++;
  }

  void addAll(Patterns other) {
    other.counts.forEach((p, n) -> counts.computeIfAbsent(p, q -> new double[1])[0] += n[0]);
  }

  /** Patterns in a fixed order, so that sums do not depend on how they were collected. */
  long[] patterns() {
    return counts.keySet().stream().mapToLong(p -> p).sorted().toArray();
  }

  double count(long pattern) {
    var n = counts.get(pattern);
    return n == null ? 0 : n[0];
  }

  double total() {
    return counts.values().stream().mapToDouble(n -> n[0]).sum();
  }
}

package org.keyroll.scoring;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What steps know of the population: a few numbers, or a sorted column, by step and group. */
final class Statistics {
  private final Map<String, Map<String, double[]>> bySteps = new ConcurrentSkipListMap<>();

  double @Nullable [] of(String step, String group) {
    var groups = bySteps.get(step);
    return groups == null ? null : groups.get(group);
  }

  void put(String step, String group, double[] statistic) {
    bySteps.computeIfAbsent(step, s -> new ConcurrentSkipListMap<>()).put(group, statistic);
  }

  /** Step to group to statistic, in order. */
  Map<String, Map<String, double[]>> all() {
    return bySteps;
  }

  /** Whether a step has the same statistics in both. */
  boolean same(Statistics other, String step) {
    var mine = bySteps.getOrDefault(step, Map.of());
    var theirs = other.bySteps.getOrDefault(step, Map.of());
    return mine.keySet().equals(theirs.keySet())
        && mine.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), theirs.get(e.getKey())));
  }
}

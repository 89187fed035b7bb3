package org.keyroll.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of records that belong together whatever the evidence: what rules or people have put
 * together, as far as nobody keeps two of them apart. Pure.
 */
final class Groups {
  private final int[] parent;
  // By root, records that must not come into its group.
  private final Map<Integer, List<Integer>> apart = new HashMap<>();

  /**
   * @param apart pairs of records that a person keeps apart
   */
  Groups(int size, List<int[]> apart) {
    this.parent = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
    }
    for (var pair : apart) {
      this.apart.computeIfAbsent(pair[0], r -> new ArrayList<>()).add(pair[1]);
      this.apart.computeIfAbsent(pair[1], r -> new ArrayList<>()).add(pair[0]);
    }
  }

  /** Joins the groups of two records; false when that would join two that are kept apart. */
  boolean join(int a, int b) {
    int x = root(a);
    int y = root(b);
    if (x == y) {
      return true;
    }
    if (apart.getOrDefault(x, List.of()).stream().anyMatch(r -> root(r) == y)) {
      return false;
    }
    int kept = Math.min(x, y);
    int gone = Math.max(x, y);
    parent[gone] = kept;
    var kin = apart.remove(gone);
    if (kin != null) {
      apart.merge(
          kept,
          kin,
          (some, more) -> {
            some.addAll(more);
            return some;
          });
    }
    return true;
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** For each record the smallest of its group. */
  int[] roots() {
    var roots = new int[parent.length];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = root(i);
    }
    return roots;
  }
}

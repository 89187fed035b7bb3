package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Sorts records into units. Records joined by links form a component; within it the two groups
 * whose records agree best on average are merged, again and again, while more speaks for it than
 * against. So a single doubtful link does not pull two units together, and two records that must
 * not meet never do. Where two that must not meet both fit a third, the better one gets it only if
 * it is better by as much as a link takes; else neither does, for a person to say.
 */
public final class Clusters {
  /** A component with more groups is first taken apart at its weakest links. */
  private static final int MOST_GROUPS = 400;

  private static final double TIGHTER = 4;
  private static final int AT_ONCE = 1 << 10;

  /** Groups stay apart when, on average, more speaks against than for it. */
  private static final double EVEN = 0;

  /** One pair says so much and no more, lest it silence all the others. */
  private static final double MOST = 25;

  private final int[] given;
  private final double link;
  private final Supplier<Weight> weight;
  private final Apart apart;
  private final int[] unit;
  private final int[] parent;
  // Records of the groups that are looked at, group by group, from first on.
  private final int[] first;
  private int[] members = {};

  /** Log-odds of two records, in bits. */
  @FunctionalInterface
  public interface Weight {
    double of(int a, int b);
  }

  /** Two records that are never the same unit. */
  @FunctionalInterface
  public interface Apart {
    boolean are(int a, int b);
  }

  /**
   * @param given for each record a record of the group it is in whatever the evidence: itself when
   *     it is in none
   * @param link log-odds in bits from which a pair links
   * @param weight gives each thread its own
   * @param apart for any thread
   */
  public Clusters(int[] given, double link, Supplier<Weight> weight, Apart apart) {
    this.given = given.clone();
    this.link = link;
    this.weight = weight;
    this.apart = apart;
    this.unit = new int[given.length];
    this.parent = new int[given.length];
    this.first = new int[given.length + 1];
  }

  /**
   * The unit of each record: the smallest number among its records.
   *
   * @param pairs in a fixed order
   */
  public int[] of(List<Pair> pairs) {
    Arrays.setAll(unit, i -> root(given, i));
    // Most links are of records that are in one group already.
    var across =
        pairs.stream().filter(p -> p.weight() >= link && unit[p.a()] != unit[p.b()]).toList();
    var groups = new BitSet();
    for (var pair : across) {
      groups.set(unit[pair.a()]);
      groups.set(unit[pair.b()]);
    }
    gather(groups);
    var components = new ArrayList<int[]>();
    split(groups.stream().toArray(), across, link, components);
    IntStream.range(0, (components.size() + AT_ONCE - 1) / AT_ONCE)
        .parallel()
        .forEach(
            some -> {
              var own = weight.get();
              int to = Math.min(components.size(), (some + 1) * AT_ONCE);
              for (var component : components.subList(some * AT_ONCE, to)) {
                refine(Arrays.stream(component).mapToObj(this::members).toList(), own);
              }
            });
    var smallest = new int[unit.length];
    Arrays.fill(smallest, -1);
    var named = new int[unit.length];
    for (int i = 0; i < unit.length; i++) {
      if (smallest[unit[i]] < 0) {
        smallest[unit[i]] = i;
      }
      named[i] = smallest[unit[i]];
    }
    return named;
  }

  /** Puts the records of groups side by side. */
  private void gather(BitSet groups) {
    int among = 0;
    for (int i = 0; i < unit.length; i++) {
      if (groups.get(unit[i])) {
        first[unit[i] + 1]++;
        among++;
      }
    }
    for (int i = 0; i < unit.length; i++) {
      first[i + 1] += first[i];
    }
    members = new int[among];
    var next = Arrays.copyOf(first, unit.length);
    for (int i = 0; i < unit.length; i++) {
      if (groups.get(unit[i])) {
        members[next[unit[i]]++] = i;
      }
    }
  }

  private List<Integer> members(int group) {
    return Arrays.stream(members, first[group], first[group + 1]).boxed().toList();
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /**
   * Finds the components that pairs from a weight on make of groups.
   *
   * @param groups in order
   * @param components gets those of more than one group
   */
  private void split(int[] groups, List<Pair> pairs, double from, List<int[]> components) {
    for (int group : groups) {
      parent[group] = group;
    }
    for (var pair : pairs) {
      if (pair.weight() >= from && !apart.are(pair.a(), pair.b())) {
        int a = root(parent, unit[pair.a()]);
        int b = root(parent, unit[pair.b()]);
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
    var byComponent = new SortedKeys();
    for (int group : groups) {
      byComponent.add(root(parent, group), group);
    }
    byComponent.sort();
    for (int begin = 0; begin < byComponent.size(); begin = byComponent.end(begin)) {
      var component =
          IntStream.range(begin, byComponent.end(begin)).map(byComponent::record).toArray();
      if (component.length > MOST_GROUPS) {
        var part = new BitSet();
        Arrays.stream(component).forEach(part::set);
        var within =
            pairs.stream().filter(p -> part.get(unit[p.a()]) && part.get(unit[p.b()])).toList();
        split(component, within, from + TIGHTER, components);
      } else if (component.length > 1) {
        components.add(component);
      }
    }
  }

  /** Average linkage over all pairs of a component; ties go to the smaller numbers. */
  private void refine(List<List<Integer>> groups, Weight own) {
    int n = groups.size();
    var sum = new double[n][n];
    var uncapped = new double[n][n];
    var asked = new boolean[n][n];
    var count = new int[n];
    for (int i = 0; i < n; i++) {
      count[i] = groups.get(i).size();
      for (int j = i + 1; j < n; j++) {
        sum[i][j] = sum[j][i] = sum(groups.get(i), groups.get(j), MOST, own);
        uncapped[i][j] =
            uncapped[j][i] =
                sum[i][j] < EVEN
                    ? sum[i][j]
                    : sum(groups.get(i), groups.get(j), Double.MAX_VALUE, own);
      }
    }
    var into = new int[n];
    Arrays.setAll(into, i -> i);
    while (true) {
      double best = EVEN;
      int x = -1;
      int y = -1;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; count[i] > 0 && j < n; j++) {
          if (count[j] > 0 && !asked[i][j]) {
            double mean = sum[i][j] / ((double) count[i] * count[j]);
            if (x < 0 ? mean >= best : mean > best) {
              best = mean;
              x = i;
              y = j;
            }
          }
        }
      }
      if (x < 0) {
        break;
      }
      boolean clear = true;
      for (int k = 0; k < n; k++) {
        if (count[k] > 0 && k != x && k != y) {
          clear &= !rivals(sum, uncapped, count, asked, new int[] {x, y, k});
          clear &= !rivals(sum, uncapped, count, asked, new int[] {y, x, k});
        }
      }
      if (!clear) {
        continue;
      }
      for (int k = 0; k < n; k++) {
        if (count[k] > 0 && k != x && k != y) {
          sum[x][k] = sum[k][x] = sum[x][k] + sum[y][k];
          uncapped[x][k] = uncapped[k][x] = uncapped[x][k] + uncapped[y][k];
          asked[x][k] = asked[k][x] = asked[x][k] || asked[y][k];
        }
      }
      count[x] += count[y];
      count[y] = 0;
      for (int k = 0; k < n; k++) {
        into[k] = into[k] == y ? x : into[k];
      }
    }
    for (int k = 0; k < n; k++) {
      int name = unit[groups.get(into[k]).get(0)];
      if (into[k] != k) {
        groups.get(k).forEach(record -> unit[record] = name);
      }
    }
  }

  /**
   * Whether the second and the third of three groups, which must not meet, fit the first one nearly
   * as well; then neither of them gets it.
   */
  private boolean rivals(
      double[][] sum, double[][] uncapped, int[] count, boolean[][] asked, int[] three) {
    int x = three[0];
    int y = three[1];
    int k = three[2];
    if (sum[y][k] != Double.NEGATIVE_INFINITY || sum[x][k] < EVEN) {
      return false;
    }
    double better =
        uncapped[x][y] / ((double) count[x] * count[y])
            - uncapped[x][k] / ((double) count[x] * count[k]);
    if (better >= link) {
      return false;
    }
    asked[x][y] = asked[y][x] = asked[x][k] = asked[k][x] = true;
    return true;
  }

  private double sum(List<Integer> some, List<Integer> others, double most, Weight own) {
    double sum = 0;
    for (int a : some) {
      for (int b : others) {
        if (apart.are(a, b)) {
          return Double.NEGATIVE_INFINITY;
        }
        sum += Math.max(-most, Math.min(most, own.of(Math.min(a, b), Math.max(a, b))));
      }
    }
    return sum;
  }
}

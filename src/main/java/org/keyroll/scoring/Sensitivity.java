package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy;

/**
 * How far the list depends on choices of the policy that could have been made otherwise: seeded
 * draws of weights, normalisation and the treatment of gaps, as the OECD/JRC Handbook on
 * Constructing Composite Indicators (2008), step 7, and Saisana, Saltelli and Tarantola (2005) have
 * it. Pure; draw by draw the same whatever thread works it out.
 */
final class Sensitivity {
  /** Share of the heap that ranks of all draws may take; more are worked out in several passes. */
  private static final double OF_HEAP = 0.3;

  private final Engine engine;
  private final Matrix matrix;
  private final Variation variation;
  private final int size;
  private final double[] base;
  private final Lines lines;
  private final Map<Integer, Variants> leaves = new HashMap<>();
  private final List<Node> criteria = new ArrayList<>();

  /**
   * @param matrix all units with their facts
   * @param now rank of the tier that the unit of each row is listed in; the number of tiers for
   *     none
   */
  Sensitivity(Engine engine, Matrix matrix, int[] now, Variation variation) {
    this.engine = engine;
    this.matrix = matrix;
    this.variation = variation;
    this.size = matrix.size();
    var statistics = new Statistics();
    this.base = engine.scores(matrix, statistics, true, null);
    this.lines = new Lines(engine, matrix, statistics, now);
    collect(engine.tree().root());
  }

  /** Siblings share the deviation of their z-scores: the mean of those they have. */
  private void collect(Node node) {
    var own = new ArrayList<Variants.Leaf>();
    for (int c = 0; c < node.children().size(); c++) {
      var child = node.children().get(c);
      if (child.fact() >= 0) {
        own.add(new Variants.Leaf(child, matrix));
        if (node.weights()[c] != 0) {
          criteria.add(child);
        }
      } else {
        collect(child);
      }
    }
    double common =
        own.stream()
            .mapToDouble(Variants.Leaf::deviation)
            .filter(d -> !Double.isNaN(d))
            .average()
            .orElse(Double.NaN);
    own.forEach(leaf -> leaves.put(leaf.node().number(), leaf.all(common)));
  }

  /** Works all draws out, told how many are done from time to time. */
  Robustness run(double correlation, LongConsumer progress) {
    var baseRanks = ranks(base);
    boolean normalises = leaves.values().stream().anyMatch(Variants::vary);
    var listed = new AtomicIntegerArray(size);
    var scored = new AtomicIntegerArray(size);
    int draws = variation.draws();
    var shifts = new double[draws];
    var normalisations = new int[draws];
    var gaps = new int[draws];
    var low = new double[size];
    var middle = new double[size];
    var high = new double[size];
    long bytes = (long) (Runtime.getRuntime().maxMemory() * OF_HEAP);
    int slice = (int) Math.max(1, Math.min(size, bytes / (2L * Math.max(1, draws))));
    var done = new java.util.concurrent.atomic.AtomicLong();
    for (int from = 0; from < size || from == 0; from += slice) {
      int begin = from;
      int end = Math.min(size, from + slice);
      var kept = new char[draws][end - begin];
      IntStream.range(0, draws)
          .parallel()
          .forEach(
              number -> {
                var draw = variation.draw(number);
                var weights = weights(draw);
                normalisations[number] =
                    draw.variant(Variants.NORMALISATIONS, normalises && variation.normalisation());
                gaps[number] = draw.variant(Variants.GAPS, variation.gaps());
                var scores = scores(weights, normalisations[number], gaps[number], -1);
                var standing = ranks(scores);
                for (int i = begin; i < end; i++) {
                  kept[number][i - begin] = packed(standing.ranks[i]);
                }
                if (begin == 0) {
                  shifts[number] = baseRanks.shift(standing);
                  count(scores, standing, listed, scored);
                }
                long ready = done.incrementAndGet();
                if (ready % 50 == 0) {
                  progress.accept(ready);
                }
              });
      IntStream.range(begin, end)
          .parallel()
          .forEach(i -> interval(kept, i - begin, i, low, middle, high));
    }
    var decides = new int[size];
    var shift = new double[size];
    var effects = leaveOut(baseRanks, decides, shift);
    var units = new ArrayList<Robustness.Unit>(size);
    for (int i = 0; i < size; i++) {
      units.add(
          new Robustness.Unit(
              matrix.unit(i),
              lines.now[i] < lines.none,
              lines.listed(i, base[i], baseRanks.standings),
              base[i],
              baseRanks.ranks[i],
              listed.get(i) / (double) draws,
              scored.get(i) / (double) draws,
              low[i],
              middle[i],
              high[i],
              decides[i] < 0 ? null : criteria.get(decides[i]).path(),
              shift[i]));
    }
    return new Robustness(
        units,
        effects,
        pairs(correlation),
        Arrays.stream(shifts).average().orElse(0),
        means(shifts, normalisations, Variants.NORMALISATIONS),
        means(shifts, gaps, Variants.GAPS));
  }

  private void count(
      double[] scores, Standing standing, AtomicIntegerArray listed, AtomicIntegerArray scored) {
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(scores[i])) {
        scored.incrementAndGet(i);
      }
      if (lines.listed(i, scores[i], standing.standings)) {
        listed.incrementAndGet(i);
      }
    }
  }

  private void interval(
      char[][] kept, int column, int row, double[] low, double[] middle, double[] high) {
    var ranks = new char[kept.length];
    int n = 0;
    for (var draw : kept) {
      if (draw[column] != 0) {
        ranks[n++] = draw[column];
      }
    }
    Arrays.sort(ranks, 0, n);
    low[row] = rank(ranks, n, 0.05);
    middle[row] = rank(ranks, n, 0.5);
    high[row] = rank(ranks, n, 0.95);
  }

  private double rank(char[] ranks, int n, double share) {
    return n == 0 ? Double.NaN : unpacked(ranks[(int) Math.round((n - 1) * share)]);
  }

  /** Ranks are kept as 1 to 65,535: exactly up to so many units, coarsely beyond. */
  private char packed(double rank) {
    int most = Character.MAX_VALUE;
    return Double.isNaN(rank)
        ? 0
        : (char)
            (size <= most
                ? Math.min(most, Math.round(rank))
                : Math.max(1, Math.round(rank * most / size)));
  }

  private double unpacked(char kept) {
    int most = Character.MAX_VALUE;
    return size <= most ? kept : Math.rint(kept * (double) size / most);
  }

  /** Mean of the shifts of the draws with each variant; NaN where none has it. */
  private static double[] means(double[] shifts, int[] variants, int count) {
    var sums = new double[count];
    var numbers = new int[count];
    for (int d = 0; d < shifts.length; d++) {
      sums[variants[d]] += shifts[d];
      numbers[variants[d]]++;
    }
    for (int v = 0; v < count; v++) {
      sums[v] = numbers[v] == 0 ? Double.NaN : sums[v] / numbers[v];
    }
    return sums;
  }

  private double[][] weights(Variation.Draw draw) {
    var weights = new double[engine.tree().size()][];
    weights(engine.tree().root(), draw, weights);
    return weights;
  }

  private static void weights(Node node, Variation.Draw draw, double[][] weights) {
    weights[node.number()] = draw.around(node.weights());
    node.children().forEach(child -> weights(child, draw, weights));
  }

  /**
   * The scores of a draw.
   *
   * @param without number of the node that is left out; -1 for none
   */
  private double[] scores(double[][] weights, int normalisation, int gaps, int without) {
    var column = column(engine.tree().root(), weights, normalisation, gaps, without);
    var scores = column.values();
    for (int i = 0; i < size; i++) {
      if (!column.known().get(i)) {
        scores[i] = Double.NaN;
      }
    }
    return scores;
  }

  private Tree.Column column(
      Node node, double[][] weights, int normalisation, int gaps, int without) {
    if (node.number() == without) {
      var nothing = new double[size];
      Arrays.fill(nothing, Double.NaN);
      return new Tree.Column(nothing, new BitSet());
    }
    var leaf = leaves.get(node.number());
    if (leaf != null) {
      return leaf.column(normalisation, isGap(node) ? gaps : Variation.AS_GIVEN, size);
    }
    var children =
        node.children().stream()
            .map(child -> column(child, weights, normalisation, gaps, without))
            .toList();
    var given = Tree.Weighing.of(node);
    int n = children.size();
    var standIns = given.standIns().clone();
    var fails = given.fails().clone();
    for (int c = 0; c < n; c++) {
      var child = node.children().get(c);
      // Left out, a criterion hands its weight on, and so does one that has nothing else.
      if (gaps != Variation.AS_GIVEN && isGap(child) || holds(child, without)) {
        standIns[c] = Double.NaN;
        fails[c] = false;
      }
    }
    var column =
        Tree.aggregate(
            node.criterion().aggregate(),
            new Tree.Weighing(weights[node.number()], standIns, fails),
            children,
            size);
    for (var stage : node.stages()) {
      stage.run(column.values(), matrix, new Statistics(), true);
    }
    return column;
  }

  /**
   * Whether nothing is known there; where a number stands for it, the policy says what it means.
   */
  private static boolean isGap(Node node) {
    return node.criterion().missing().kind() != Policy.Missing.Kind.CONSTANT;
  }

  private static boolean holds(Node node, int number) {
    return node.number() == number
        || node.children().stream().anyMatch(child -> holds(child, number));
  }

  /** The ranks of scores, best first. */
  private Standing ranks(double[] scores) {
    return new Standing(scores);
  }

  private final class Standing {
    final Standings standings;
    final double[] ranks = new double[size];

    Standing(double[] scores) {
      var counted = new double[size];
      int n = 0;
      for (int i = 0; i < size; i++) {
        if (matrix.counted().get(i) && !Double.isNaN(scores[i])) {
          counted[n++] = scores[i];
        }
      }
      standings = Standings.of(engine.ranking(), Arrays.copyOf(counted, n));
      for (int i = 0; i < size; i++) {
        ranks[i] = Double.isNaN(scores[i]) || n == 0 ? Double.NaN : standings.rank(scores[i]);
      }
    }

    double rank(int i) {
      return ranks[i];
    }

    /** Mean absolute change of rank of the units that have one in both. */
    double shift(Standing other) {
      double sum = 0;
      int n = 0;
      for (int i = 0; i < size; i++) {
        double change = Math.abs(other.rank(i) - rank(i));
        if (!Double.isNaN(change)) {
          sum += change;
          n++;
        }
      }
      return n == 0 ? 0 : sum / n;
    }
  }

  /** Leaves each criterion out once, and keeps by unit which one counts most. */
  private List<Robustness.Effect> leaveOut(Standing given, int[] decides, double[] shift) {
    Arrays.fill(decides, -1);
    var asGiven = new double[engine.tree().size()][];
    weights(engine.tree().root(), asGiven);
    var effects = new ArrayList<Robustness.Effect>();
    var flips = new boolean[size];
    for (int c = 0; c < criteria.size(); c++) {
      var node = criteria.get(c);
      var scores = scores(asGiven, Variation.AS_GIVEN, Variation.AS_GIVEN, node.number());
      var standing = ranks(scores);
      int changed = 0;
      for (int i = 0; i < size; i++) {
        boolean flip =
            lines.listed(i, scores[i], standing.standings)
                != lines.listed(i, base[i], given.standings);
        changed += flip ? 1 : 0;
        double moves = standing.rank(i) - given.rank(i);
        if (Double.isNaN(moves)) {
          continue;
        }
        boolean more = Math.abs(moves) > Math.abs(shift[i]);
        if (flip == flips[i] ? more : flip) {
          decides[i] = c;
          shift[i] = moves;
          flips[i] = flip;
        }
      }
      effects.add(
          new Robustness.Effect(
              node.path(), node.criterion().title(), given.shift(standing), changed));
    }
    return effects;
  }

  private static void weights(Node node, double[][] weights) {
    weights[node.number()] = node.weights();
    node.children().forEach(child -> weights(child, weights));
  }

  /** Pairs of criteria whose values go together, the closest first. */
  private List<Robustness.Pair> pairs(double limit) {
    var pairs = new ArrayList<Robustness.Pair>();
    for (int a = 0; a < criteria.size(); a++) {
      for (int b = a + 1; b < criteria.size(); b++) {
        var pair = pair(criteria.get(a), criteria.get(b));
        if (pair != null && Math.abs(pair.r()) >= limit) {
          pairs.add(pair);
        }
      }
    }
    pairs.sort(java.util.Comparator.comparingDouble((Robustness.Pair p) -> -Math.abs(p.r())));
    return pairs;
  }

  private static final int FEWEST = 10;

  private Robustness.@Nullable Pair pair(Node a, Node b) {
    var one = java.util.Objects.requireNonNull(leaves.get(a.number()));
    var other = java.util.Objects.requireNonNull(leaves.get(b.number()));
    var both = (BitSet) one.known().clone();
    both.and(other.known());
    both.and(matrix.counted());
    double n = 0;
    double x = 0;
    double y = 0;
    var ones = one.columns()[Variation.AS_GIVEN];
    var others = other.columns()[Variation.AS_GIVEN];
    for (int i = both.nextSetBit(0); i >= 0; i = both.nextSetBit(i + 1)) {
      if (!Double.isNaN(ones[i] + others[i])) {
        n++;
        x += ones[i];
        y += others[i];
      }
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = both.nextSetBit(0); i >= 0; i = both.nextSetBit(i + 1)) {
      if (!Double.isNaN(ones[i] + others[i])) {
        double dx = ones[i] - x / n;
        double dy = others[i] - y / n;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
    }
    double r = xy / Math.sqrt(xx * yy);
    return n < FEWEST || Double.isNaN(r)
        ? null
        : new Robustness.Pair(a.path(), b.path(), r, (int) n);
  }

  /** Whether units are listed, without looking at rules and facts again in each draw. */
  private static final class Lines {
    private final int size;
    private final int[] now;
    private final int none;
    private final BitSet always = new BitSet();
    private final BitSet never = new BitSet();
    private final List<Policy.Threshold> thresholds;

    Lines(Engine engine, Matrix matrix, Statistics statistics, int[] now) {
      this.size = matrix.size();
      this.now = now;
      this.none = engine.rules().tiers();
      this.thresholds = engine.rules().thresholds();
      for (int i = 0; i < size; i++) {
        var verdict = engine.judge(matrix, i, Double.NaN, statistics);
        if (verdict.enters() < none) {
          always.set(i);
        } else if (!verdict.exemptions().isEmpty()) {
          never.set(i);
        }
      }
    }

    boolean listed(int row, double score, Standings standings) {
      if (always.get(row) || never.get(row) || Double.isNaN(score)) {
        return always.get(row);
      }
      for (var threshold : thresholds) {
        if (Rules.reaches(threshold, threshold.enter(), score, standings)
            || now[row] < none && Rules.reaches(threshold, threshold.leave(), score, standings)) {
          return true;
        }
      }
      return false;
    }
  }
}

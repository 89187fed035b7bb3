package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column of a leaf under each normalisation, and what fills its gaps; worked out once for all
 * draws.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Variants(double[][] columns, BitSet known, double[] means, double[] medians) {
  /** As the policy says; by percentile rank; by z-score. */
  static final int NORMALISATIONS = 3;

  /** As the policy says; left out; mean; median. */
  static final int GAPS = 4;

  static final int LEFT_OUT = 1;
  private static final int MEAN = 2;
  private static final int RANK = 1;
  private static final int Z_SCORE = 2;

  /** A leaf on its way: its column before and after its normalisation. */
  static final class Leaf {
    private final Node node;
    private final Matrix matrix;
    private final Statistics statistics = new Statistics();
    private final BitSet known;
    private final double[] given;
    private final double @Nullable [] before;
    private final List<Stage> after;

    Leaf(Node node, Matrix matrix) {
      this.node = node;
      this.matrix = matrix;
      var column = Tree.leaf(node, matrix);
      this.known = column.known();
      this.given = column.values();
      int at = 0;
      var stages = node.stages();
      while (at < stages.size() && !varies(stages.get(at))) {
        stages.get(at++).run(given, matrix, statistics, true);
      }
      before = at < stages.size() ? given.clone() : null;
      if (at < stages.size()) {
        stages.get(at++).run(given, matrix, statistics, true);
      }
      after = stages.subList(at, stages.size());
    }

    /** A step that compares within groups stays as it is. */
    private static boolean varies(Stage stage) {
      return stage.treatment() instanceof Normalisation && stage.group() < 0;
    }

    /** The deviation of what the normalisation gives; NaN where there is none. */
    double deviation() {
      return before == null ? Double.NaN : Moments.deviation(counted(given), false);
    }

    private double[] counted(double[] column) {
      return matrix.counted().stream()
          .filter(i -> i < matrix.size())
          .mapToDouble(i -> column[i])
          .filter(x -> !Double.isNaN(x))
          .toArray();
    }

    /**
     * All variants.
     *
     * @param common the deviation that z-scores of this leaf and its siblings are given
     */
    Variants all(double common) {
      var columns = new double[NORMALISATIONS][];
      columns[Variation.AS_GIVEN] = given;
      columns[RANK] = before == null ? given : ranked(before);
      columns[Z_SCORE] = before == null ? given : scaled(before, before, common);
      var means = new double[NORMALISATIONS];
      var medians = new double[NORMALISATIONS];
      for (int variant = 0; variant < NORMALISATIONS; variant++) {
        if (variant > 0 && columns[variant] == given) {
          means[variant] = means[0];
          medians[variant] = medians[0];
          continue;
        }
        for (var stage : after) {
          stage.run(columns[variant], matrix, new Statistics(), true);
        }
        var values = known(columns[variant]);
        means[variant] = values.length == 0 ? Double.NaN : Moments.mean(values);
        medians[variant] = values.length == 0 ? Double.NaN : Moments.median(values);
      }
      return new Variants(columns, known, means, medians);
    }

    private double[] known(double[] column) {
      var values = new ArrayList<Double>();
      for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
        if (matrix.counted().get(i) && !Double.isNaN(column[i])) {
          values.add(column[i]);
        }
      }
      return values.stream().mapToDouble(x -> x).toArray();
    }

    private double[] ranked(double[] x) {
      var values = counted(x);
      if (values.length < 2) {
        return given;
      }
      var sorted = Ranks.sorted(values, org.keyroll.definition.Policy.Ties.MEAN);
      var ranks = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        ranks[i] =
            Double.isNaN(x[i])
                ? Double.NaN
                : Ranks.rank(sorted, x[i], org.keyroll.definition.Policy.Ties.MEAN);
      }
      return scaled(ranks, x, Moments.deviation(counted(given), false));
    }

    /**
     * A column moved and stretched to the mean that the policy's own has and to a deviation, so
     * that lines on the score keep their meaning; what the policy turns round stays turned.
     */
    private double[] scaled(double[] column, double[] x, double deviation) {
      var values = counted(column);
      double own = values.length == 0 ? 0 : Moments.deviation(values, false);
      if (own == 0 || Double.isNaN(deviation)) {
        return given;
      }
      double mean = Moments.mean(values);
      double to = Moments.mean(counted(given));
      double sign = turned(x) ? -1 : 1;
      var scaled = new double[column.length];
      for (int i = 0; i < column.length; i++) {
        scaled[i] =
            Double.isNaN(column[i]) || Double.isNaN(given[i])
                ? given[i]
                : to + sign * deviation * (column[i] - mean) / own;
      }
      return scaled;
    }

    private boolean turned(double[] x) {
      double meanX = Moments.mean(counted(x));
      double meanY = Moments.mean(counted(given));
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        if (matrix.counted().get(i) && !Double.isNaN(x[i]) && !Double.isNaN(given[i])) {
          sum += (x[i] - meanX) * (given[i] - meanY);
        }
      }
      return sum < 0;
    }

    Node node() {
      return node;
    }
  }

  /** Whether the normalisation makes a difference. */
  boolean vary() {
    return columns[RANK] != columns[Variation.AS_GIVEN]
        || columns[Z_SCORE] != columns[Variation.AS_GIVEN];
  }

  /** The column of a draw; what is known stays, gaps are filled or not. */
  Tree.Column column(int normalisation, int gaps, int size) {
    var column = columns[normalisation];
    if (gaps == Variation.AS_GIVEN || known.cardinality() == size) {
      return new Tree.Column(column, known);
    }
    double fill =
        gaps == LEFT_OUT
            ? Double.NaN
            : gaps == MEAN ? means[normalisation] : medians[normalisation];
    var filled = column.clone();
    for (int i = known.nextClearBit(0); i < size; i = known.nextClearBit(i + 1)) {
      filled[i] = fill;
    }
    return new Tree.Column(filled, known);
  }
}

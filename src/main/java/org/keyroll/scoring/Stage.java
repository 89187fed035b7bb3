package org.keyroll.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * A treatment in its place in the tree.
 *
 * @param key names its statistics
 * @param group number of the text fact that makes the groups; -1 for one group of all
 */
record Stage(Treatment treatment, String key, int group) {

  /** Treats a column in place; fits to the counted units first, where that is wanted. */
  void run(double[] column, Matrix matrix, Statistics statistics, boolean fit) {
    if (!treatment.needsPopulation()) {
      treatment.apply(column, matrix.size(), Treatment.NONE);
      return;
    }
    if (fit) {
      fit(column, matrix, statistics);
    }
    var byCode = byCode(matrix, statistics);
    var codes = group < 0 ? null : matrix.codes(group);
    if (codes == null && byCode[0].length > 0) {
      treatment.apply(column, matrix.size(), byCode[0]);
      return;
    }
    for (int i = 0; i < matrix.size(); i++) {
      if (!Double.isNaN(column[i]) || treatment.fills()) {
        var statistic = byCode[codes == null ? 0 : codes[i] + 1];
        // A group without any known value has no statistic: nothing can be said of its members.
        column[i] =
            statistic.length == 0
                ? treatment.fills() ? column[i] : Double.NaN
                : treatment.apply(column[i], statistic);
      }
    }
  }

  private void fit(double[] column, Matrix matrix, Statistics statistics) {
    var words = group < 0 ? List.<String>of() : matrix.words(group);
    var codes = group < 0 ? null : matrix.codes(group);
    var sizes = new int[words.size() + 1];
    var counted = matrix.counted();
    for (int i = counted.nextSetBit(0); i >= 0; i = counted.nextSetBit(i + 1)) {
      if (!Double.isNaN(column[i])) {
        sizes[codes == null ? 0 : codes[i] + 1]++;
      }
    }
    var values = new double[sizes.length][];
    Arrays.setAll(values, g -> new double[sizes[g]]);
    for (int i = counted.length() - 1; i >= 0; i = counted.previousSetBit(i - 1)) {
      if (!Double.isNaN(column[i])) {
        int g = codes == null ? 0 : codes[i] + 1;
        values[g][--sizes[g]] = column[i];
      }
    }
    for (int g = 0; g < values.length; g++) {
      if (values[g].length > 0) {
        statistics.put(key, g == 0 ? "" : words.get(g - 1), treatment.fit(values[g]));
      }
    }
  }

  /** Statistics by code + 1, empty where there is none; units without a group are a group. */
  private double[][] byCode(Matrix matrix, Statistics statistics) {
    var words = group < 0 ? List.<String>of() : matrix.words(group);
    var byCode = new double[words.size() + 1][];
    var reference = treatment.reference();
    for (int g = 0; g < byCode.length; g++) {
      var peers = g == 0 ? "" : words.get(g - 1);
      var known = statistics.of(key, reference == null ? peers : reference);
      byCode[g] = known == null ? Treatment.NONE : known;
    }
    return byCode;
  }
}

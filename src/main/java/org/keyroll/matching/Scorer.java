package org.keyroll.matching;

import java.util.ArrayList;
import java.util.List;
import org.keyroll.unit.Names;

/** Compares two records field by field; one instance a thread. */
final class Scorer {
  /** A comparison says nothing: a value is missing, or another comparison has said it. */
  static final int SILENT = 15;

  private final Population population;
  private final Comparer[] comparers;
  private final Swaps swaps;
  private final Strings strings = new Strings();
  private final int[] levels;

  Scorer(Population population, Swaps swaps, Names names) {
    this.population = population;
    this.swaps = swaps;
    List<Comparer> list = new ArrayList<>();
    for (int f = 0; f < population.fields(); f++) {
      list.add(new Comparer(population.values(f), population.field(f).levels(), names));
    }
    this.comparers = list.toArray(new Comparer[0]);
    this.levels = new int[comparers.length];
  }

  /** The levels that two records reach; valid until the next call. */
  int[] levels(int a, int b) {
    for (int f = 0; f < levels.length; f++) {
      levels[f] = level(f, a, b);
    }
    return levels;
  }

  int level(int f, int a, int b) {
    int partner = swaps.partner(f);
    if (partner >= 0 && swaps.swapped(f, a, b, strings)) {
      // Said once, by the first of the two fields.
      return f < partner ? swaps.swappedLevel(f) : SILENT;
    }
    int x = population.value(f, a);
    int y = population.value(f, b);
    if (x == Population.MISSING || y == Population.MISSING) {
      return SILENT;
    }
    if (x == y) {
      return 0;
    }
    int level = comparers[f].level(x, y);
    // Values that differ stand behind the level of swapped ones.
    return partner >= 0 && level == swaps.swappedLevel(f) ? level + 1 : level;
  }

  /** Packs levels into one number, four bits each. */
  static long pack(int[] levels) {
    long packed = 0;
    for (int f = 0; f < levels.length; f++) {
      packed |= (long) levels[f] << 4 * f;
    }
    return packed;
  }

  static int unpack(long packed, int f) {
    return (int) (packed >>> 4 * f & 15);
  }
}

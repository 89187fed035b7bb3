package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keyroll.definition.Measure;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Level;

/** The levels of each field, and which fields senders put in each other's place. */
final class Swaps {
  private static final double NEAR = 0.85;

  private final Population population;
  private final List<List<Level>> levels = new ArrayList<>();
  private final int[] partner;
  // Number of a value of the field in the partner's values; -1 where the partner never has it.
  private final int[][] across;

  Swaps(Population population, Similarity similarity) {
    this.population = population;
    this.partner = new int[population.fields()];
    this.across = new int[population.fields()][0];
    Arrays.fill(partner, -1);
    for (var pair : similarity.swaps()) {
      int a = population.indexOf(pair.get(0));
      int b = population.indexOf(pair.get(1));
      partner[a] = b;
      partner[b] = a;
    }
    for (int f = 0; f < population.fields(); f++) {
      var of = new ArrayList<>(population.field(f).levels());
      if (partner[f] >= 0) {
        of.add(new Level(Measure.SWAPPED, 0));
        across[f] = across(population.values(f).texts(), population.values(partner[f]).texts());
      }
      levels.add(List.copyOf(of));
    }
  }

  private static int[] across(Texts from, Texts to) {
    var across = new int[from.size()];
    for (int id = 0; id < across.length; id++) {
      across[id] = to.find(from.text(id));
    }
    return across;
  }

  /** Levels of a field, strongest first; a last one, that of values that differ, follows them. */
  List<Level> levels(int field) {
    return levels.get(field);
  }

  int partner(int field) {
    return partner[field];
  }

  /** The level of values found in each other's field. */
  int swappedLevel(int field) {
    return levels.get(field).size() - 1;
  }

  /** Whether the values of two records stand in each other's field, one of them to the letter. */
  boolean swapped(int field, int a, int b, Strings strings) {
    int other = partner[field];
    int x = population.value(field, a);
    int y = population.value(field, b);
    int xOther = population.value(other, a);
    int yOther = population.value(other, b);
    if (x < 0 || y < 0 || xOther < 0 || yOther < 0 || x == y || xOther == yOther) {
      return false;
    }
    boolean one = across[field][x] == yOther;
    boolean two = across[field][y] == xOther;
    return one && two
        || one && near(other, xOther, field, y, strings)
        || two && near(field, x, other, yOther, strings);
  }

  private boolean near(int f, int x, int g, int y, Strings strings) {
    var a = population.values(f).texts();
    var b = population.values(g).texts();
    return strings.jaroWinkler(
            a.chars(), a.start(x), a.length(x), b.chars(), b.start(y), b.length(y))
        >= NEAR;
  }
}

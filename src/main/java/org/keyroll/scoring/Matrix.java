package org.keyroll.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.FactType;

/** The facts of many units as columns: numbers with NaN for missing, texts as codes with -1. */
final class Matrix {
  private final double[][] numbers;
  private final int[][] codes;
  private final List<Map<String, Integer>> codeOf = new ArrayList<>();
  private final List<List<String>> words = new ArrayList<>();
  private final BitSet counted = new BitSet();
  private long[] units = new long[0];
  private int size;

  /**
   * @param types of the facts, by their number
   */
  Matrix(List<FactType> types) {
    numbers = new double[types.size()][];
    codes = new int[types.size()][];
    for (int i = 0; i < types.size(); i++) {
      boolean number = types.get(i) == FactType.NUMBER;
      if (number) {
        numbers[i] = new double[0];
      } else {
        codes[i] = new int[0];
      }
      codeOf.add(number ? Map.of() : new HashMap<>());
      words.add(number ? List.of() : new ArrayList<>());
    }
  }

  /** Makes room for so many units. */
  void reserve(int capacity) {
    if (capacity <= units.length) {
      return;
    }
    units = Arrays.copyOf(units, capacity);
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != null) {
        numbers[i] = Arrays.copyOf(numbers[i], capacity);
      } else {
        codes[i] = Arrays.copyOf(codes[i], capacity);
      }
    }
  }

  /** Begins a row; all its facts are to be put. */
  int add(long unit) {
    if (size == units.length) {
      reserve(Math.max(64, size + (size >> 1)));
    }
    units[size] = unit;
    return size++;
  }

  /** Forgets all rows and keeps the room. */
  void clear() {
    size = 0;
    counted.clear();
  }

  int size() {
    return size;
  }

  /** Begins so many rows at once, whose units and facts are to be put; the units' column. */
  long[] take(int rows) {
    reserve(rows);
    size = rows;
    return units;
  }

  /** The column; longer than {@link #size}. */
  long[] units() {
    return units;
  }

  /** The row of a unit, where units are in order; negative where there is none. */
  int row(long unit) {
    return Arrays.binarySearch(units, 0, size, unit);
  }

  long unit(int row) {
    return units[row];
  }

  /** The units that statistics are taken over. */
  BitSet counted() {
    return counted;
  }

  boolean isNumber(int fact) {
    return numbers[fact] != null;
  }

  /** The column; longer than {@link #size}. */
  double[] numbers(int fact) {
    return numbers[fact];
  }

  int[] codes(int fact) {
    return codes[fact];
  }

  /** The texts by their codes. */
  List<String> words(int fact) {
    return words.get(fact);
  }

  void put(int row, int fact, double value) {
    numbers[fact][row] = value;
  }

  void put(int row, int fact, @Nullable String text) {
    if (text == null) {
      codes[fact][row] = -1;
      return;
    }
    var known = codeOf.get(fact);
    Integer code = known.get(text);
    codes[fact][row] = code == null ? learn(fact, text) : code;
  }

  /** Gives a text that a fact has not had before its code. */
  int learn(int fact, String text) {
    int code = words.get(fact).size();
    codeOf.get(fact).put(text, code);
    words.get(fact).add(text);
    return code;
  }

  void putValue(int row, int fact, @Nullable Object value) {
    if (numbers[fact] != null) {
      put(row, fact, value instanceof Double number ? number : Double.NaN);
    } else {
      put(row, fact, (String) value);
    }
  }

  /** A Double or a String; null where missing. */
  @Nullable Object value(int row, int fact) {
    if (numbers[fact] != null) {
      double number = numbers[fact][row];
      return Double.isNaN(number) ? null : (Double) number;
    }
    int code = codes[fact][row];
    return code < 0 ? null : words.get(fact).get(code);
  }
}

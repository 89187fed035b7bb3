package org.keyroll.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Field;

/**
 * The records to be compared, numbered from 0 in the order in which they are added, which must not
 * depend on how they arrived. Values are held once each, so that two million records fit into a
 * small heap.
 */
public final class Population {
  /** There is no value. */
  static final int MISSING = -1;

  private final List<String> names;
  private final List<Field> fields;
  private final List<Values> values = new ArrayList<>();
  private final int width;
  private final BitSet distinct = new BitSet();
  // Numbers of values and the source, record by record: comparing two looks in two places.
  private int[] cells;
  private int size;

  public Population(Similarity similarity, int expected) {
    this(
        List.copyOf(similarity.fields().keySet()),
        List.copyOf(similarity.fields().values()),
        expected);
  }

  private Population(List<String> names, List<Field> fields, int expected) {
    this.names = names;
    this.fields = fields;
    this.width = fields.size() + 1;
    this.cells = new int[width * Math.max(16, expected)];
    fields.forEach(f -> values.add(new Values(f.as())));
  }

  /** Names of the fields, in the order in which {@link #add} takes their values. */
  public List<String> names() {
    return names;
  }

  /** Adds a record and returns its number. */
  public int add(int source, List<@Nullable String> record) {
    return addAsShown(source, forms(record));
  }

  /** The values of a record as {@link #shown} gives them, or empty for none; on any thread. */
  public List<@Nullable String> forms(List<@Nullable String> record) {
    List<@Nullable String> forms = new ArrayList<>(record.size());
    for (int f = 0; f < fields.size(); f++) {
      var value = record.get(f);
      forms.add(value == null ? null : Forms.of(fields.get(f).as(), value));
    }
    return forms;
  }

  /** As {@link #add}, for values as {@link #shown} gives them. */
  public int addAsShown(int source, List<@Nullable String> forms) {
    int at = size * width;
    if (at == cells.length) {
      cells = Arrays.copyOf(cells, Math.multiplyExact(width, size + (size >> 1)));
    }
    for (int f = 0; f < fields.size(); f++) {
      var form = forms.get(f);
      cells[at + f] = form == null || form.isEmpty() ? MISSING : values.get(f).add(form);
    }
    cells[at + width - 1] = source;
    return size++;
  }

  /** Every so many records, with the same fields; for looking at keys and not for comparing. */
  Population everyNth(int step) {
    var some = new Population(names, fields, size / step + 1);
    List<@Nullable String> forms = new ArrayList<>();
    for (int record = 0; record < size; record += step) {
      forms.clear();
      for (int f = 0; f < fields.size(); f++) {
        forms.add(shown(f, record));
      }
      some.addAsShown(source(record), forms);
    }
    return some;
  }

  /** To be called once, when all records are in. */
  public void complete() {
    cells = Arrays.copyOf(cells, size * width);
    values.parallelStream().forEach(Values::complete);
  }

  public int size() {
    return size;
  }

  /** Names a source of which no two records are the same unit. */
  public void distinct(int source) {
    distinct.set(source);
  }

  boolean isDistinct(int source) {
    return distinct.get(source);
  }

  public int source(int record) {
    return cells[record * width + width - 1];
  }

  int value(int field, int record) {
    return cells[record * width + field];
  }

  Values values(int field) {
    return values.get(field);
  }

  Field field(int field) {
    return fields.get(field);
  }

  public int fields() {
    return fields.size();
  }

  int indexOf(String field) {
    return names.indexOf(field);
  }

  /** The value as it is compared; null where there is none. */
  public @Nullable String shown(int field, int record) {
    int id = value(field, record);
    return id == MISSING ? null : values.get(field).texts().text(id);
  }
}

package org.keyroll.matching;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Similarity;
import org.keyroll.definition.Similarity.Field;

/**
 * The records to be compared, numbered from 0 in the order in which they are added, which must not
 * depend on how they arrived. Held by column, so that two million fit into a small heap.
 */
public final class Population {
  /** There is no value. */
  static final int MISSING = -1;

  private final List<String> names;
  private final List<Field> fields;
  private final List<Values> values = new ArrayList<>();
  private final int[][] columns;
  private final java.util.Set<Integer> distinct = new java.util.HashSet<>();
  private int[] sources;
  private int size;

  public Population(Similarity similarity, int expected) {
    this.names = List.copyOf(similarity.fields().keySet());
    this.fields = List.copyOf(similarity.fields().values());
    this.columns = new int[fields.size()][Math.max(16, expected)];
    this.sources = new int[Math.max(16, expected)];
    fields.forEach(f -> values.add(new Values(f.as())));
  }

  /** Names of the fields, in the order in which {@link #add} takes their values. */
  public List<String> names() {
    return names;
  }

  /** Adds a record and returns its number. */
  public int add(int source, List<@Nullable String> record) {
    List<@Nullable String> forms = new ArrayList<>();
    for (int f = 0; f < columns.length; f++) {
      var value = record.get(f);
      forms.add(value == null ? null : Forms.of(fields.get(f).as(), value));
    }
    return addAsShown(source, forms);
  }

  /** As {@link #add}, for values as {@link #shown} gives them. */
  public int addAsShown(int source, List<@Nullable String> forms) {
    if (size == sources.length) {
      int more = size + (size >> 1);
      sources = java.util.Arrays.copyOf(sources, more);
      for (int f = 0; f < columns.length; f++) {
        columns[f] = java.util.Arrays.copyOf(columns[f], more);
      }
    }
    for (int f = 0; f < columns.length; f++) {
      var form = forms.get(f);
      columns[f][size] = form == null || form.isEmpty() ? MISSING : values.get(f).add(form);
    }
    sources[size] = source;
    return size++;
  }

  /** To be called once, when all records are in. */
  public void complete() {
    values.parallelStream().forEach(Values::complete);
  }

  public int size() {
    return size;
  }

  /** Names a source of which no two records are the same unit. */
  public void distinct(int source) {
    distinct.add(source);
  }

  boolean isDistinct(int source) {
    return distinct.contains(source);
  }

  public int source(int record) {
    return sources[record];
  }

  int value(int field, int record) {
    return columns[field][record];
  }

  Values values(int field) {
    return values.get(field);
  }

  Field field(int field) {
    return fields.get(field);
  }

  public int fields() {
    return columns.length;
  }

  int indexOf(String field) {
    return names.indexOf(field);
  }

  /** The value as it is compared; null where there is none. */
  public @Nullable String shown(int field, int record) {
    int id = columns[field][record];
    return id == MISSING ? null : values.get(field).texts().text(id);
  }
}

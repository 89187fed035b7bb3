package org.keyroll.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One data row of a sample file: what it means, how it is typed, and what is wrong with it.
 *
 * @param key the organisation or document it speaks of, to find the row again
 * @param meaning field to canonical value; absent and empty are the same
 * @param typed field to what stands in the cell where that is not the usual form of the meaning: a
 *     String, Double, LocalDate or {@link #ERROR}
 */
record SampleRow(String key, Map<String, String> meaning, Map<String, Object> typed, State state) {
  /** The error cell that a failed look-up leaves behind. */
  static final Object ERROR = new Object();

  /** What becomes known of the row while the file is put together. */
  static final class State {
    private int number;
    private boolean duplicate;
    private String field = "";
    private String reason = "";
  }

  SampleRow(String key) {
    this(key, new LinkedHashMap<>(), new LinkedHashMap<>(), new State());
  }

  /** The same content again, as a row of its own. */
  SampleRow copy() {
    return new SampleRow(
        key, new LinkedHashMap<>(meaning), new LinkedHashMap<>(typed), new State());
  }

  String get(String field) {
    return meaning.getOrDefault(field, "");
  }

  SampleRow set(String field, String value) {
    meaning.put(field, value);
    return this;
  }

  SampleRow type(String field, Object value) {
    typed.put(field, value);
    return this;
  }

  SampleRow rejected(String field, String reason) {
    state.field = field;
    state.reason = reason;
    return this;
  }

  SampleRow duplicate() {
    state.duplicate = true;
    return this;
  }

  SampleRow at(int number) {
    state.number = number;
    return this;
  }

  int number() {
    return state.number;
  }

  boolean isDuplicate() {
    return state.duplicate;
  }

  Optional<String> reason() {
    return state.reason.isEmpty() ? Optional.empty() : Optional.of(state.reason);
  }

  String field() {
    return state.field;
  }

  boolean accepted() {
    return state.reason.isEmpty() && !state.duplicate;
  }
}

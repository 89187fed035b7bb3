package org.keyroll.bench;

import java.util.List;

/** Puts the everyday faults into a list of rows. */
record SampleMess(List<SampleRow> rows) {
  SampleRow row(String key) {
    return rows.stream().filter(r -> r.key().equals(key)).findFirst().orElseThrow();
  }

  void named(String key, String name) {
    row(key).set("name", name.strip()).type("name", name);
  }

  /** The same row once more, some rows further down. */
  SampleRow again(String key, int further) {
    var copy = row(key).copy();
    rows.add(Math.min(rows.size(), rows.indexOf(row(key)) + further), copy);
    return copy.duplicate();
  }

  /**
   * A row further down that says something else of the same key: neither can be taken.
   *
   * @param field of the key
   */
  SampleRow contradicted(String key, int further, String field) {
    var copy = row(key).copy().rejected(field, "contradiction");
    rows.add(Math.min(rows.size(), rows.indexOf(row(key)) + further), copy);
    row(key).rejected(field, "contradiction");
    return copy;
  }
}

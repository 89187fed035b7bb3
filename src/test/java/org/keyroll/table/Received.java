package org.keyroll.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that a reader passes on. */
record Received(List<String> sheets, List<Row> rows) implements RowSink {

  static Received from(Path file, ReadOptions options) throws UnreadableFile {
    var received = new Received(new ArrayList<>(), new ArrayList<>());
    TableReader.read(file, options, received);
    return received;
  }

  static Received from(Path file) throws UnreadableFile {
    return from(file, ReadOptions.detect());
  }

  @Override
  public void sheet(String name) {
    sheets.add(name);
  }

  @Override
  public boolean row(Row row) {
    return rows.add(row);
  }

  /** The texts of all rows. */
  List<List<String>> texts() {
    return rows.stream().map(row -> row.cells().stream().map(Cell::text).toList()).toList();
  }

  List<Integer> numbers() {
    return rows.stream().map(Row::number).toList();
  }
}

package org.keyroll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.Row;
import org.keyroll.table.RowSink;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;

/**
 * Verdicts in a csv or workbook, one a row; other columns and rows without a verdict are let be.
 */
final class VerdictFile implements RowSink {
  private static final List<String> NEEDED = List.of("candidate", "verdict", "cause");

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private boolean headed;

  private VerdictFile() {}

  /** One verdict, with the row it stands in. */
  record Line(int row, long candidate, String verdict, String cause) {}

  static List<Line> read(Path file) {
    var verdicts = new VerdictFile();
    try {
      TableReader.read(file, ReadOptions.detect(), verdicts);
    } catch (UnreadableFile e) {
      throw new Stop(Stop.USAGE, String.valueOf(e.getMessage()));
    }
    if (verdicts.lines.isEmpty()) {
      throw new Stop(Stop.USAGE, "%s holds no verdict.".formatted(file));
    }
    return verdicts.lines;
  }

  @Override
  public void sheet(String name) {
    headed = false;
  }

  @Override
  public boolean row(Row row) {
    if (!headed) {
      headed = true;
      columns.clear();
      for (int i = 0; i < row.cells().size(); i++) {
        columns.put(row.cell(i).text().strip().toLowerCase(Locale.ROOT), i);
      }
      for (var needed : NEEDED) {
        if (!columns.containsKey(needed)) {
          throw new Stop(
              Stop.USAGE,
              "row %d: there is no column \"%s\"; head the columns candidate, verdict and cause."
                  .formatted(row.number(), needed));
        }
      }
      return true;
    }
    var verdict = text(row, "verdict");
    if (!verdict.isEmpty()) {
      var candidate = text(row, "candidate");
      if (!candidate.matches("[0-9]{1,10}")) {
        throw new Stop(
            Stop.USAGE,
            "row %d: \"%s\" is no number of a candidate.".formatted(row.number(), candidate));
      }
      lines.add(new Line(row.number(), Long.parseLong(candidate), verdict, text(row, "cause")));
    }
    return true;
  }

  private String text(Row row, String column) {
    return row.cell(columns.getOrDefault(column, 0)).text().strip();
  }
}

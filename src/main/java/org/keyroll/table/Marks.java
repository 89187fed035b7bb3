package org.keyroll.table;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sheets of ours in workbooks that come back are known by a text in one of their first cells: a
 * cell survives every program, which properties of a document do not.
 */
public final class Marks {
  /** What a mark begins with. */
  public static final String PREFIX = "keyroll:";

  /** What the mark of an answer begins with. */
  public static final String ANSWER = PREFIX + "return:";

  /** Rows in which a mark is looked for. */
  static final int TOP = 40;

  private Marks() {}

  /** The mark in a row. */
  public static Optional<String> in(Row row) {
    for (var cell : row.cells()) {
      if (cell.kind() == Cell.Kind.TEXT && cell.text().startsWith(PREFIX)) {
        return Optional.of(cell.text().strip());
      }
    }
    return Optional.empty();
  }

  /**
   * The marked ones among the sheets with these names, name to mark. A workbook that has no sheet
   * of such a name costs a look at its list of sheets; what is no workbook, or cannot be read, has
   * none.
   */
  public static Map<String, String> of(Path file, Collection<String> names) {
    var marks = new LinkedHashMap<String, String>();
    try {
      var wanted = new HashSet<String>();
      names.forEach(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
      for (var sheet : TableReader.sheetNames(file)) {
        if (wanted.contains(sheet.strip().toLowerCase(Locale.ROOT))) {
          TableReader.read(file, new ReadOptions(null, null, sheet), new First(sheet, marks));
        }
      }
    } catch (UnreadableFile e) {
      // What is wrong with the file is said where its rows are read.
      return Map.of();
    }
    return marks;
  }

  private record First(String name, Map<String, String> marks) implements RowSink {
    @Override
    public void sheet(String read) {
      // There is only the one.
    }

    @Override
    public boolean row(Row row) {
      in(row).ifPresent(mark -> marks.putIfAbsent(name, mark));
      return !marks.containsKey(name) && row.number() < TOP;
    }
  }
}

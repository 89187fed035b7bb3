package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The table of texts that an xlsx keeps apart from its sheets. The first fill a fixed share of the
 * heap as ready cells; a workbook of millions of different texts has the rest in a file.
 */
final class SharedStrings implements Closeable {

  /** Bytes of heap at most: a fifth, and never over 256 MiB. */
  private static final long BUDGET = Math.min(Runtime.getRuntime().maxMemory() / 5, 256L << 20);

  /** Heap of a cell and its text without the characters: cell, string, array, two references. */
  private static final int OVERHEAD = 80;

  private final List<Cell> cells = new ArrayList<>();
  private final long budget;
  private @Nullable SpilledStrings spilled;

  private SharedStrings(long budget) {
    this.budget = budget;
  }

  static SharedStrings of(XlsxPackage zip, @Nullable String part)
      throws IOException, XMLStreamException, UnreadableFile {
    return of(zip, part, BUDGET);
  }

  /** As above with {@code budget} bytes of heap. */
  static SharedStrings of(XlsxPackage zip, @Nullable String part, long budget)
      throws IOException, XMLStreamException, UnreadableFile {
    var strings = new SharedStrings(budget);
    if (part != null && zip.has(part)) {
      try (var xml = zip.xml(part)) {
        strings.load(xml);
      } catch (IOException | XMLStreamException | UnreadableFile | RuntimeException e) {
        strings.close();
        throw e;
      }
    }
    return strings;
  }

  private void load(XmlPart xml) throws IOException, XMLStreamException, UnreadableFile {
    long used = 0;
    while (xml.next()) {
      if (xml.starts("si")) {
        var text = xml.richText();
        used += OVERHEAD + 2L * text.length();
        if (used <= budget) {
          cells.add(Cell.text(text));
        } else {
          if (spilled == null) {
            spilled = new SpilledStrings();
          }
          spilled.add(text);
        }
      }
    }
    xml.finish();
    if (spilled != null) {
      spilled.seal();
    }
  }

  /** The cell with the text of this index from 0; a wrong index means a damaged workbook. */
  Cell cell(int index) throws UnreadableFile {
    if (index >= 0 && index < cells.size()) {
      return cells.get(index);
    }
    int rest = index - cells.size();
    if (index < 0 || spilled == null || rest >= spilled.size()) {
      throw XlsxPackage.damaged("a cell uses the missing text " + index);
    }
    return Cell.text(spilled.get(rest));
  }

  @Override
  public void close() throws IOException {
    if (spilled != null) {
      spilled.close();
    }
  }
}

package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The table of texts that an xlsx or xlsb keeps apart from its sheets. The first fill a fixed share
 * of the heap as ready cells; a workbook of millions of different texts has the rest in a file.
 */
final class SharedStrings implements Closeable {

  /** Bytes of heap at most: a fifth, and never over 256 MiB. */
  private static final long BUDGET = Math.min(Runtime.getRuntime().maxMemory() / 5, 256L << 20);

  /** Heap of a cell and its text without the characters: cell, string, array, two references. */
  private static final int OVERHEAD = 80;

  private final List<Cell> cells = new ArrayList<>();
  private final long budget;
  private @Nullable SpilledStrings spilled;
  private long used;

  private SharedStrings(long budget) {
    this.budget = budget;
  }

  static SharedStrings of(ZipPackage zip, @Nullable String part, boolean binary)
      throws IOException, XMLStreamException, UnreadableFile {
    return of(zip, part, binary, BUDGET);
  }

  /** As above with {@code budget} bytes of heap. */
  static SharedStrings of(ZipPackage zip, @Nullable String part, boolean binary, long budget)
      throws IOException, XMLStreamException, UnreadableFile {
    var strings = new SharedStrings(budget);
    if (part != null && zip.has(part)) {
      try {
        if (binary) {
          strings.loadBinary(zip, part);
        } else {
          strings.loadXml(zip, part);
        }
        if (strings.spilled != null) {
          strings.spilled.seal();
        }
      } catch (IOException | XMLStreamException | UnreadableFile | RuntimeException e) {
        strings.close();
        throw e;
      }
    }
    return strings;
  }

  private void loadXml(ZipPackage zip, String part)
      throws IOException, XMLStreamException, UnreadableFile {
    try (var xml = zip.xml(part)) {
      while (xml.next()) {
        if (xml.starts("si")) {
          add(xml.richText());
        }
      }
      xml.finish();
    }
  }

  /** [MS-XLSB] 2.4.714 BrtSSTItem. */
  private void loadBinary(ZipPackage zip, String part) throws IOException, UnreadableFile {
    try (var records = zip.records(part)) {
      do {
        if (!records.next()) {
          throw ZipPackage.damaged("its part " + part + " has no end");
        }
        if (records.type() == RecordPart.SHARED_ITEM) {
          records.load().skip(1);
          add(records.text());
        }
      } while (records.type() != RecordPart.SHARED_END);
      records.finish();
    }
  }

  private void add(String text) throws IOException {
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

  /** The cell with the text of this index from 0; a wrong index means a damaged workbook. */
  Cell cell(int index) throws UnreadableFile {
    if (index >= 0 && index < cells.size()) {
      return cells.get(index);
    }
    int rest = index - cells.size();
    if (index < 0 || spilled == null || rest >= spilled.size()) {
      throw ZipPackage.damaged("a cell uses the missing text " + index);
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

package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet that has a part of its own. */
interface SheetRows extends Closeable {

  int MAX_ROWS = 1_048_576;
  int MAX_COLUMNS = 16_384;

  /** The next row that is not wholly blank; null at the end. */
  @Nullable Row next() throws IOException, XMLStreamException, UnreadableFile;

  /** Passes over all rows, for the merged areas, which stand behind them; instead of any next. */
  void findMerged() throws IOException, XMLStreamException, UnreadableFile;
}

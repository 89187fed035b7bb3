package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A file opened for reading, pulled from so that a sink's exceptions never pass through a parser.
 * Parsers may throw what they like; {@link TableReader} says what it means.
 */
interface RowSource extends Closeable {

  /** Moves to the next sheet, or the one asked for, and gives its name; null at the end. */
  @Nullable String nextSheet() throws IOException, XMLStreamException, UnreadableFile;

  /** Whether the present sheet is hidden and not asked for by name. */
  boolean isHidden();

  /** The next row of the present sheet that is not wholly blank; null at its end. */
  @Nullable Row nextRow() throws IOException, XMLStreamException, UnreadableFile;

  /** The merged areas found since the last call. */
  List<Area> merged();
}

package org.keyroll.table;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the definition says of a file.
 *
 * @param charset only for csv; null = a byte order mark, else strict UTF-8, else strict GB18030,
 *     else refused. A byte order mark wins over a charset named here.
 * @param delimiter only for csv; null = whichever of comma, semicolon and tab splits the first
 *     records most evenly
 * @param sheet the one sheet to read, hidden or not, compared without regard to case and
 *     surrounding spaces; null = all visible sheets in order. A csv has no sheets: ignored.
 */
public record ReadOptions(
    @Nullable Charset charset, @Nullable Character delimiter, @Nullable String sheet) {

  private static final ReadOptions DETECT = new ReadOptions(null, null, null);

  /** Finds out everything from the file itself. */
  public static ReadOptions detect() {
    return DETECT;
  }
}

package org.keyroll.intake;

import org.keyroll.definition.Source;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.ReadOptions.Hidden;

/** How the files of a source are read. */
public final class Reading {
  private Reading() {}

  /** As the source declares. */
  static ReadOptions declared(Source source) {
    var format = source.format();
    return options(
        source,
        Hidden.valueOf(format.hiddenRows().name()),
        Hidden.valueOf(format.hiddenColumns().name()),
        format.merged() == Source.Merged.FILL);
  }

  /** With all that is hidden in it, so that the sender is shown the own file. */
  public static ReadOptions whole(Source source) {
    return options(source, Hidden.READ, Hidden.READ, false);
  }

  private static ReadOptions options(
      Source source, Hidden rows, Hidden columns, boolean mergedFirst) {
    var format = source.format();
    return new ReadOptions(
        format.encoding(),
        format.delimiter(),
        format.quote(),
        source.hasCoverSheet() ? null : format.sheet(),
        rows,
        columns,
        mergedFirst);
  }
}

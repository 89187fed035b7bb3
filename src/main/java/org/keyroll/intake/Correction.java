package org.keyroll.intake;

import java.util.LinkedHashSet;
import org.keyroll.definition.Run;
import org.keyroll.definition.Source;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;

/**
 * A delivery that was answered and now comes back mended.
 *
 * @param answered the delivery whose answer it is
 * @param accepted the rows of that delivery that were accepted, by key and content; they stay as
 *     they are
 */
record Correction(Delivery answered, KnownRows accepted) {

  /** What the delivery is noted with. */
  String remark() {
    return "it mends %s, which had %,d rows rejected"
        .formatted(answered.fileName(), answered.counts().rejected());
  }

  /**
   * Reads the rows that an answered delivery had accepted from its own bytes: the records of it
   * that are in force may have come with others.
   */
  static Correction of(Run run, Source source, Delivery answered, Deliveries deliveries)
      throws UnreadableFile, Unusable {
    var rows = new KnownRows();
    var contradicted = new LinkedHashSet<Long>();
    var file = deliveries.original(answered);
    var marked = Marked.of(file, run.definitions().programme());
    var mapping =
        new SheetMapping(
            run.definitions(),
            source,
            deliveries.nameOf(answered),
            marked,
            answered.asOf(),
            row -> {
              if (row.faults().isEmpty()) {
                long key = Hash.of(row.key());
                if (rows.delivered(key, RowsOfDelivery.content(source, row), 0)
                    == KnownRows.Meaning.CONTRADICTED) {
                  contradicted.add(key);
                }
              }
            });
    TableReader.read(file, mapping.options(), mapping);
    mapping.finish();
    contradicted.forEach(rows::withdraw);
    return new Correction(answered, rows.asInForce());
  }
}

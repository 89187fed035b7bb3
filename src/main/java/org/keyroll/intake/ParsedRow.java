package org.keyroll.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one data row: a record when {@code faults} is empty.
 *
 * @param key its name within the feed; empty when no field of the key could be read
 * @param payload canonical values as JSON, in the order of the definition
 * @param raw the texts as sent, where they differ, as JSON
 */
record ParsedRow(
    int rowNumber,
    String key,
    String payload,
    @Nullable String raw,
    MatchKeys matchKeys,
    List<CellFault> faults) {

  /** Whether it is rejected for a word that the source does not know. */
  boolean saysUnknownWord() {
    return faults.stream().anyMatch(f -> f.fault().rule().startsWith("unknown_"));
  }

  /** A fault and the cell it is in; a fault of the row as a whole has no cell. */
  record CellFault(
      @Nullable Integer column,
      @Nullable String field,
      @Nullable String heading,
      @Nullable String text,
      Fault fault) {}
}

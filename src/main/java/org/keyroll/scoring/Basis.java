package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * What facts are worked out against, beside the records of the unit.
 *
 * @param delivered sources that have ever delivered; a count over another one is not zero but
 *     missing
 * @param lists programme to identifier to entry, for the lists that the policy asks
 */
record Basis(LocalDate asOf, Set<String> delivered, Map<String, OtherList> lists) {

  /** Another programme's list in force. */
  record OtherList(long revision, Map<String, Listing> entries) {}

  /** An entry of another list. */
  record Listing(String tier, double score) {}
}

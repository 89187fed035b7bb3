/**
 * Reads and writes spreadsheets and csv; knows nothing of lists.
 *
 * <p>Everything read is refused or delivered exactly: a damaged, encrypted or oversized file ends
 * in {@link org.keyroll.table.UnreadableFile}, never in fewer rows than the sender sent.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package org.keyroll.table;

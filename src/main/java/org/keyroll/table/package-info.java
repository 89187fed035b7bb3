/** Reads and writes spreadsheets and csv; knows nothing of lists. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package org.keyroll.table;

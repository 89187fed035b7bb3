package org.keyroll.table;

import java.time.Instant;

/**
 * The properties of a workbook, as its recipient sees them in the file's properties.
 *
 * @param created also written as the time of the last change, so that the same input gives the same
 *     bytes
 */
public record WorkbookInfo(String title, String creator, Instant created) {}

package org.keyroll.scoring;

import java.util.Map;

/**
 * A record in force that is linked to a unit.
 *
 * @param values field to canonical value
 */
record UnitRecord(long recordId, String source, Map<String, String> values) {}

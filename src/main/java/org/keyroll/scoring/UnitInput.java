package org.keyroll.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a unit before it is assessed.
 *
 * @param identifier {@code scheme:value}
 * @param active whether it has not ended; ended units are not counted in the population
 * @param records in the order of their ids
 */
record UnitInput(
    long unit, @Nullable String identifier, boolean active, List<UnitRecord> records) {}

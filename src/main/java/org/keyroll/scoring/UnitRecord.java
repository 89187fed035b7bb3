package org.keyroll.scoring;

import java.time.LocalDate;
import org.keyroll.intake.Fields;

/**
 * A record in force that is linked to a unit.
 *
 * @param source number of the source among those that facts come from
 * @param confirmedOn the day on which it was last delivered
 */
record UnitRecord(long recordId, int source, LocalDate confirmedOn, Fields.Found values) {}

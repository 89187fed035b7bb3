package org.keyroll.followup;

import java.time.LocalDate;
import org.keyroll.unit.UnitId;

/**
 * That a unit has received its letter.
 *
 * @param revision that the letter tells of
 * @param recordedOn business date
 */
public record LetterReceipt(
    long revision, UnitId unit, LocalDate receivedOn, LocalDate recordedOn, String recordedBy) {}

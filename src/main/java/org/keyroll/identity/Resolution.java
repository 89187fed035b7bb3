package org.keyroll.identity;

/**
 * What one run found out about identities.
 *
 * @param linked records linked
 * @param waiting records in force that no rule links to exactly one unit
 * @param minted new units
 */
public record Resolution(
    long linked, long waiting, long minted, long renamed, long merged, long dissolved) {}

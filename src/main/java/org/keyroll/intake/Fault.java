package org.keyroll.intake;

/**
 * Why a cell or a row was not accepted.
 *
 * @param rule one of the words that {@code docs/error-codes.md} lists
 * @param message what is wrong and what would be right
 */
record Fault(String rule, String message) {}

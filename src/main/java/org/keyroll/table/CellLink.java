package org.keyroll.table;

/**
 * A text that leads to a cell of the same workbook.
 *
 * @param row 1 is the first
 * @param column 0 is A
 */
public record CellLink(String text, String sheet, int row, int column) {}

package org.keyroll.table;

/**
 * A chart of bars beside a table, which a spreadsheet program draws from the table's own cells: a
 * bar a row.
 *
 * @param labels column, from 0, that names the bars
 * @param values column, from 0, of their lengths; its values are numbers
 * @param from first row of data, from 0
 * @param to the row of data after the last
 */
public record SheetChart(String title, int labels, int values, int from, int to) {}

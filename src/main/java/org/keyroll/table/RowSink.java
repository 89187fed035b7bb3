package org.keyroll.table;

/** Takes in what is read. What it throws reaches the caller of the reader unchanged. */
public interface RowSink {

  /**
   * Begins a sheet, also one without rows. A csv has one sheet, called {@value
   * TableReader#CSV_SHEET}.
   */
  void sheet(String name);

  /** Takes the next row of the sheet; false = stop reading this sheet. */
  boolean row(Row row);
}

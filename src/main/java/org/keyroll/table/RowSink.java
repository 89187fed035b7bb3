package org.keyroll.table;

/** Takes in what is read. What it throws reaches the caller of the reader unchanged. */
public interface RowSink {

  /**
   * Begins a sheet, also one without rows. A csv has one sheet, called {@value
   * TableReader#CSV_SHEET}.
   */
  void sheet(String name);

  /**
   * Whether to read a hidden sheet that was not asked for by name; {@link #sheet} follows where it
   * is.
   */
  default boolean hiddenSheet(String name) {
    return false;
  }

  /** Tells of cells of the sheet that are merged over several rows. */
  default void merged(Area area) {}

  /** Takes the next row of the sheet; false = stop reading this sheet. */
  boolean row(Row row);
}

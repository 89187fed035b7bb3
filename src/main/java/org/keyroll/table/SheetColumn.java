package org.keyroll.table;

/**
 * A column to be written.
 *
 * @param width in characters; a Chinese character takes two
 */
public record SheetColumn(String heading, int width, Format format) {

  /** How a column's values are shown. A value of another type keeps its own type. */
  public enum Format {
    /**
     * Text as it is, never a number or formula, names, codes. Broken into lines where it is too
     * wide.
     */
    TEXT,
    /** Text broken into as many lines as it needs. */
    WRAPPED,
    /** 2026-11-23. */
    DATE,
    /** 1,234. */
    INTEGER,
    /** 1,234.50. */
    DECIMAL,
    /** 0.1250. */
    FRACTION,
    /** 0.125 as 12.5%. */
    PERCENT
  }
}

package org.keyroll.table;

/** The kinds of file that can be read. */
public enum FileKind {
  /** Office Open XML, transitional or strict, with or without macros (which are never run). */
  XLSX,
  /** The binary form of Office Open XML. */
  XLSB,
  /** Excel 97 to 2003 (BIFF8). */
  XLS,
  /** OpenDocument spreadsheet. */
  ODS,
  /** Text with separated values. */
  CSV
}

package org.keyroll.table;

/** The three kinds of file that can be read. */
public enum FileKind {
  /** Office Open XML, transitional or strict, with or without macros (which are never run). */
  XLSX,
  /** Excel 97 to 2003 (BIFF8). */
  XLS,
  /** Text with separated values. */
  CSV
}

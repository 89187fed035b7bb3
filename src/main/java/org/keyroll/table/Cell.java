package org.keyroll.table;

/**
 * A cell as the sender sees it.
 *
 * @param text TEXT as it stands, rich text joined; NUMBER the shortest plain decimal at the 15
 *     digits a spreadsheet shows (from 1e15 on as stored, such as 9.13501E17, so that a reader can
 *     refuse it); DATE as yyyy-MM-dd, or yyyy-MM-ddTHH:mm:ss where there is a time of day; BOOLEAN
 *     TRUE or FALSE; ERROR as shown, such as #N/A, or {@value #UNCALCULATED}; BLANK empty
 * @param digits of a NUMBER the digits that its format shows at least, 6 for 000000; else 0
 */
public record Cell(Kind kind, String text, int digits) {

  public Cell(Kind kind, String text) {
    this(kind, text, 0);
  }

  /** What the spreadsheet holds in the cell. */
  public enum Kind {
    BLANK,
    TEXT,
    NUMBER,
    /** A number whose format is that of a date. Durations such as [h]:mm are numbers. */
    DATE,
    BOOLEAN,
    ERROR
  }

  /** The text of a formula that no program has calculated yet: there is no value to read. */
  public static final String UNCALCULATED = "#UNCALCULATED";

  public static final Cell BLANK = new Cell(Kind.BLANK, "");
  static final Cell TRUE = new Cell(Kind.BOOLEAN, "TRUE");
  static final Cell FALSE = new Cell(Kind.BOOLEAN, "FALSE");
  static final Cell NOT_CALCULATED = new Cell(Kind.ERROR, UNCALCULATED);

  /** BLANK for the empty string: senders' programs write both for an empty cell. */
  static Cell text(String text) {
    return text.isEmpty() ? BLANK : new Cell(Kind.TEXT, text);
  }

  /**
   * The text with the zeros before it that the format of a number shows: what a code is to its
   * sender.
   */
  public String shown() {
    return digits > text.length() && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? "0".repeat(digits - text.length()) + text
        : text;
  }

  static Cell logical(boolean value) {
    return value ? TRUE : FALSE;
  }
}

package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet of an xlsx. Written on the XML parser itself, since a general reader gives
 * away what this room needs: whether a formula's value is a number, a date or an error.
 */
final class XlsxSheet implements Closeable {

  static final int MAX_ROWS = 1_048_576;
  static final int MAX_COLUMNS = 16_384;

  private final XmlPart xml;
  private final SharedStrings strings;
  private final BitSet dateStyles;
  private final SerialDates dates;
  private Cell[] cells = new Cell[32];
  private int rowNumber;

  /** Whether it is settled which row the present one is. */
  private boolean numbered;

  private int width;
  private boolean ended;

  XlsxSheet(XmlPart xml, SharedStrings strings, BitSet dateStyles, SerialDates dates) {
    this.xml = xml;
    this.strings = strings;
    this.dateStyles = dateStyles;
    this.dates = dates;
  }

  @Nullable Row next() throws IOException, XMLStreamException, UnreadableFile {
    while (!ended && xml.next()) {
      if (xml.starts("row")) {
        readRow();
        if (width > 0) {
          return new Row(rowNumber, List.of(Arrays.copyOf(cells, width)));
        }
      } else if (xml.ends("sheetData")) {
        break;
      }
    }
    if (!ended) {
      ended = true;
      xml.finish();
    }
    return null;
  }

  /** Fills {@code cells} up to {@code width}, which ends at the last cell that is not blank. */
  private void readRow() throws XMLStreamException, UnreadableFile {
    var r = xml.attribute("r");
    int number = r == null ? rowNumber + 1 : Integer.parseInt(r);
    if (number <= rowNumber || number > MAX_ROWS) {
      throw XlsxPackage.damaged("row " + number + " follows row " + rowNumber);
    }
    rowNumber = number;
    numbered = r != null;
    width = 0;
    int column = -1;
    while (xml.next() && !xml.ends("row")) {
      if (xml.starts("c")) {
        column = readCell(column);
      } else if (xml.isStart()) {
        xml.skip();
      }
    }
  }

  /** Reads a cell to the right of column {@code before} and gives its column. */
  private int readCell(int before) throws XMLStreamException, UnreadableFile {
    int column = before + 1;
    var type = "n";
    int style = 0;
    for (int i = 0; i < xml.attributes(); i++) {
      switch (xml.attributeName(i)) {
        case "r" -> column = place(xml.attribute(i));
        case "t" -> type = xml.attribute(i);
        case "s" -> style = Integer.parseInt(xml.attribute(i));
        default -> {}
      }
    }
    if (column <= before || column >= MAX_COLUMNS) {
      throw XlsxPackage.damaged("row " + rowNumber + " has its cells out of order");
    }
    numbered = true;
    var cell = readValue(type, style);
    if (cell.kind() != Cell.Kind.BLANK) {
      if (column >= cells.length) {
        cells = Arrays.copyOf(cells, Math.max(column + 1, 2 * cells.length));
      }
      Arrays.fill(cells, width, column, Cell.BLANK);
      cells[column] = cell;
      width = column + 1;
    }
    return column;
  }

  private Cell readValue(String type, int style) throws XMLStreamException, UnreadableFile {
    String value = null;
    String inline = null;
    boolean formula = false;
    while (xml.next() && !xml.ends("c")) {
      switch (xml.element()) {
        case "v" -> value = xml.text();
        case "is" -> inline = xml.richText();
        case "f" -> {
          formula = true;
          xml.skip();
        }
        default -> xml.skip();
      }
    }
    if (inline != null) {
      return Cell.text(inline);
    }
    if (value == null || (value.isBlank() && !isText(type))) {
      return formula && !type.equals("str") ? Cell.NOT_CALCULATED : Cell.BLANK;
    }
    return switch (type) {
      case "s" -> strings.cell(Integer.parseInt(trimmed(value)));
      case "n" -> number(trimmed(value), style);
      case "str", "inlineStr" -> Cell.text(Escapes.resolve(value));
      case "b" -> Cell.logical(truth(trimmed(value)));
      case "e" -> new Cell(Cell.Kind.ERROR, trimmed(value));
      case "d" -> new Cell(Cell.Kind.DATE, isoDate(trimmed(value)));
      default -> throw XlsxPackage.damaged("row " + rowNumber + " has a cell of type " + type);
    };
  }

  private static boolean isText(String type) {
    return type.equals("str") || type.equals("inlineStr");
  }

  private Cell number(String value, int style) {
    return dateStyles.get(style)
        ? dates.cell(Double.parseDouble(value))
        : new Cell(Cell.Kind.NUMBER, Numbers.text(value));
  }

  /**
   * Indented XML has white space around values that are no texts; nearly none is, so look first.
   */
  private static String trimmed(String value) {
    return value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' '
        ? value.strip()
        : value;
  }

  private boolean truth(String value) throws UnreadableFile {
    return switch (value) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw XlsxPackage.damaged("row " + rowNumber + " has a cell that is true or " + value);
    };
  }

  /** 2026-11-23T00:00:00.000Z, as strict files may have it, to the form of all other dates. */
  private String isoDate(String value) throws UnreadableFile {
    try {
      var local = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
      var time =
          local.length() == 10
              ? LocalDate.parse(local).atStartOfDay()
              : LocalDateTime.parse(local).plusNanos(500_000_000).truncatedTo(ChronoUnit.SECONDS);
      return time.toLocalTime().equals(LocalTime.MIDNIGHT)
          ? time.toLocalDate().toString()
          : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    } catch (DateTimeException e) {
      throw XlsxPackage.damaged("row " + rowNumber + " has a date " + value);
    }
  }

  /**
   * The column of a reference such as AB12, from 0. Its row must be the one that the cell stands
   * in, or is that row where the row itself has no number.
   */
  private int place(String reference) throws UnreadableFile {
    int column = 0;
    int i = 0;
    for (; i < reference.length() && column <= MAX_COLUMNS; i++) {
      char c = reference.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = 26 * column + c - 'A' + 1;
    }
    int row = 0;
    for (; i < reference.length() && row <= MAX_ROWS; i++) {
      char c = reference.charAt(i);
      row = c < '0' || c > '9' ? MAX_ROWS + 1 : 10 * row + c - '0';
    }
    boolean moves = !numbered && row > rowNumber && row <= MAX_ROWS;
    if (column == 0 || (row != rowNumber && !moves)) {
      throw XlsxPackage.damaged("row " + rowNumber + " has a cell at " + reference);
    }
    rowNumber = row;
    return column - 1;
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}

package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
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
        case "r" -> column = column(xml.attribute(i));
        case "t" -> type = xml.attribute(i);
        case "s" -> style = Integer.parseInt(xml.attribute(i));
        default -> {}
      }
    }
    if (column <= before || column >= MAX_COLUMNS) {
      throw XlsxPackage.damaged("row " + rowNumber + " has its cells out of order");
    }
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
    if (value == null || value.isEmpty()) {
      return formula && !type.equals("str") ? Cell.NOT_CALCULATED : Cell.BLANK;
    }
    return switch (type) {
      case "s" -> strings.cell(Integer.parseInt(value));
      case "n" -> number(value, style);
      case "str", "inlineStr" -> Cell.text(Escapes.resolve(value));
      case "b" -> Cell.logical(XlsxWorkbook.isTrue(value));
      case "e" -> new Cell(Cell.Kind.ERROR, value);
      case "d" -> new Cell(Cell.Kind.DATE, isoDate(value));
      default -> throw XlsxPackage.damaged("row " + rowNumber + " has a cell of type " + type);
    };
  }

  private Cell number(String value, int style) {
    return dateStyles.get(style)
        ? dates.cell(Double.parseDouble(value))
        : new Cell(Cell.Kind.NUMBER, Numbers.text(value));
  }

  /** 2026-11-23T00:00:00.000Z, as strict files may have it, to the form of all other dates. */
  private static String isoDate(String value) {
    var time = value.length() > 19 ? value.substring(0, 19) : value;
    return time.endsWith("T00:00:00") ? time.substring(0, 10) : time;
  }

  /** The column of a reference such as AB12, from 0. */
  private int column(String reference) throws UnreadableFile {
    int column = 0;
    for (int i = 0; i < reference.length() && column <= MAX_COLUMNS; i++) {
      char c = reference.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = 26 * column + c - 'A' + 1;
    }
    if (column == 0) {
      throw XlsxPackage.damaged("row " + rowNumber + " has a cell at " + reference);
    }
    return column - 1;
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}

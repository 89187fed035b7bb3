package org.keyroll.table;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet of an xlsx. Written on the XML parser itself, since a general reader gives
 * away what this room needs: whether a formula's value is a number, a date or an error.
 */
final class XlsxSheet implements SheetRows {

  private static final double NANOS_A_DAY = 86_400e9;

  private final XmlPart xml;
  private final SharedStrings strings;
  private final XlsxStyles styles;
  private final SerialDates dates;
  private final RowBuilder builder;
  private final Areas areas;
  private int rowNumber;

  /** Whether it is settled which row the present one is. */
  private boolean numbered;

  private boolean dataEnded;
  private boolean ended;

  XlsxSheet(
      XmlPart xml,
      SharedStrings strings,
      XlsxStyles styles,
      SerialDates dates,
      RowBuilder builder,
      Areas areas) {
    this.xml = xml;
    this.strings = strings;
    this.styles = styles;
    this.dates = dates;
    this.builder = builder;
    this.areas = areas;
  }

  @Override
  public @Nullable Row next() throws IOException, XMLStreamException, UnreadableFile {
    while (!ended && xml.next()) {
      // Behind the rows, the anchors of buttons have rows and columns of their own.
      if (!dataEnded && xml.starts("row")) {
        boolean hidden = XlsxWorkbook.isTrue(xml.attribute("hidden")) || isZero("ht");
        readRow();
        var row = builder.row(rowNumber, hidden);
        if (row != null) {
          return row;
        }
      } else if (!dataEnded && xml.starts("col")) {
        column();
      } else if (xml.ends("sheetData")) {
        dataEnded = true;
      } else if (xml.starts("mergeCell")) {
        areas.add(Area.of(xml.attribute("ref")));
      }
    }
    if (!ended) {
      ended = true;
      xml.finish();
    }
    return null;
  }

  @Override
  public void findMerged() throws IOException, XMLStreamException, UnreadableFile {
    while (xml.next()) {
      if (xml.starts("sheetData")) {
        xml.skip();
      } else if (xml.starts("mergeCell")) {
        areas.add(Area.of(xml.attribute("ref")));
      }
    }
    xml.finish();
  }

  private void column() {
    var min = xml.attribute("min");
    var max = xml.attribute("max");
    if (min != null
        && max != null
        && (XlsxWorkbook.isTrue(xml.attribute("hidden")) || isZero("width"))) {
      builder.hideColumns(Integer.parseInt(min) - 1, Integer.parseInt(max));
    }
  }

  /** Whether the row or column just started is of no height or width. */
  private boolean isZero(String attribute) {
    var size = xml.attribute(attribute);
    return size != null && Numbers.parse(size) == 0;
  }

  private void readRow() throws XMLStreamException, UnreadableFile {
    var r = xml.attribute("r");
    int number = r == null ? rowNumber + 1 : Integer.parseInt(r);
    if (number <= rowNumber || number > MAX_ROWS) {
      throw ZipPackage.damaged("row " + number + " follows row " + rowNumber);
    }
    rowNumber = number;
    numbered = r != null;
    builder.start();
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
      throw ZipPackage.damaged("row " + rowNumber + " has its cells out of order");
    }
    numbered = true;
    builder.put(column, readValue(type, style));
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
      case "d" -> isoDate(trimmed(value));
      default -> throw ZipPackage.damaged("row " + rowNumber + " has a cell of type " + type);
    };
  }

  private static boolean isText(String type) {
    return type.equals("str") || type.equals("inlineStr");
  }

  private Cell number(String value, int style) {
    return styles.isDate(style)
        ? dates.cell(Numbers.parse(value))
        : new Cell(Cell.Kind.NUMBER, Numbers.text(value), styles.digits(style));
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
          throw ZipPackage.damaged("row " + rowNumber + " has a cell that is true or " + value);
    };
  }

  private Cell isoDate(String value) throws UnreadableFile {
    try {
      return value.indexOf('-') < 0
          ? dates.cell((double) LocalTime.parse(value).toNanoOfDay() / NANOS_A_DAY)
          : IsoDates.cell(value);
    } catch (DateTimeException e) {
      throw ZipPackage.damaged("row " + rowNumber + " has a date " + value);
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
      int letter = c >= 'a' ? c - 'a' : c - 'A';
      if (letter < 0 || letter >= 26) {
        break;
      }
      column = 26 * column + letter + 1;
    }
    int row = 0;
    for (; i < reference.length() && row <= MAX_ROWS; i++) {
      char c = reference.charAt(i);
      row = c < '0' || c > '9' ? MAX_ROWS + 1 : 10 * row + c - '0';
    }
    boolean moves = !numbered && row > rowNumber && row <= MAX_ROWS;
    if (column == 0 || (row != rowNumber && !moves)) {
      throw ZipPackage.damaged("row " + rowNumber + " has a cell at " + reference);
    }
    rowNumber = row;
    return column - 1;
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}

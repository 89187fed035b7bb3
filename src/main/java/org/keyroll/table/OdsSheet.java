package org.keyroll.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet of an ods: OpenDocument 1.3, 9.1. Cells and rows that repeat are written
 * once, with their number; rows are given one by one and share their cells.
 */
final class OdsSheet {

  /** Filled cells at most that a workbook makes of others by repeating them. */
  static final int MAX_REPEATED = 1 << 25;

  private static final long SECONDS_A_DAY = 86_400;

  private static final Pattern TIME =
      Pattern.compile(
          "(-?)P(?:(\\d{1,9})D)?(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9}(?:[.,]\\d*)?)S)?)?");

  /** What programs show that tell errors from texts by nothing else. */
  private static final Pattern ERROR =
      Pattern.compile("#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\\?|NUM!|N/A)|Err:\\d{3}");

  private static final Pattern FAR_DATE =
      Pattern.compile("([1-9]\\d{4,7}|-\\d{4,8})-(\\d\\d)-(\\d\\d)(?:T([0-9:.]+))?");

  private final XmlPart xml;
  private final OdsStyles styles;
  private final SerialDates dates;
  private final RowBuilder builder;
  private final Areas areas = new Areas();
  private final OdsText text = new OdsText();

  /** The styles that cells of a column have which name none, with the first column behind each. */
  private final List<ColumnStyle> columnStyles = new ArrayList<>();

  private int columnsDeclared;
  private @Nullable String rowStyle;
  private long rowNumber;
  private long left;
  private @Nullable Row repeated;
  private long repeatedCells;
  private boolean ended;

  private record ColumnStyle(int end, @Nullable String name) {}

  OdsSheet(XmlPart xml, OdsStyles styles, SerialDates dates, RowBuilder builder) {
    this.xml = xml;
    this.styles = styles;
    this.dates = dates;
    this.builder = builder;
  }

  /** The merged areas found since the last call. */
  List<Area> merged() {
    return areas.take();
  }

  /** The next row that is not wholly blank; null at the end. */
  @Nullable Row next() throws XMLStreamException, UnreadableFile {
    if (repeated != null && left > 0) {
      left--;
      return new Row((int) ++rowNumber, repeated.cells());
    }
    while (!ended && xml.next()) {
      if (xml.ends("table")) {
        ended = true;
      } else if (xml.starts("table-row")) {
        var row = readRow();
        if (row != null) {
          return row;
        }
      } else if (xml.starts("table-column")) {
        column();
      } else if (xml.isStart() && !isGroup(xml.element())) {
        xml.skip();
      }
    }
    return null;
  }

  /** Passes over what is left of the sheet. */
  void skipRest() throws XMLStreamException, UnreadableFile {
    while (!ended && xml.next()) {
      if (xml.ends("table")) {
        ended = true;
      } else if (xml.isStart() && !isGroup(xml.element())) {
        xml.skip();
      }
    }
  }

  private static boolean isGroup(String element) {
    return switch (element) {
      case "table-header-rows",
          "table-row-group",
          "table-rows",
          "table-header-columns",
          "table-column-group",
          "table-columns" ->
          true;
      default -> false;
    };
  }

  private void column() throws UnreadableFile {
    long end = columnsDeclared + repeat(xml.attribute("number-columns-repeated"));
    if (isHidden()) {
      builder.hideColumns(columnsDeclared, (int) Math.min(end, SheetRows.MAX_COLUMNS));
    }
    columnsDeclared = (int) Math.min(end, SheetRows.MAX_COLUMNS);
    if (columnStyles.size() < SheetRows.MAX_COLUMNS) {
      columnStyles.add(new ColumnStyle(columnsDeclared, xml.attribute("default-cell-style-name")));
    }
  }

  /** Whether the row or column just started is not shown; rows also by a filter. */
  private boolean isHidden() {
    var visibility = xml.attribute("visibility");
    return visibility != null && !visibility.equals("visible");
  }

  private @Nullable Row readRow() throws XMLStreamException, UnreadableFile {
    long rows = repeat(xml.attribute("number-rows-repeated"));
    boolean hidden = isHidden();
    rowStyle = xml.attribute("default-cell-style-name");
    builder.start();
    long column = 0;
    int filled = 0;
    while (xml.next() && !xml.ends("table-row")) {
      if (xml.starts("table-cell") || xml.starts("covered-table-cell")) {
        long columns = repeat(xml.attribute("number-columns-repeated"));
        long spanned = repeat(xml.attribute("number-rows-spanned"));
        long wide = repeat(xml.attribute("number-columns-spanned"));
        var cell = readCell((int) Math.min(column, SheetRows.MAX_COLUMNS));
        if (cell.kind() != Cell.Kind.BLANK) {
          if (column + columns > SheetRows.MAX_COLUMNS) {
            throw ZipPackage.tooLarge(
                "row %d has a value beyond column XFD, the last there is".formatted(rowNumber + 1));
          }
          for (long i = column; i < column + columns; i++) {
            builder.put((int) i, cell);
          }
          if (spanned > 1) {
            int row = (int) rowNumber + 1;
            areas.add(
                new Area(
                    row,
                    (int) Math.min(row + spanned - 1, SheetRows.MAX_ROWS),
                    (int) column,
                    (int) Math.min(column + wide, SheetRows.MAX_COLUMNS) - 1));
          }
          filled += (int) columns;
          count(columns - 1);
        }
        column += columns;
      } else if (xml.isStart()) {
        xml.skip();
      }
    }
    if (filled == 0) {
      rowNumber += rows;
      return null;
    }
    if (rowNumber + rows > SheetRows.MAX_ROWS) {
      throw ZipPackage.tooLarge("a sheet has values beyond row 1,048,576, the last there is");
    }
    count((rows - 1) * filled);
    repeated = builder.row((int) rowNumber + 1, hidden);
    if (repeated == null) {
      rowNumber += rows;
      return null;
    }
    rowNumber++;
    left = rows - 1;
    return repeated;
  }

  private void count(long cells) throws UnreadableFile {
    repeatedCells += cells;
    if (repeatedCells > MAX_REPEATED) {
      throw ZipPackage.tooLarge("it repeats cells more than 33 million times");
    }
  }

  private static long repeat(@Nullable String times) throws UnreadableFile {
    long number = times == null ? 1 : Long.parseLong(times);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw ZipPackage.damaged("it repeats cells or rows " + times + " times");
    }
    return number;
  }

  private Cell readCell(int column) throws XMLStreamException, UnreadableFile {
    String type = null;
    String value = null;
    String string = null;
    String style = null;
    boolean formula = false;
    boolean error = false;
    for (int i = 0; i < xml.attributes(); i++) {
      var given = xml.attribute(i);
      switch (xml.attributeName(i)) {
        case "value-type" -> {
          // Of the name there are two, the standard's and LibreOffice's own.
          if (xml.attributeNamespace(i).contains("calcext")) {
            error = given.equals("error");
          } else {
            type = given;
          }
        }
        case "value", "date-value", "time-value", "boolean-value" -> value = given;
        case "string-value" -> string = given;
        case "style-name" -> style = given;
        case "formula" -> formula = true;
        default -> {}
      }
    }
    text.clear();
    while (xml.next() && xml.isStart()) {
      if (xml.starts("p") || xml.starts("h")) {
        text.paragraph(xml);
      } else {
        xml.skip();
      }
    }
    var shown = text.toString();
    if (error || (formula && ERROR.matcher(shown).matches())) {
      return new Cell(Cell.Kind.ERROR, shown.isEmpty() ? "#VALUE!" : shown);
    }
    if (type == null || type.equals("void")) {
      // LibreOffice writes an empty paragraph for a formula that gives an empty text.
      return formula && text.isAbsent() ? Cell.NOT_CALCULATED : Cell.text(shown);
    }
    if (type.equals("string")) {
      return Cell.text(string == null ? shown : string);
    }
    if (value == null) {
      throw damaged("a cell of type " + type + " without a value");
    }
    return switch (type) {
      case "float", "percentage", "currency" ->
          // LibreOffice writes the truth of a comparison as a number that it shows as a word.
          formula && (shown.equals("TRUE") || shown.equals("FALSE"))
              ? Cell.logical(shown.equals("TRUE"))
              : new Cell(
                  Cell.Kind.NUMBER,
                  Numbers.text(value.strip()),
                  styles.padsNumbers() ? styles.digits(style(style, column)) : 0);
      case "boolean" -> logical(value.strip().toLowerCase(Locale.ROOT));
      case "date" -> date(value.strip());
      case "time" -> time(value.strip(), style(style, column));
      default -> throw damaged("a cell of type " + type);
    };
  }

  private @Nullable String style(@Nullable String own, int column) {
    if (own != null || rowStyle != null) {
      return own != null ? own : rowStyle;
    }
    for (var style : columnStyles) {
      if (column < style.end) {
        return style.name;
      }
    }
    return null;
  }

  private Cell logical(String value) throws UnreadableFile {
    if (!value.equals("true") && !value.equals("false")) {
      throw damaged("a cell that is true or " + value);
    }
    return Cell.logical(value.equals("true"));
  }

  /** A date beyond the year 9999 is a NUMBER of days, as in other workbooks. */
  private Cell date(String value) throws UnreadableFile {
    try {
      var far = FAR_DATE.matcher(value);
      if (far.matches()) {
        var day =
            LocalDate.of(
                Integer.parseInt(far.group(1)),
                Integer.parseInt(far.group(2)),
                Integer.parseInt(far.group(3)));
        var time = far.group(4) == null ? LocalTime.MIDNIGHT : LocalTime.parse(far.group(4));
        double days = dates.serial(day) + (double) time.toSecondOfDay() / SECONDS_A_DAY;
        return new Cell(Cell.Kind.NUMBER, Numbers.text(days));
      }
      return IsoDates.cell(value);
    } catch (DateTimeException e) {
      throw damaged("a date " + value);
    }
  }

  private Cell time(String value, @Nullable String style) throws UnreadableFile {
    var parts = TIME.matcher(value);
    if (!parts.matches()) {
      throw damaged("a time " + value);
    }
    double seconds =
        ((number(parts.group(2)) * 24 + number(parts.group(3))) * 60 + number(parts.group(4))) * 60
            + number(parts.group(5));
    double days = (parts.group(1).isEmpty() ? seconds : -seconds) / SECONDS_A_DAY;
    return styles.isDuration(style)
        ? new Cell(Cell.Kind.NUMBER, Numbers.text(days))
        : dates.cell(days);
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits.replace(',', '.'));
  }

  private UnreadableFile damaged(String what) {
    return ZipPackage.damaged("row " + (rowNumber + 1) + " has " + what);
  }
}

package org.keyroll.table;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;
import java.util.List;

/** Builds rows from the parser's characters; a wholly blank record becomes a row without cells. */
final class CsvRows extends CsvCallbackHandler<Row> {

  private static final List<Cell> NONE = List.of();

  private final int widest;
  private Cell[] cells = new Cell[32];
  private int fields;
  private int width;
  private int number;
  private long line = 1;
  private RecordType type = RecordType.DATA;
  private int fieldsOfFirst = -1;
  private int widthOfFirst;

  /**
   * @param widest values that a record may have. One with more than any at the top, where the
   *     headings are, has a separator too many: its values would shift into other columns.
   */
  CsvRows(int widest) {
    this.widest = widest;
  }

  /** The line, from 1, on which the record being read starts. */
  long line() {
    return line;
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    fields = 0;
    width = 0;
    type = RecordType.DATA;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    if (fields == SheetRows.MAX_COLUMNS) {
      throw new CsvParseException("over 16,384 values in one record");
    }
    if (fields == widest) {
      throw new CsvParseException("over " + widest + " values, more than any line at the top has");
    }
    if (length > XmlPart.MAX_TEXT) {
      throw new CsvParseException("a value of over a million characters");
    }
    if (length > 0) {
      if (fields >= cells.length) {
        cells = Arrays.copyOf(cells, 2 * fields);
      }
      var cell = Cell.text(plain(new String(buffer, offset, length)));
      if (cell.kind() != Cell.Kind.BLANK) {
        Arrays.fill(cells, width, fields, Cell.BLANK);
        cells[fields] = cell;
        width = fields + 1;
      }
    }
    fields++;
  }

  /**
   * Without the guise of a formula, ="007", in which systems send texts that Excel must not turn.
   */
  private static String plain(String value) {
    int end = value.length() - 1;
    if (end < 2 || !value.startsWith("=\"") || value.charAt(end) != '"') {
      return value;
    }
    var text = value.substring(2, end).replace("\"\"", "\0");
    return text.indexOf('"') >= 0 ? value : text.replace('\0', '"');
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    throw new IllegalStateException("comments are off");
  }

  @Override
  protected Row buildRecord() {
    return new Row(++number, width == 0 ? NONE : List.of(Arrays.copyOf(cells, width)));
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  /**
   * All records must have as many fields as the first, so that an unclosed quotation mark is found;
   * only blank fields at the end of the first may be lacking in others.
   */
  @Override
  protected int getFieldCount() {
    if (fieldsOfFirst < 0) {
      fieldsOfFirst = fields;
      widthOfFirst = width;
    }
    return fields >= widthOfFirst && fields < fieldsOfFirst ? fieldsOfFirst : fields;
  }
}

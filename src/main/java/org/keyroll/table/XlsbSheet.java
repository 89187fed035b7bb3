package org.keyroll.table;

import java.io.IOException;
import java.util.BitSet;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of an xlsb: [MS-XLSB] 2.1.7.62. */
final class XlsbSheet implements SheetRows {

  private final RecordPart records;
  private final SharedStrings strings;
  private final BitSet dateStyles;
  private final SerialDates dates;
  private final RowBuilder builder = new RowBuilder();
  private int rowNumber;
  private int column;
  private boolean ended;

  XlsbSheet(RecordPart records, SharedStrings strings, BitSet dateStyles, SerialDates dates) {
    this.records = records;
    this.strings = strings;
    this.dateStyles = dateStyles;
    this.dates = dates;
  }

  @Override
  public @Nullable Row next() throws IOException, UnreadableFile {
    while (!ended) {
      if (!records.next()) {
        throw ZipPackage.damaged("a sheet has no end");
      }
      int type = records.type();
      if (type == RecordPart.ROW) {
        var row = builder.row(rowNumber);
        startRow(records.load().int32());
        if (row != null) {
          return row;
        }
      } else if (type == RecordPart.SHEET_DATA_END) {
        ended = true;
        records.finish();
        return builder.row(rowNumber);
      } else if ((type >= RecordPart.CELL_BLANK && type <= RecordPart.SHORT_SHARED)
          || type == RecordPart.CELL_RICH_TEXT) {
        readCell(records.load(), type);
      }
    }
    return null;
  }

  private void startRow(int index) throws UnreadableFile {
    if (index < rowNumber || index >= MAX_ROWS) {
      throw ZipPackage.damaged("row " + (index + 1L) + " follows row " + rowNumber);
    }
    rowNumber = index + 1;
    column = -1;
    builder.start();
  }

  private void readCell(RecordPart cell, int type) throws UnreadableFile {
    boolean hasColumn = type < RecordPart.SHORT_BLANK || type == RecordPart.CELL_RICH_TEXT;
    int place = hasColumn ? cell.int32() : column + 1;
    if (rowNumber == 0 || place <= column || place >= MAX_COLUMNS) {
      throw ZipPackage.damaged("row " + rowNumber + " has its cells out of order");
    }
    column = place;
    int style = cell.int32() & 0xFF_FFFF;
    builder.put(column, value(cell, type, style));
  }

  private Cell value(RecordPart cell, int type, int style) throws UnreadableFile {
    return switch (type) {
      case RecordPart.CELL_RK, RecordPart.SHORT_RK -> number(cell.rk(), style);
      case RecordPart.CELL_REAL, RecordPart.SHORT_REAL, RecordPart.FORMULA_REAL ->
          number(cell.real(), style);
      case RecordPart.CELL_TEXT, RecordPart.SHORT_TEXT, RecordPart.FORMULA_TEXT ->
          Cell.text(cell.text());
      case RecordPart.CELL_SHARED, RecordPart.SHORT_SHARED -> strings.cell(cell.int32());
      case RecordPart.CELL_RICH_TEXT -> {
        cell.skip(1);
        yield Cell.text(cell.text());
      }
      case RecordPart.CELL_BOOLEAN, RecordPart.SHORT_BOOLEAN, RecordPart.FORMULA_BOOLEAN ->
          Cell.logical(cell.int8() != 0);
      case RecordPart.CELL_ERROR, RecordPart.SHORT_ERROR, RecordPart.FORMULA_ERROR ->
          new Cell(Cell.Kind.ERROR, FormulaError.forInt((byte) cell.int8()).getString());
      default -> Cell.BLANK;
    };
  }

  private Cell number(double value, int style) {
    return dateStyles.get(style)
        ? dates.cell(value)
        : new Cell(Cell.Kind.NUMBER, Numbers.text(value));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

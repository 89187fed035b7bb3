package org.keyroll.table;

import java.io.IOException;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of an xlsb: [MS-XLSB] 2.1.7.62. */
final class XlsbSheet implements SheetRows {

  private final RecordPart records;
  private final SharedStrings strings;
  private final XlsxStyles styles;
  private final SerialDates dates;
  private final RowBuilder builder;
  private final Areas areas;
  private int rowNumber;
  private boolean hidden;
  private int column;
  private boolean dataEnded;
  private boolean ended;

  XlsbSheet(
      RecordPart records,
      SharedStrings strings,
      XlsxStyles styles,
      SerialDates dates,
      RowBuilder builder,
      Areas areas) {
    this.records = records;
    this.strings = strings;
    this.styles = styles;
    this.dates = dates;
    this.builder = builder;
    this.areas = areas;
  }

  @Override
  public @Nullable Row next() throws IOException, UnreadableFile {
    while (!ended && records.next()) {
      int type = records.type();
      if (type == RecordPart.ROW) {
        var row = builder.row(rowNumber, hidden);
        startRow(records.load());
        if (row != null) {
          return row;
        }
      } else if (type == RecordPart.SHEET_DATA_END) {
        var row = builder.row(rowNumber, hidden);
        dataEnded = true;
        builder.start();
        if (row != null) {
          return row;
        }
      } else if ((type >= RecordPart.CELL_BLANK && type <= RecordPart.SHORT_SHARED)
          || type == RecordPart.CELL_RICH_TEXT) {
        readCell(records.load(), type);
      } else if (type == RecordPart.COLUMN) {
        column(records.load());
      } else if (type == RecordPart.MERGED) {
        merged(records.load());
      }
    }
    if (!ended) {
      ended = true;
      if (!dataEnded) {
        throw ZipPackage.damaged("a sheet has no end");
      }
      records.finish();
    }
    return null;
  }

  @Override
  public void findMerged() throws IOException, UnreadableFile {
    while (records.next()) {
      if (records.type() == RecordPart.MERGED) {
        merged(records.load());
      }
    }
    records.finish();
  }

  /** [MS-XLSB] 2.4.757 BrtRowHdr. */
  private void startRow(RecordPart row) throws UnreadableFile {
    int index = row.int32();
    if (index < rowNumber || index >= MAX_ROWS) {
      throw ZipPackage.damaged("row " + (index + 1L) + " follows row " + rowNumber);
    }
    row.skip(4 + 2 + 1);
    hidden = (row.int8() & 0x10) != 0;
    rowNumber = index + 1;
    column = -1;
    builder.start();
  }

  /** [MS-XLSB] 2.4.323 BrtColInfo. */
  private void column(RecordPart columns) throws UnreadableFile {
    int first = columns.int32();
    int last = columns.int32();
    int width = columns.int32();
    columns.skip(4);
    if ((columns.int16() & 1) != 0 || width == 0) {
      builder.hideColumns(Math.max(0, first), Math.min(last, MAX_COLUMNS) + 1);
    }
  }

  /** [MS-XLSB] 2.4.700 BrtMergeCell. */
  private void merged(RecordPart area) throws UnreadableFile {
    int firstRow = area.int32();
    int lastRow = area.int32();
    if (lastRow > firstRow) {
      areas.add(new Area(firstRow + 1, lastRow + 1, area.int32(), area.int32()));
    }
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
    return styles.isDate(style)
        ? dates.cell(value)
        : new Cell(Cell.Kind.NUMBER, Numbers.text(value), styles.digits(style));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

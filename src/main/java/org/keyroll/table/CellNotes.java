package org.keyroll.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.keyroll.table.Annotation.CellNote;

/** Colours cells and comments on them, and takes away what an earlier answer has left. */
final class CellNotes {

  private static final String AUTHOR = "Keyroll";

  /** The first line of each comment of ours, by which it is known when it comes back. */
  private static final String HEAD = "[" + AUTHOR + "]";

  private static final XSSFColor COLOUR = TableStyling.color(0xFFC9C4);
  private static final short COLOUR_XLS = IndexedColors.ROSE.index;
  private static final int WIDTH = 4;
  private static final int CHARACTERS = 44;
  private static final int MAX_LINES = 20;

  private final Workbook workbook;
  private final Map<Short, CellStyle> coloured = new HashMap<>();
  private final Map<Short, CellStyle> plain = new HashMap<>();
  private final boolean xls;

  CellNotes(Workbook workbook) {
    this.workbook = workbook;
    this.xls = workbook instanceof HSSFWorkbook;
  }

  void add(List<CellNote> notes) {
    var cells = new LinkedHashMap<Sheet, Map<CellAddress, StringBuilder>>();
    for (var note : notes) {
      var sheet = workbook.getSheet(note.sheet());
      if (sheet != null) {
        var at = new CellAddress(note.row() - 1, column(sheet, note));
        var text =
            cells
                .computeIfAbsent(sheet, s -> new LinkedHashMap<>())
                .computeIfAbsent(at, a -> new StringBuilder());
        text.append(text.isEmpty() ? "" : "\n\n").append(note.text());
      }
    }
    cells.forEach((sheet, texts) -> texts.forEach((at, text) -> add(sheet, at, text.toString())));
  }

  private static int column(Sheet sheet, CellNote note) {
    if (note.column() >= 0) {
      return note.column();
    }
    var row = sheet.getRow(note.row() - 1);
    if (row != null) {
      for (var cell : row) {
        if (cell.getCellType() != CellType.BLANK) {
          return cell.getColumnIndex();
        }
      }
    }
    return 0;
  }

  private void add(Sheet sheet, CellAddress at, String text) {
    var row = sheet.getRow(at.getRow());
    var holder = row == null ? sheet.createRow(at.getRow()) : row;
    var cell = holder.getCell(at.getColumn(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
    mark(cell, text);
  }

  /** Colours a cell and says why. */
  void mark(Cell cell, String text) {
    cell.setCellStyle(coloured.computeIfAbsent(cell.getCellStyle().getIndex(), i -> colour(cell)));
    var said = HEAD + "\n" + text;
    var comment = cell.getCellComment();
    if (comment != null) {
      write(comment, comment.getString().getString() + "\n\n" + said);
      return;
    }
    comment = cell.getSheet().createDrawingPatriarch().createCellComment(anchor(cell, said));
    comment.setAuthor(AUTHOR);
    write(comment, said);
    // A cell that is streamed would leave it where its box is.
    comment.setAddress(cell.getAddress());
    cell.setCellComment(comment);
  }

  private void write(Comment comment, String text) {
    var shown = xls ? text : Escapes.escape(text);
    comment.setString(workbook.getCreationHelper().createRichTextString(shown));
  }

  private org.apache.poi.ss.usermodel.ClientAnchor anchor(Cell cell, String text) {
    var version = xls ? SpreadsheetVersion.EXCEL97 : SpreadsheetVersion.EXCEL2007;
    int lines = Math.min(MAX_LINES, TextWidth.lines(text, CHARACTERS) + 1);
    // Beside the cell; left of it where the sheet ends.
    int column = cell.getColumnIndex() + 1;
    if (column + WIDTH > version.getLastColumnIndex()) {
      column = Math.max(0, cell.getColumnIndex() - WIDTH - 1);
    }
    int row = Math.min(cell.getRowIndex(), version.getLastRowIndex() - lines);
    var anchor = workbook.getCreationHelper().createClientAnchor();
    anchor.setCol1(column);
    anchor.setCol2(column + WIDTH);
    anchor.setRow1(row);
    anchor.setRow2(row + lines);
    return anchor;
  }

  private CellStyle colour(Cell cell) {
    var style = workbook.createCellStyle();
    style.cloneStyleFrom(cell.getCellStyle());
    TableStyling.fill(style, COLOUR, COLOUR_XLS);
    return style;
  }

  /** Takes away comments and colours of an earlier answer to the same file. */
  void removeEarlier() {
    for (var sheet : workbook) {
      for (var at : new ArrayList<>(sheet.getCellComments().keySet())) {
        var comment = sheet.getCellComment(at);
        var text = comment == null ? "" : comment.getString().getString();
        int ours = text.indexOf(HEAD);
        if (comment == null || ours < 0) {
          continue;
        }
        var row = sheet.getRow(at.getRow());
        var cell =
            (row == null ? sheet.createRow(at.getRow()) : row)
                .getCell(at.getColumn(), Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        if (ours == 0) {
          cell.removeCellComment();
        } else {
          write(comment, text.substring(0, ours).stripTrailing());
        }
        if (isOurs(cell.getCellStyle())) {
          cell.setCellStyle(plain.computeIfAbsent(cell.getCellStyle().getIndex(), i -> bare(cell)));
        }
      }
    }
  }

  private static boolean isOurs(CellStyle style) {
    if (style.getFillPattern() != FillPatternType.SOLID_FOREGROUND) {
      return false;
    }
    return style instanceof XSSFCellStyle xlsx
        ? COLOUR.equals(xlsx.getFillForegroundColorColor())
        : style.getFillForegroundColor() == COLOUR_XLS;
  }

  private CellStyle bare(Cell cell) {
    var style = workbook.createCellStyle();
    style.cloneStyleFrom(cell.getCellStyle());
    style.setFillPattern(FillPatternType.NO_FILL);
    return style;
  }
}

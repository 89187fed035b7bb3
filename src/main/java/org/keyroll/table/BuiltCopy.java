package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.Annotation.CellNote;

/**
 * A workbook that shows the rows of a file that cannot itself be written again: a csv, a workbook
 * of another kind, a large one. Every row stands at its number. Of a large file it has the first
 * rows, among them the headings, and those with notes.
 */
final class BuiltCopy implements RowSink {

  /** Headings are among so many rows. */
  static final int TOP = 200;

  private static final int LAST_ROW = XlsxWriter.LAST_ROW;
  private static final int MAX_COLUMN_WIDTH = 60;

  private final StableWorkbook workbook;
  private final CellNotes notes;
  private final boolean whole;
  private final Map<String, Map<Integer, List<CellNote>>> bySheet = new HashMap<>();
  private final CellStyle text;
  private final CellStyle day;
  private final CellStyle moment;
  private final Map<Integer, CellStyle> digits = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<Place, Place> moved = new LinkedHashMap<>();
  private Map<Integer, List<CellNote>> ofSheet = Map.of();
  private String sender = "";
  private @Nullable SXSSFSheet sheet;
  private int used;
  private int lastNoted;

  private record Place(String sheet, int row) {}

  private BuiltCopy(StableWorkbook workbook, Annotation annotation, boolean whole) {
    this.workbook = workbook;
    this.notes = new CellNotes(workbook);
    this.whole = whole;
    for (var note : annotation.cells()) {
      bySheet
          .computeIfAbsent(note.sheet(), s -> new HashMap<>())
          .computeIfAbsent(note.row(), r -> new ArrayList<>())
          .add(note);
    }
    this.text = style("@");
    this.day = style("yyyy\\-mm\\-dd");
    this.moment = style("yyyy\\-mm\\-dd\\ hh:mm:ss");
  }

  private CellStyle style(String format) {
    var style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    return style;
  }

  static void write(Path original, ReadOptions options, Annotation annotation, Path to)
      throws IOException {
    boolean readable = true;
    do {
      var template = new XSSFWorkbook();
      var styling = new TableStyling(template);
      try (var workbook = new StableWorkbook(template, annotation.info());
          var out = Files.newOutputStream(to)) {
        var copy =
            new BuiltCopy(
                workbook, annotation, Files.size(original) <= AnnotatedWorkbook.MAX_WHOLE);
        if (readable) {
          TableReader.read(original, options, copy);
        }
        Summary.add(workbook, copy.moved(annotation.summary()), styling);
        workbook.write(out);
        return;
      } catch (UnreadableFile e) {
        // Then the summary is all there is to show.
        readable = false;
      }
    } while (true);
  }

  @Override
  public void sheet(String name) {
    sender = name;
    ofSheet = bySheet.getOrDefault(name, Map.of());
    lastNoted = ofSheet.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    var safe = WorkbookUtil.createSafeSheetName(name, '-');
    sheet = workbook.createSheet(safe);
    names.add(safe);
    used = 0;
  }

  @Override
  public boolean row(Row row) {
    if (row.number() < Marks.TOP
        && Marks.in(row).filter(mark -> mark.startsWith(Marks.ANSWER)).isPresent()) {
      // The summary of an earlier answer.
      workbook.removeSheetAt(workbook.getNumberOfSheets() - 1);
      names.remove(names.size() - 1);
      return false;
    }
    var said = ofSheet.getOrDefault(row.number(), List.of());
    if (!whole && row.number() > TOP && said.isEmpty()) {
      return row.number() < lastNoted;
    }
    int number = row.number() <= LAST_ROW && row.number() > used ? row.number() : used + 1;
    if (number > LAST_ROW) {
      return false;
    }
    used = number;
    if (number != row.number()) {
      moved.put(new Place(sender, row.number()), new Place(sender, number));
    }
    write(row, number, said);
    return true;
  }

  private void write(Row row, int number, List<CellNote> said) {
    var target = java.util.Objects.requireNonNull(sheet).createRow(number - 1);
    var texts = new LinkedHashMap<Integer, StringBuilder>();
    for (var note : said) {
      int column = note.column() >= 0 ? note.column() : firstFilled(row);
      var joined = texts.computeIfAbsent(column, c -> new StringBuilder());
      joined.append(joined.isEmpty() ? "" : "\n\n").append(note.text());
    }
    int width =
        Math.max(row.cells().size(), texts.keySet().stream().mapToInt(c -> c + 1).max().orElse(0));
    for (int c = 0; c < width; c++) {
      var cell = row.cell(c);
      var note = texts.get(c);
      if (cell.kind() == Cell.Kind.BLANK && note == null) {
        continue;
      }
      var written = target.createCell(c);
      value(written, cell);
      if (note != null) {
        notes.mark(written, note.toString());
      }
      widen(number, c, cell.text());
    }
  }

  private static int firstFilled(Row row) {
    for (int c = 0; c < row.cells().size(); c++) {
      if (row.cells().get(c).kind() != Cell.Kind.BLANK) {
        return c;
      }
    }
    return 0;
  }

  /** In its own type, so that it is read again as it was. */
  private void value(org.apache.poi.ss.usermodel.Cell to, Cell cell) {
    switch (cell.kind()) {
      case NUMBER -> {
        to.setCellValue(Double.parseDouble(cell.text()));
        if (cell.digits() > 0) {
          to.setCellStyle(digits.computeIfAbsent(cell.digits(), n -> style("0".repeat(n))));
        }
      }
      case BOOLEAN -> to.setCellValue(cell.equals(Cell.TRUE));
      case DATE -> {
        boolean timed = cell.text().indexOf('T') >= 0;
        if (cell.text().compareTo("1900") < 0) {
          // Before the first day of a workbook; other programs have such dates.
          to.setCellStyle(text);
          to.setCellValue(cell.text());
          return;
        }
        if (timed) {
          to.setCellValue(LocalDateTime.parse(cell.text()));
        } else {
          to.setCellValue(LocalDate.parse(cell.text()));
        }
        to.setCellStyle(timed ? moment : day);
      }
      case ERROR -> error(to, cell.text());
      case TEXT, BLANK -> {
        to.setCellStyle(text);
        if (cell.text().length() > TableSheet.MAX_TEXT) {
          // Cut, it would be another text when it comes back.
          to.setCellErrorValue(FormulaError.VALUE.getCode());
        } else if (cell.kind() == Cell.Kind.TEXT) {
          to.setCellValue(Escapes.escape(cell.text()));
        }
      }
    }
  }

  private static void error(org.apache.poi.ss.usermodel.Cell to, String shown) {
    try {
      to.setCellErrorValue(FormulaError.forString(shown).getCode());
    } catch (IllegalArgumentException e) {
      // Such as that of a formula that was never calculated.
      to.setCellErrorValue(FormulaError.NA.getCode());
    }
  }

  private void widen(int number, int column, String shown) {
    var at = java.util.Objects.requireNonNull(sheet);
    if (number <= TOP) {
      int width = Math.min(MAX_COLUMN_WIDTH, TextWidth.of(shown) + 3) * 256;
      if (width > at.getColumnWidth(column)) {
        at.setColumnWidth(column, width);
      }
    }
  }

  /** Links lead to where the rows are shown. */
  private SheetContent moved(SheetContent summary) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (var row : summary.rows()) {
      List<@Nullable Object> values = new ArrayList<>(row);
      values.replaceAll(value -> value instanceof CellLink link ? shown(link) : value);
      rows.add(values);
    }
    return new SheetContent(
        summary.name(), summary.title(), summary.notes(), summary.columns(), rows);
  }

  private Object shown(CellLink link) {
    var safe = WorkbookUtil.createSafeSheetName(link.sheet(), '-');
    if (!names.contains(safe)) {
      return link.text();
    }
    var place = moved.getOrDefault(new Place(link.sheet(), link.row()), new Place("", link.row()));
    return new CellLink(link.text(), safe, place.row(), link.column());
  }
}

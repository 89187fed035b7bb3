package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.publication.PdfPages.About;
import org.keyroll.publication.PdfPages.Paper;
import org.keyroll.table.CellLink;
import org.keyroll.table.SheetChart;
import org.keyroll.table.SheetColumn;
import org.keyroll.table.SheetColumn.Format;
import org.keyroll.table.SheetContent;

/** Sets the sheets of a workbook on A4, one table under another, with their charts. */
final class TablePdf {
  private static final float LEFT = 40;

  @SuppressWarnings("ArgumentSelectionDefectChecker") // A4 on its side
  private static final Paper PAPER =
      new Paper(
          new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth()),
          LEFT,
          PDRectangle.A4.getWidth() - 48,
          48);

  private static final float TITLE = 17;
  private static final float HEADING = 12.5f;
  private static final float BODY = 9;
  private static final float LEADING = 1.4f;
  private static final float PAD = 4;

  private static final float LINE = 0.8f;
  private static final float HEAD = 0.9f;
  private static final float BAR = 0.45f;

  private final PdfPages pages;
  private final Phrases words;

  private TablePdf(PdfPages pages, Phrases words) {
    this.pages = pages;
    this.words = words;
  }

  /**
   * Writes tables and leaves {@code out} open. The same tables give the same bytes.
   *
   * @param sheets the notes of the first stand once, above all
   * @return the number of rows
   */
  static long write(OutputStream out, About about, List<SheetContent> sheets, Phrases words)
      throws IOException {
    var rows = new ArrayList<Long>();
    PdfPages.write(
        out,
        about,
        PAPER,
        pages -> {
          var pdf = new TablePdf(pages, words);
          rows.add(pdf.set(about, sheets));
        },
        (page, of) -> about.title() + "　" + words.say("page", page, of));
    return rows.get(0);
  }

  private long set(About about, List<SheetContent> sheets) throws IOException {
    var above = sheets.isEmpty() ? List.<String>of() : sheets.get(0).notes();
    text(about.from(), BODY);
    pages.down(TITLE * 0.6f);
    text(about.title(), TITLE);
    for (var note : above) {
      text(note, BODY);
    }
    long rows = 0;
    for (var sheet : sheets) {
      rows += table(sheet, above);
    }
    if (!pages.missing().isEmpty()) {
      pages.down(BODY);
      text(words.say("missing", String.join(", ", pages.missing())), BODY);
    }
    return rows;
  }

  private void text(String text, float size) throws IOException {
    for (var line : pages.lines(pages.settable(text), size, PAPER.width(), 0)) {
      pages.room(size * LEADING);
      pages.draw(line, LEFT, size);
      pages.down(size * LEADING);
    }
  }

  private int table(SheetContent sheet, List<String> above) throws IOException {
    List<List<? extends @Nullable Object>> rows = new ArrayList<>();
    sheet.rows().forEach(rows::add);
    // A heading is not left alone at the end of a page.
    pages.room(HEADING * 3 + 4 * (BODY * LEADING + PAD));
    pages.down(HEADING * 2);
    pages.mark(sheet.name());
    text(sheet.name(), HEADING);
    for (var note : sheet.notes()) {
      if (!above.contains(note)) {
        text(note, BODY);
      }
    }
    if (rows.isEmpty()) {
      text(words.say("nothing"), BODY);
      return 0;
    }
    pages.down(-BODY * 0.8f);
    var widths = widths(sheet.columns());
    float top = pages.y();
    int page = pages.count();
    head(sheet.columns(), widths);
    for (var row : rows) {
      row(sheet.columns(), widths, row);
    }
    float beside = LEFT + sum(widths) + 3 * BODY;
    boolean fits = pages.count() == page && PAPER.right() - beside > PAPER.width() * 0.45f;
    float bottom = pages.y();
    if (fits) {
      pages.down(bottom - top);
    }
    for (var chart : sheet.charts()) {
      float x = fits ? beside : LEFT;
      chart(chart, rows, x, PAPER.right() - x);
    }
    if (pages.count() == page) {
      pages.down(Math.max(0, pages.y() - bottom));
    }
    return rows.size();
  }

  /** As wide as the columns of the workbook, one to another; a narrow table does not spread. */
  private static float[] widths(List<SheetColumn> columns) {
    int characters = columns.stream().mapToInt(SheetColumn::width).sum();
    float each = Math.min(PAPER.width() / characters, BODY * 0.75f);
    var widths = new float[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).width() * each;
    }
    return widths;
  }

  private static float sum(float[] widths) {
    float sum = 0;
    for (float width : widths) {
      sum += width;
    }
    return sum;
  }

  private void head(List<SheetColumn> columns, float[] widths) throws IOException {
    lay(columns, widths, columns.stream().map(SheetColumn::heading).toList(), true);
  }

  private void row(
      List<SheetColumn> columns, float[] widths, List<? extends @Nullable Object> values)
      throws IOException {
    var texts = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      texts.add(shown(i < values.size() ? values.get(i) : null, columns.get(i).format()));
    }
    lay(columns, widths, texts, false);
  }

  /** A row goes on with the next page where it is higher than what is left of this one. */
  private void lay(List<SheetColumn> columns, float[] widths, List<String> texts, boolean head)
      throws IOException {
    var cells = new ArrayList<List<String>>();
    int lines = 1;
    for (int i = 0; i < texts.size(); i++) {
      var cell = new ArrayList<String>();
      for (var paragraph : texts.get(i).lines().toList()) {
        cell.addAll(pages.lines(pages.settable(paragraph), BODY, widths[i] - 2 * PAD, 0));
      }
      cells.add(cell);
      lines = Math.max(lines, cell.size());
    }
    for (int from = 0; from < lines; ) {
      int fit = (int) ((pages.left() - PAD) / (BODY * LEADING));
      if (fit < Math.min(lines - from, 3)) {
        pages.next();
        if (!head) {
          head(columns, widths);
        }
        fit = (int) ((pages.left() - PAD) / (BODY * LEADING));
      }
      int to = Math.min(lines, from + Math.max(fit, 1));
      float height = (to - from) * BODY * LEADING + PAD;
      if (head) {
        pages.fill(LEFT, pages.y() - height, sum(widths), height, HEAD);
      }
      float x = LEFT;
      for (int i = 0; i < cells.size(); i++) {
        var cell = cells.get(i);
        float at = pages.y() - BODY * 1.15f;
        for (int n = from; n < Math.min(to, cell.size()); n++) {
          var line = cell.get(n);
          boolean number = isNumber(columns.get(i).format());
          pages.draw(
              line, number ? x + widths[i] - PAD - pages.width(line, BODY) : x + PAD, at, BODY);
          at -= BODY * LEADING;
        }
        x += widths[i];
      }
      pages.down(height);
      pages.fill(LEFT, pages.y(), sum(widths), 0.5f, head ? BAR : LINE);
      from = to;
    }
  }

  private static boolean isNumber(Format format) {
    return switch (format) {
      case INTEGER, DECIMAL, FRACTION, PERCENT -> true;
      case TEXT, WRAPPED, DATE -> false;
    };
  }

  private static String shown(@Nullable Object value, Format format) {
    if (value == null) {
      return "";
    }
    if (value instanceof CellLink link) {
      return link.text();
    }
    if (value instanceof Number number) {
      return switch (format) {
        case DECIMAL -> String.format(Locale.ROOT, "%,.2f", number.doubleValue());
        case FRACTION -> String.format(Locale.ROOT, "%.4f", number.doubleValue());
        case PERCENT -> String.format(Locale.ROOT, "%.1f%%", number.doubleValue() * 100);
        case INTEGER -> String.format(Locale.ROOT, "%,d", number.longValue());
        case TEXT, WRAPPED, DATE -> number.toString();
      };
    }
    return value instanceof LocalDate date ? date.toString() : value.toString();
  }

  private void chart(
      SheetChart chart, List<List<? extends @Nullable Object>> rows, float x, float width)
      throws IOException {
    float line = BODY * LEADING + 2;
    int bars = chart.to() - chart.from();
    pages.room((bars + 2) * line);
    pages.down(BODY * 1.6f);
    pages.draw(pages.settable(chart.title()), x, BODY + 1);
    pages.down(line * 0.4f);
    double most = 1;
    for (var row : rows.subList(chart.from(), chart.to())) {
      most = Math.max(most, number(row.get(chart.values())));
    }
    float names = width * 0.4f;
    float whole = width * 0.5f;
    for (var row : rows.subList(chart.from(), chart.to())) {
      pages.room(line);
      pages.down(line);
      double value = number(row.get(chart.values()));
      var name = pages.settable(String.valueOf(row.get(chart.labels())));
      pages.draw(pages.lines(name, BODY, names, 0).get(0), x, BODY);
      float length = (float) (whole * value / most);
      pages.fill(x + names + PAD, pages.y() - 1.5f, length, BODY, BAR);
      pages.draw(
          String.format(Locale.ROOT, "%,d", (long) value), x + names + 2 * PAD + length, BODY);
    }
    pages.down(line * 0.6f);
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}

package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * Pages of a PDF, filled from the top. The same content gives the same bytes: dates and id come
 * from what is set, and it carries of the fonts what it uses. Lengths are in points.
 */
final class PdfPages {
  static final float SMALL = 9;

  /** No line begins with one of these. */
  private static final String CLOSING = "，。、；：！？）》」』”’％%),.;:!?";

  private final PDDocument document;
  private final LetterFonts fonts;
  private final Paper paper;
  private PDPageContentStream page;
  private float y;

  /**
   * What is written about a document.
   *
   * @param language BCP 47
   * @param created dates the file
   */
  record About(String language, String title, String from, Instant created) {}

  /** A sheet of paper and its margins; {@code top} is where the first line stands. */
  record Paper(PDRectangle size, float left, float top, float bottom) {
    float right() {
      return size.getWidth() - left;
    }

    float width() {
      return right() - left;
    }
  }

  /** Fills pages. */
  @FunctionalInterface
  interface Content {
    void set(PdfPages pages) throws IOException;
  }

  /** What stands at the foot of a page, of so many. */
  @FunctionalInterface
  interface Foot {
    String of(int page, int pages);
  }

  private PdfPages(PDDocument document, Paper paper) throws IOException {
    this.document = document;
    this.fonts = new LetterFonts(document);
    this.paper = paper;
    this.page = open();
  }

  /**
   * Writes a document and leaves {@code out} open; one at a time, for the fonts are shared.
   *
   * @return the number of its pages
   */
  static synchronized long write(
      OutputStream out, About about, Paper paper, Content content, Foot foot) throws IOException {
    try (var document = new PDDocument()) {
      document.setDocumentId(about.created().getEpochSecond());
      describe(document, about);
      var pages = new PdfPages(document, paper);
      content.set(pages);
      pages.page.close();
      pages.number(foot);
      document.save(out);
      return document.getNumberOfPages();
    }
  }

  private static void describe(PDDocument document, About about) {
    var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(about.created().toEpochMilli());
    Calendar created = calendar;
    var information = document.getDocumentInformation();
    information.setTitle(about.title());
    information.setAuthor(about.from());
    information.setProducer("Keyroll");
    information.setCreationDate(created);
    information.setModificationDate(created);
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage(about.language());
    var preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
  }

  private PDPageContentStream open() throws IOException {
    var made = new PDPage(paper.size());
    document.addPage(made);
    y = paper.top();
    return new PDPageContentStream(document, made);
  }

  float y() {
    return y;
  }

  int count() {
    return document.getNumberOfPages();
  }

  void down(float by) {
    y -= by;
  }

  /** What is left of the page. */
  float left() {
    return y - paper.bottom();
  }

  void next() throws IOException {
    page.close();
    page = open();
  }

  /** Goes on with the next page where less than this is left. */
  void room(float height) throws IOException {
    if (left() < height) {
      next();
    }
  }

  /** A place that a reader can go to, named. */
  void mark(String title) {
    var catalog = document.getDocumentCatalog();
    var outline = catalog.getDocumentOutline();
    if (outline == null) {
      outline = new PDDocumentOutline();
      catalog.setDocumentOutline(outline);
    }
    var item = new PDOutlineItem();
    item.setTitle(title);
    item.setDestination(document.getPage(document.getNumberOfPages() - 1));
    outline.addLast(item);
  }

  /** A text of which every character can be set. */
  String settable(String text) throws IOException {
    return fonts.settable(text);
  }

  /** The characters that could not be set so far, as {@code U+20BB7}. */
  List<String> missing() {
    return fonts.missing();
  }

  /** Width of a settable text. */
  float width(String text, float size) throws IOException {
    return fonts.width(text, size);
  }

  /** Writes a settable line here. */
  void draw(String line, float x, float size) throws IOException {
    draw(line, x, y, size);
  }

  /** Writes a settable line. */
  void draw(String line, float x, float at, float size) throws IOException {
    page.beginText();
    page.newLineAtOffset(x, at);
    for (var run : fonts.runs(line)) {
      page.setFont(run.font(), size);
      page.showText(run.text());
    }
    page.endText();
  }

  /** Draws a line across, here; dashed where it is to be cut. */
  void rule(float from, float to, boolean dashed) throws IOException {
    page.setLineDashPattern(dashed ? new float[] {4, 3} : new float[] {}, 0);
    page.moveTo(from, y);
    page.lineTo(to, y);
    page.stroke();
    page.setLineDashPattern(new float[] {}, 0);
  }

  /** Fills a box, of which {@code bottom} is the lower edge, in a grey from 0 (black) to 1. */
  void fill(float x, float bottom, float width, float height, float grey) throws IOException {
    page.setNonStrokingColor(grey);
    page.addRect(x, bottom, width, height);
    page.fill();
    page.setNonStrokingColor(0f);
  }

  /**
   * Breaks a settable text between words, and before any Chinese character that may begin a line.
   *
   * @param indent of the first line
   */
  List<String> lines(String text, float size, float width, float indent) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    float left = width - indent;
    for (var piece : pieces(text, size, width)) {
      float wide = fonts.width(piece, size);
      if (wide > left && line.length() > 0 && CLOSING.indexOf(piece.codePointAt(0)) < 0) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        left = width;
        if (piece.isBlank()) {
          continue;
        }
      }
      line.append(piece);
      left -= wide;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** A word longer than a line, or than 40 characters, is broken anywhere: an address, a name. */
  private List<String> pieces(String text, float size, float width) throws IOException {
    var pieces = new ArrayList<String>();
    var word = new StringBuilder();
    float wide = 0;
    for (int character : text.codePoints().toArray()) {
      boolean alone = character >= 0x2E80 || character == ' ';
      float more = fonts.width(Character.toString(character), size);
      if (word.length() > 0 && (alone || word.length() >= 40 || wide + more > width)) {
        pieces.add(word.toString());
        word.setLength(0);
        wide = 0;
      }
      word.appendCodePoint(character);
      wide += more;
      if (alone) {
        pieces.add(word.toString());
        word.setLength(0);
        wide = 0;
      }
    }
    if (word.length() > 0) {
      pieces.add(word.toString());
    }
    return pieces;
  }

  private void number(Foot foot) throws IOException {
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, false, true);
      var text = fonts.settable(foot.of(i + 1, pages));
      y = paper.bottom() / 2;
      draw(text, (paper.size().getWidth() - fonts.width(text, SMALL)) / 2, SMALL);
      page.close();
    }
  }
}

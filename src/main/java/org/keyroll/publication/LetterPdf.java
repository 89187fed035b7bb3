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
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;

/**
 * Sets a letter on A4. The same letter gives the same bytes: dates and id come from the letter, and
 * it carries of the fonts what it uses.
 */
final class LetterPdf {
  private static final float LEFT = 76;
  private static final float RIGHT = PDRectangle.A4.getWidth() - LEFT;
  private static final float TOP = PDRectangle.A4.getHeight() - 64;
  private static final float BOTTOM = 80;
  private static final float BODY = 11.5f;
  private static final float TITLE = 17;
  private static final float SMALL = 9;
  private static final float LEADING = 1.65f;

  /** No line begins with one of these. */
  private static final String CLOSING = "，。、；：！？）》」』”’％%),.;:!?";

  private final PDDocument document;
  private final LetterFonts fonts;
  private final Phrases words;
  private final boolean chinese;
  private PDPageContentStream page;
  private float y;

  /**
   * A letter.
   *
   * @param language BCP 47
   * @param marking above all else; empty for none
   * @param from who sends it
   * @param reference null for none
   * @param date in words
   * @param created dates the file
   * @param slip fields of the slip for its receipt, its title first; empty for none
   */
  record Letter(
      String language,
      String marking,
      String from,
      String title,
      @Nullable String reference,
      List<String> text,
      String date,
      Instant created,
      List<String> slip) {}

  private LetterPdf(PDDocument document, Letter letter, Phrases words) throws IOException {
    this.document = document;
    this.fonts = new LetterFonts(document);
    this.words = words;
    this.chinese = letter.language().startsWith("zh");
    this.page = open();
  }

  /**
   * Writes a letter and leaves {@code out} open; one at a time, for the fonts are shared.
   *
   * @return the number of its pages
   */
  static synchronized long write(OutputStream out, Letter letter, Phrases words)
      throws IOException {
    try (var document = new PDDocument()) {
      document.setDocumentId(letter.created().getEpochSecond());
      describe(document, letter);
      var pdf = new LetterPdf(document, letter, words);
      pdf.set(letter);
      pdf.page.close();
      pdf.number(letter);
      document.save(out);
      return document.getNumberOfPages();
    }
  }

  private static void describe(PDDocument document, Letter letter) {
    var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(letter.created().toEpochMilli());
    Calendar created = calendar;
    var about = document.getDocumentInformation();
    about.setTitle(letter.title());
    about.setAuthor(letter.from());
    about.setProducer("Keyroll");
    about.setCreationDate(created);
    about.setModificationDate(created);
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage(letter.language());
    var preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
  }

  private PDPageContentStream open() throws IOException {
    var made = new PDPage(PDRectangle.A4);
    document.addPage(made);
    y = TOP;
    return new PDPageContentStream(document, made);
  }

  private void set(Letter letter) throws IOException {
    if (!letter.marking().isEmpty()) {
      draw(fonts.settable(letter.marking()), LEFT, SMALL);
      y -= SMALL * 2;
    }
    centred(letter.from(), BODY + 2);
    y -= BODY;
    centred(letter.title(), TITLE);
    if (letter.reference() != null) {
      var reference = fonts.settable(letter.reference());
      draw(reference, RIGHT - fonts.width(reference, SMALL), SMALL);
      y -= SMALL * LEADING;
    }
    y -= BODY;
    boolean first = true;
    for (var paragraph : letter.text()) {
      paragraph(paragraph, BODY, chinese && !first ? 2 * BODY : 0);
      y -= chinese ? 2 : BODY / 2;
      first = false;
    }
    if (!fonts.missing().isEmpty()) {
      paragraph(words.say("missing", String.join(", ", fonts.missing())), SMALL, 0);
    }
    room(3 * BODY * LEADING);
    y -= BODY;
    right(letter.from());
    right(letter.date());
    slip(letter.slip());
  }

  /** Cut off at a line and sent back. */
  private void slip(List<String> fields) throws IOException {
    if (fields.isEmpty()) {
      return;
    }
    float line = BODY * 2.2f;
    room(line * (fields.size() + 2));
    y -= line;
    page.setLineDashPattern(new float[] {4, 3}, 0);
    rule(LEFT, RIGHT);
    page.setLineDashPattern(new float[] {}, 0);
    y -= line;
    centred(fields.get(0), BODY + 2);
    for (var field : fields.subList(1, fields.size())) {
      y -= BODY * 0.4f;
      paragraph(field, BODY, 0);
    }
  }

  private void rule(float from, float to) throws IOException {
    page.moveTo(from, y);
    page.lineTo(to, y);
    page.stroke();
  }

  /** Goes on with the next page where less than this is left. */
  private void room(float height) throws IOException {
    if (y - height < BOTTOM) {
      page.close();
      page = open();
    }
  }

  private void centred(String text, float size) throws IOException {
    for (var line : lines(fonts.settable(text), size, 0)) {
      y -= size * 0.3f;
      draw(line, (LEFT + RIGHT - fonts.width(line, size)) / 2, size);
      y -= size * 1.3f;
    }
  }

  private void right(String text) throws IOException {
    var line = fonts.settable(text);
    draw(line, RIGHT - fonts.width(line, BODY), BODY);
    y -= BODY * LEADING;
  }

  private void paragraph(String text, float size, float indent) throws IOException {
    float from = LEFT + indent;
    for (var line : lines(fonts.settable(text), size, indent)) {
      room(size * LEADING);
      draw(line, from, size);
      y -= size * LEADING;
      from = LEFT;
    }
  }

  private void draw(String line, float x, float size) throws IOException {
    page.beginText();
    page.newLineAtOffset(x, y);
    for (var run : fonts.runs(line)) {
      page.setFont(run.font(), size);
      page.showText(run.text());
    }
    page.endText();
  }

  /** Breaks between words, and before any Chinese character that may begin a line. */
  private List<String> lines(String text, float size, float indent) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    float left = RIGHT - LEFT - indent;
    for (var piece : pieces(text)) {
      float width = fonts.width(piece, size);
      if (width > left && line.length() > 0 && CLOSING.indexOf(piece.codePointAt(0)) < 0) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        left = RIGHT - LEFT;
        if (piece.isBlank()) {
          continue;
        }
      }
      line.append(piece);
      left -= width;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    var word = new StringBuilder();
    for (int character : text.codePoints().toArray()) {
      boolean alone = character >= 0x2E80 || character == ' ';
      if (alone && word.length() > 0) {
        pieces.add(word.toString());
        word.setLength(0);
      }
      word.appendCodePoint(character);
      // A word longer than this is broken anywhere: an address, a list of codes.
      if (alone || word.length() >= 40) {
        pieces.add(word.toString());
        word.setLength(0);
      }
    }
    if (word.length() > 0) {
      pieces.add(word.toString());
    }
    return pieces;
  }

  /** Writes what the letter is and which of how many pages at the foot of each. */
  private void number(Letter letter) throws IOException {
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, false, true);
      var foot = words.say("page", i + 1, pages);
      var text =
          fonts.settable(letter.reference() == null ? foot : letter.reference() + "　" + foot);
      y = BOTTOM / 2;
      draw(text, (LEFT + RIGHT - fonts.width(text, SMALL)) / 2, SMALL);
      page.close();
    }
  }
}

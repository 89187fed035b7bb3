package org.keyroll.publication;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Phrases;
import org.keyroll.publication.PdfPages.About;
import org.keyroll.publication.PdfPages.Paper;

/** Sets a letter on A4. */
final class LetterPdf {
  private static final Paper PAPER =
      new Paper(PDRectangle.A4, 76, PDRectangle.A4.getHeight() - 64, 80);
  private static final float BODY = 11.5f;
  private static final float TITLE = 17;
  private static final float SMALL = PdfPages.SMALL;
  private static final float LEADING = 1.65f;

  private final PdfPages pages;
  private final Phrases words;
  private final boolean chinese;

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

  private LetterPdf(PdfPages pages, Letter letter, Phrases words) {
    this.pages = pages;
    this.words = words;
    this.chinese = letter.language().startsWith("zh");
  }

  /**
   * Writes a letter and leaves {@code out} open. The same letter gives the same bytes.
   *
   * @return the number of its pages
   */
  static long write(OutputStream out, Letter letter, Phrases words) throws IOException {
    var reference = letter.reference();
    return PdfPages.write(
        out,
        new About(letter.language(), letter.title(), letter.from(), letter.created()),
        PAPER,
        pages -> new LetterPdf(pages, letter, words).set(letter),
        // What the letter is and which of how many pages.
        (page, of) -> (reference == null ? "" : reference + "　") + words.say("page", page, of));
  }

  private void set(Letter letter) throws IOException {
    if (!letter.marking().isEmpty()) {
      pages.draw(pages.settable(letter.marking()), PAPER.left(), SMALL);
      pages.down(SMALL * 2);
    }
    centred(letter.from(), BODY + 2);
    pages.down(BODY);
    centred(letter.title(), TITLE);
    if (letter.reference() != null) {
      right(letter.reference(), SMALL);
    }
    pages.down(BODY);
    boolean first = true;
    for (var paragraph : letter.text()) {
      paragraph(paragraph, BODY, chinese && !first ? 2 * BODY : 0);
      pages.down(chinese ? 2 : BODY / 2);
      first = false;
    }
    if (!pages.missing().isEmpty()) {
      paragraph(words.say("missing", String.join(", ", pages.missing())), SMALL, 0);
    }
    pages.room(3 * BODY * LEADING);
    pages.down(BODY);
    right(letter.from(), BODY);
    right(letter.date(), BODY);
    slip(letter.slip());
  }

  /** Cut off at a line and sent back. */
  private void slip(List<String> fields) throws IOException {
    if (fields.isEmpty()) {
      return;
    }
    float line = BODY * 2.2f;
    pages.room(line * (fields.size() + 2));
    pages.down(line);
    pages.rule(PAPER.left(), PAPER.right(), true);
    pages.down(line);
    centred(fields.get(0), BODY + 2);
    for (var field : fields.subList(1, fields.size())) {
      pages.down(BODY * 0.4f);
      paragraph(field, BODY, 0);
    }
  }

  private void centred(String text, float size) throws IOException {
    for (var line : pages.lines(pages.settable(text), size, PAPER.width(), 0)) {
      pages.down(size * 0.3f);
      pages.draw(line, (PAPER.left() + PAPER.right() - pages.width(line, size)) / 2, size);
      pages.down(size * 1.3f);
    }
  }

  private void right(String text, float size) throws IOException {
    var line = pages.settable(text);
    pages.draw(line, PAPER.right() - pages.width(line, size), size);
    pages.down(size * LEADING);
  }

  private void paragraph(String text, float size, float indent) throws IOException {
    float from = PAPER.left() + indent;
    for (var line : pages.lines(pages.settable(text), size, PAPER.width(), indent)) {
      pages.room(size * LEADING);
      pages.draw(line, from, size);
      pages.down(size * LEADING);
      from = PAPER.left();
    }
  }
}

package org.keyroll.publication;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * The two faces of letters and reports, of which each file carries the glyphs it uses: Liberation
 * Sans for Latin, Greek and Cyrillic, Droid Sans Fallback for Chinese. Not for several threads at
 * once.
 */
final class LetterFonts {
  /** Stands for a character that neither face has. */
  static final int GETA = '〓';

  private static final List<String> FILES =
      List.of(
          "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf",
          "/org/keyroll/publication/fonts/DroidSansFallback-Han.ttf");
  private static @Nullable List<TrueTypeFont> parsed;

  private final List<TrueTypeFont> faces;
  private final List<PDType0Font> embedded = new ArrayList<>();
  private final TreeSet<Integer> missing = new TreeSet<>();

  /** A piece of a line that is set in one face. */
  record Run(PDType0Font font, String text) {}

  LetterFonts(PDDocument document) throws IOException {
    faces = faces();
    for (var face : faces) {
      embedded.add(PDType0Font.load(document, face, true));
    }
  }

  private static synchronized List<TrueTypeFont> faces() throws IOException {
    if (parsed == null) {
      var faces = new ArrayList<TrueTypeFont>();
      for (var file : FILES) {
        try (InputStream in = LetterFonts.class.getResourceAsStream(file)) {
          if (in == null) {
            throw new IOException("the font " + file + " is missing from the program");
          }
          faces.add(new TTFParser().parse(new RandomAccessReadBuffer(in)));
        }
      }
      parsed = faces;
    }
    return parsed;
  }

  /** The index of the face that has a character, or -1. */
  private int face(int character) throws IOException {
    for (int i = 0; i < faces.size(); i++) {
      if (faces.get(i).getUnicodeCmapLookup().getGlyphId(character) != 0) {
        return i;
      }
    }
    return -1;
  }

  /** A text in which a {@link #GETA} stands for each character that cannot be set. */
  String settable(String text) throws IOException {
    var settable = new StringBuilder();
    for (int character : text.codePoints().toArray()) {
      if (face(character) < 0) {
        missing.add(character);
        settable.appendCodePoint(GETA);
      } else {
        settable.appendCodePoint(character);
      }
    }
    return settable.toString();
  }

  /** The characters that could not be set so far, as {@code U+20BB7}. */
  List<String> missing() {
    return missing.stream().map(c -> String.format(java.util.Locale.ROOT, "U+%04X", c)).toList();
  }

  /** Width of a settable text, in points. */
  float width(String text, float size) throws IOException {
    float width = 0;
    for (int character : text.codePoints().toArray()) {
      var face = faces.get(face(character));
      int glyph = face.getUnicodeCmapLookup().getGlyphId(character);
      width += face.getAdvanceWidth(glyph) * size / face.getUnitsPerEm();
    }
    return width;
  }

  /** A settable text, face by face. */
  List<Run> runs(String text) throws IOException {
    var runs = new ArrayList<Run>();
    var run = new StringBuilder();
    int last = -1;
    for (int character : text.codePoints().toArray()) {
      int face = face(character);
      if (face != last && run.length() > 0) {
        runs.add(new Run(embedded.get(last), run.toString()));
        run.setLength(0);
      }
      last = face;
      run.appendCodePoint(character);
    }
    if (run.length() > 0) {
      runs.add(new Run(embedded.get(last), run.toString()));
    }
    return runs;
  }
}

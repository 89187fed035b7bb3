package org.keyroll.unit;

import com.ibm.icu.text.Normalizer2;
import java.util.Locale;

/** The forms in which what senders write is compared. */
public final class Spelling {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  private Spelling() {}

  /** Without white space at either end, the ideographic and the no-break space included. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Half-width, white space as it is. */
  public static String halfWidth(String text) {
    return isPlain(text, ' ') ? text : NFKC.normalize(text);
  }

  /** With the full-width forms of ASCII signs. */
  public static String fullWidth(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c > ' ' && c < 0x7F ? (char) (c + 0xFEE0) : c);
    }
    return out.toString();
  }

  /** Half-width, without any white space. */
  public static String ascii(String text) {
    if (isPlain(text, '!')) {
      return text;
    }
    var normal = NFKC.normalize(text);
    var out = new StringBuilder(normal.length());
    for (int i = 0; i < normal.length(); i++) {
      if (!isSpace(normal.charAt(i))) {
        out.append(normal.charAt(i));
      }
    }
    return out.toString();
  }

  /** The form in which headings and words are compared: half-width, no white space, lower case. */
  public static String comparable(String text) {
    return ascii(text).toLowerCase(Locale.ROOT);
  }

  /** Whether a character shows nothing. */
  public static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || isInvisible(c);
  }

  /** Of no width: soft hyphen, joiners, and the marks of direction that are copied along unseen. */
  private static boolean isInvisible(char c) {
    return c == '\u00AD'
        || c >= '\u200B' && c <= '\u200F'
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2060' && c <= '\u2064'
        || c >= '\u2066' && c <= '\u2069'
        || c == '\uFEFF';
  }

  private static boolean isPlain(String text, char first) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < first || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}

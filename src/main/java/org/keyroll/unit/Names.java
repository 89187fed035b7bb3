package org.keyroll.unit;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Brings names of organisations to one form, so that the same name compares equal however it was
 * typed: width, traditional or simplified characters, case, brackets, punctuation and spaces do not
 * count.
 */
public final class Names {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
  private static final Transliterator TRANSLITERATOR =
      Transliterator.getInstance("Traditional-Simplified");
  private static final int FIRST_HAN = 0x2E80;
  // Filled as characters are met; two threads may fill a place, with the same character.
  private static final char[] SIMPLIFIED = new char[Character.MAX_VALUE + 1];

  private final List<String> legalForms;

  /**
   * @param legalForms words that say what a company is and not which one
   */
  public Names(List<String> legalForms) {
    this.legalForms =
        legalForms.stream()
            .map(Names::comparable)
            .filter(f -> !f.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The whole name in comparable form; empty when nothing comparable is in it. */
  public Optional<String> full(String name) {
    var comparable = comparable(name);
    return comparable.isEmpty() ? Optional.empty() : Optional.of(comparable);
  }

  /**
   * The name without its legal form, in comparable form; empty when fewer than two characters are
   * left, for a name that is nothing but a legal form would match anything.
   */
  public Optional<String> brief(String name) {
    return full(name).flatMap(this::briefOf);
  }

  /** As {@link #brief}, for a name that is in comparable form already. */
  public Optional<String> briefOf(String full) {
    for (var form : legalForms) {
      if (full.endsWith(form)) {
        var rest = full.substring(0, full.length() - form.length());
        return rest.codePointCount(0, rest.length()) < 2 ? Optional.empty() : Optional.of(rest);
      }
    }
    return full.codePointCount(0, full.length()) < 2 ? Optional.empty() : Optional.of(full);
  }

  private static String comparable(String name) {
    var normal = NFKC.isNormalized(name) ? name : NFKC.normalize(name);
    var folded = new StringBuilder(normal.length());
    for (int i = 0; i < normal.length(); ) {
      int c = normal.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetterOrDigit(c)) {
        folded.appendCodePoint(simplified(Character.toLowerCase(c)));
      }
    }
    return folded.toString();
  }

  /** Character by character, so that a name costs a look-up each and not a transliteration. */
  private static int simplified(int c) {
    if (c < FIRST_HAN || c > Character.MAX_VALUE) {
      return c;
    }
    char known = SIMPLIFIED[c];
    if (known == 0) {
      var text = TRANSLITERATOR.transliterate(Character.toString(c));
      known = text.length() == 1 ? text.charAt(0) : (char) c;
      SIMPLIFIED[c] = known;
    }
    return known;
  }
}

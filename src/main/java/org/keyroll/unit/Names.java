package org.keyroll.unit;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings names of organisations to one form, so that the same name compares equal however it was
 * typed: width, traditional or simplified characters, case, brackets, punctuation and spaces do not
 * count.
 */
public final class Names {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
  private static final Normalizer2 NFKD = Normalizer2.getNFKDInstance();
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Transliterator TRANSLITERATOR =
      Transliterator.getInstance("Traditional-Simplified");
  private static final int FIRST_HAN = 0x2E80;
  // The first block of unified ideographs, of which none has another form for Unicode.
  private static final char FIRST_UNIFIED = 0x4E00;
  private static final char LAST_UNIFIED = 0x9FFF;
  // Filled as characters are met; two threads may fill a place, with the same character.
  private static final char[] SIMPLIFIED = new char[Character.MAX_VALUE + 1];

  /** Made when first asked for: it takes half a second, and most programmes never read names. */
  private static final class Latin {
    static final Transliterator READING = Transliterator.getInstance("Han-Latin; Latin-ASCII");
    // Filled as characters are met, like SIMPLIFIED.
    static final @Nullable String[] READINGS = new String[Character.MAX_VALUE + 1];
  }

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

  /**
   * A text in comparable form with its words kept apart by single spaces; accents do not count
   * either.
   */
  public static String words(String text) {
    var plain = unaccented(text);
    var folded = new StringBuilder(plain.length());
    boolean apart = false;
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetterOrDigit(c)) {
        if (apart && folded.length() > 0) {
          folded.append(' ');
        }
        apart = false;
        folded.appendCodePoint(simplified(Character.toLowerCase(c)));
      } else if (c != '\'' && c != '\u2019') {
        apart = true;
      }
    }
    return folded.toString();
  }

  private static String unaccented(String text) {
    if (isPlain(text)) {
      return text;
    }
    return NFKC.normalize(MARKS.matcher(NFKD.normalize(text)).replaceAll(""));
  }

  /** Characters that have one form only: normalising is slow, and most Chinese texts need none. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && (c < FIRST_UNIFIED || c > LAST_UNIFIED)) {
        return false;
      }
    }
    return true;
  }

  /** How a text is read, in Latin letters without accents: for finding, never for deciding. */
  public static String reading(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    var latin = new StringBuilder(text.length() * 4);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        latin.append((char) c);
      } else if (Character.isIdeographic(c)) {
        latin.append(' ').append(readingOf(c)).append(' ');
      } else {
        latin.append(readingOf(c));
      }
    }
    return words(latin.toString());
  }

  /** Character by character, so that a name costs a look-up each and not a transliteration. */
  private static String readingOf(int c) {
    if (c > Character.MAX_VALUE) {
      return Latin.READING.transliterate(Character.toString(c));
    }
    var known = Latin.READINGS[c];
    if (known == null) {
      known = Latin.READING.transliterate(Character.toString(c));
      Latin.READINGS[c] = known;
    }
    return known;
  }

  /** Whether one name is a short form of the other; both in the form of {@link #words}. */
  public boolean isShortOf(String a, String b) {
    var x = a.replace(" ", "");
    var y = b.replace(" ", "");
    if (isChinese(x) && isChinese(y)) {
      var one = ChineseName.of(x);
      var two = ChineseName.of(y);
      return x.length() <= y.length() ? two.isShortened(one) : one.isShortened(two);
    }
    return isAcronym(a, b)
        || isAcronym(b, a)
        || briefOf(x).equals(briefOf(y)) && briefOf(x).isPresent();
  }

  /**
   * Texts of which every short form of a name holds one, for finding those; all in comparable form,
   * in which words do not stand apart and there are no acronyms.
   */
  public Set<String> marks(String full) {
    var marks = new TreeSet<String>();
    briefOf(full).ifPresent(marks::add);
    if (isChinese(full)) {
      marks.addAll(ChineseName.of(full).marks());
    }
    return marks;
  }

  /** Three letters or more, one for each word of the other name. */
  private static boolean isAcronym(String brief, String name) {
    var words = name.split(" ", -1);
    if (brief.length() < 3 || brief.length() > words.length || brief.indexOf(' ') >= 0) {
      return false;
    }
    for (int i = 0; i < brief.length(); i++) {
      if (words[i].isEmpty() || words[i].charAt(0) != brief.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether ideographs are in a text. */
  public static boolean isChinese(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isIdeographic(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the names are the same but for place and legal form; not when both name a place and not
   * the same one, or one is a branch. Both in the form of {@link #words}.
   */
  public boolean sameCore(String a, String b) {
    var x = a.replace(" ", "");
    var y = b.replace(" ", "");
    if (isChinese(x) && isChinese(y)) {
      var one = ChineseName.of(x);
      var two = ChineseName.of(y);
      return !one.saysNothing()
          && one.body().equals(two.body())
          && one.branch().equals(two.branch())
          && !one.isElsewhere(two);
    }
    var one = briefOf(x);
    return one.isPresent() && one.equals(briefOf(y));
  }

  /**
   * What two names both of which are Chinese, or both not, have in common where {@link #sameCore}
   * holds; other names may have it in common too. In the form of {@link #words}.
   */
  public int coreHash(String name) {
    var joined = name.replace(" ", "");
    return isChinese(joined)
        ? ChineseName.of(joined).body().hashCode()
        : briefOf(joined).hashCode();
  }

  /**
   * Two characters that stand next to each other in every short form of a Chinese name, but for
   * spaces: the first in the upper half of the number. 0 where there are no such two.
   */
  public static int mark(String name) {
    var joined = name.replace(" ", "");
    var core = isChinese(joined) ? ChineseName.of(joined).core() : "";
    return core.length() < 2 ? 0 : core.charAt(0) << 16 | core.charAt(1);
  }

  /**
   * Whether a name in comparable form is nothing but a place or a legal form, so that it could be
   * anybody's.
   */
  public boolean saysNothing(String full) {
    return isChinese(full) ? ChineseName.of(full).saysNothing() : briefOf(full).isEmpty();
  }

  /**
   * Whether two names in comparable form could be the same one with slips or with words left out:
   * half of their pairs of characters are the same.
   */
  public boolean alike(String a, String b) {
    var rest = new ArrayList<String>();
    for (int i = 0; i + 1 < a.length(); i++) {
      rest.add(a.substring(i, i + 2));
    }
    int common = 0;
    for (int i = 0; i + 1 < b.length(); i++) {
      common += rest.remove(b.substring(i, i + 2)) ? 1 : 0;
    }
    // Taking names apart is slow, and few need it.
    return 4 * common >= a.length() + b.length() - 2 || isShortOf(a, b) || sameCore(a, b);
  }

  /**
   * What tells an organisation from others, for finding it: the name proper, and that with its
   * trades; of names in other scripts, the name without legal form.
   */
  public Set<String> cores(String name) {
    var joined = comparable(name);
    if (isChinese(joined)) {
      var parts = ChineseName.of(joined);
      var cores = new TreeSet<String>();
      if (parts.core().length() >= 2) {
        cores.add(parts.core());
        // A short form whose last character stands for a trade.
        cores.add(parts.core().substring(0, 2));
      }
      if (!parts.saysNothing()) {
        cores.add(parts.body());
      }
      return cores;
    }
    return briefOf(joined).map(Set::of).orElse(Set.of());
  }

  static String comparable(String name) {
    var normal = isPlain(name) || NFKC.isNormalized(name) ? name : NFKC.normalize(name);
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

package org.keyroll.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out by what a csv separates its values. */
final class CsvDelimiter {

  private static final char[] KNOWN = {',', ';', '\t', '|'};
  private static final int RECORDS = 50;

  private static final Pattern HINT = Pattern.compile("sep=([^\\r\\n\"])(?:\\r\\n?|\\n)");

  private CsvDelimiter() {}

  /**
   * What Excel's own first line names, which is no data: {@code sep=;}. Null where there is none.
   */
  static @Nullable String hint(String head) {
    var hint = HINT.matcher(head);
    return hint.lookingAt() ? hint.group() : null;
  }

  /**
   * The delimiter that gives most of the first records one and the same number of values, more than
   * one; the comma where none does, or where two do equally well.
   */
  static char detect(String head, char quote) {
    char best = ',';
    double bestShare = 0;
    for (char delimiter : KNOWN) {
      var counts = counts(head, delimiter, quote, false);
      int most = 0;
      for (int count : counts) {
        int same = (int) counts.stream().filter(c -> c == count).count();
        most = count > 1 && same > most ? same : most;
      }
      double share = counts.isEmpty() ? 0 : (double) most / counts.size();
      if (share > bestShare) {
        best = delimiter;
        bestShare = share;
      }
    }
    return best;
  }

  /** The most values that one of the first records has. */
  static int widest(String head, char delimiter, char quote) {
    return counts(head, delimiter, quote, true).stream().mapToInt(n -> n).max().orElse(1);
  }

  /**
   * The number of values in each of the first records that are not blank.
   *
   * @param last whether the last record of the head counts, which may be cut off; it always does
   *     where there is no other
   */
  private static List<Integer> counts(String head, char delimiter, char quote, boolean last) {
    var counts = new ArrayList<Integer>();
    boolean quoted = false;
    int values = 1;
    int start = 0;
    for (int i = 0; i < head.length() && counts.size() < RECORDS; i++) {
      char c = head.charAt(i);
      if (c == quote) {
        quoted = !quoted;
      } else if (!quoted && c == delimiter) {
        values++;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (i > start) {
          counts.add(values);
        }
        values = 1;
        start = i + 1;
      }
    }
    if (last || counts.isEmpty()) {
      counts.add(values);
    }
    return counts;
  }
}

package org.keyroll.table;

/** How much room a text takes, in the characters that column widths are measured in. */
final class TextWidth {

  private TextWidth() {}

  /** The lines a text needs in a column of {@code width} characters; at least one. */
  static int lines(String text, int width) {
    int lines = 0;
    for (var line : text.split("\\R", -1)) {
      lines += Math.max(1, (width(line) + Math.max(1, width) - 1) / Math.max(1, width));
    }
    return lines;
  }

  /** Chinese, Japanese, Korean and full-width characters take two. */
  private static int width(String line) {
    return line.codePoints().map(c -> c >= 0x1100 && !(c >= 0x2000 && c < 0x2E80) ? 2 : 1).sum();
  }
}

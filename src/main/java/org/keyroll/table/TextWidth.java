package org.keyroll.table;

/** How much room a text takes, in the characters that column widths are measured in. */
public final class TextWidth {

  private TextWidth() {}

  /** The lines a text needs in a column of {@code width} characters; at least one. */
  static int lines(String text, int width) {
    // Nearly all texts are short enough whatever they are made of.
    if (2 * text.length() <= width && text.indexOf('\n') < 0) {
      return 1;
    }
    int lines = 0;
    for (var line : text.split("\\R", -1)) {
      lines += Math.max(1, (width(line) + Math.max(1, width) - 1) / Math.max(1, width));
    }
    return lines;
  }

  /** The width of its longest line. */
  public static int of(String text) {
    return text.lines().mapToInt(TextWidth::width).max().orElse(0);
  }

  /** Chinese, Japanese, Korean and full-width characters take two. */
  private static int width(String line) {
    int width = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean second = Character.isLowSurrogate(c);
      width += second ? 0 : c >= 0x2E80 ? 2 : 1;
    }
    return width;
  }
}

package org.keyroll.intake;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keyroll.table.Marks;

/**
 * The text by which a workbook that was answered is known when it comes back.
 *
 * @param sha256 of the delivery that was answered
 */
public record ReturnMark(String programme, String source, String sha256) {
  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(Marks.PREFIX) + "return:([a-z0-9-]+):([a-z0-9-]+):([0-9a-f]{64})");

  /** As it stands in a cell. */
  public String text() {
    return Marks.PREFIX + "return:%s:%s:%s".formatted(programme, source, sha256);
  }

  /** What a cell says. */
  static Optional<ReturnMark> read(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new ReturnMark(match.group(1), match.group(2), match.group(3)))
        : Optional.empty();
  }
}

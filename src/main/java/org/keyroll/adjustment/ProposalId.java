package org.keyroll.adjustment;

import java.util.regex.Pattern;
import org.keyroll.unit.UnitId;

/**
 * Names what a run proposes for a unit, such as {@code U0000042@7}. Another run that proposes
 * something else has another name for it, so nobody decides on what they have not seen.
 */
public record ProposalId(long run, UnitId unit) {
  private static final Pattern FORM = Pattern.compile("(U[0-9]{7,10})@([0-9]{1,10})");

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException with a sentence for the person
   */
  public static ProposalId parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not the id of a proposal; one is U0000042@7, see keyroll proposals."
              .formatted(text));
    }
    return new ProposalId(Long.parseLong(form.group(2)), UnitId.parse(form.group(1)));
  }

  @Override
  public String toString() {
    return unit + "@" + run;
  }
}

package org.keyroll.adjustment;

import java.util.regex.Pattern;

/** Names an override, such as {@code O12}. */
public record OverrideId(long number) {
  private static final Pattern FORM = Pattern.compile("[Oo]([1-9][0-9]{0,9})");

  /** Whether a text is the id of an override. */
  public static boolean is(String text) {
    return FORM.matcher(text.strip()).matches();
  }

  /**
   * Reads an id as a person types it.
   *
   * @throws IllegalArgumentException with a sentence for the person
   */
  public static OverrideId parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not the id of an override; one is O12, see keyroll overrides."
              .formatted(text));
    }
    return new OverrideId(Long.parseLong(form.group(1)));
  }

  @Override
  public String toString() {
    return "O" + number;
  }
}

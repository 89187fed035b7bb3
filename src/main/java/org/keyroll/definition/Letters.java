package org.keyroll.definition;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What units are told in writing.
 *
 * @param most letters that are made with a revision; one with more changes has them on demand
 */
public record Letters(List<Letter> letters, int most) {
  /** Where {@code letters.yml} does not say. */
  static final int MOST = 500;

  /** What stands in braces in a text for something of the unit or the revision. */
  public static final Set<String> PLACEHOLDERS =
      Set.of(
          "unit",
          "name",
          "identifier",
          "tier",
          "before",
          "departments",
          "effective_on",
          "reason",
          "legal_basis",
          "programme",
          "authority",
          "revision");

  /**
   * A letter to each unit that a change of a kind concerns.
   *
   * @param on kinds of change
   * @param text paragraphs, with placeholders in braces
   * @param slip title of the slip on which the unit confirms receipt; null: there is none
   */
  public record Letter(
      String id,
      List<String> on,
      String title,
      @Nullable String reference,
      List<String> text,
      @Nullable String slip) {}
}

package org.keyroll.definition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors.Fault;

/**
 * Golden cases of a policy.
 *
 * @param file where they stand; null where a programme has none
 * @param population facts of the units that statistics and ranks are taken over
 */
public record Cases(@Nullable String file, List<Map<String, Object>> population, List<Case> cases) {

  static final Cases NONE = new Cases(null, List.of(), List.of());

  /**
   * A unit that is made up, and what the policy must say of it; null where nothing is asked.
   *
   * @param line where it stands
   * @param facts fact to a String or a Double; others are missing
   * @param now the tier it is in; null where it is not on the list
   * @param score a number with the decimals that count
   * @param criteria values after their steps, by path
   * @param tier a tier, or {@code none}
   */
  public record Case(
      int line,
      String id,
      Map<String, Object> facts,
      @Nullable String now,
      @Nullable Wanted score,
      Map<String, Wanted> criteria,
      @Nullable String tier,
      @Nullable List<String> triggers,
      @Nullable List<String> exemptions,
      @Nullable List<String> judgements) {}

  /** A number to the decimals that are written; null for none. */
  public record Wanted(@Nullable BigDecimal number) {

    /** Whether a value, NaN for none, is what is wanted. */
    public boolean is(double value) {
      if (number == null || Double.isNaN(value)) {
        return number == null && Double.isNaN(value);
      }
      // The next double to a half, so that 0.285 is 0.29 and 0.28 alike.
      double half = 0.5 * Math.pow(10, -Math.max(0, number.scale())) * (1 + 1e-9);
      return Math.abs(value - number.doubleValue()) <= half;
    }

    @Override
    public String toString() {
      return number == null ? "none" : number.toPlainString();
    }
  }

  /** A case that is not as it must be. */
  public Fault fault(Case failing, String message) {
    return new Fault(
        String.valueOf(file),
        failing.line(),
        "the case \"%s\": %s".formatted(failing.id(), message));
  }
}

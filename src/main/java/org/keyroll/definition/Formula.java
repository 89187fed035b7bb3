package org.keyroll.definition;

import dev.cel.common.types.SimpleType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled, type-checked CEL expression that makes a fact of others. */
public final class Formula {
  private final String expression;
  private final @Nullable Double undefined;
  private final Condition.Compiled compiled;

  private Formula(Policy.Expression expression, Condition.Compiled compiled) {
    this.expression = expression.cel();
    this.undefined = expression.undefined();
    this.compiled = compiled;
  }

  /** Compiles an expression whose result is of the type given. */
  public static Formula compile(
      Policy.Expression expression, Policy.FactType result, Map<String, Policy.FactType> facts)
      throws InvalidCondition {
    return new Formula(
        expression,
        Condition.compile(
            expression.cel(),
            facts,
            result == Policy.FactType.TEXT ? SimpleType.STRING : SimpleType.DOUBLE));
  }

  /** The facts it mentions. */
  public Set<String> facts() {
    return compiled.facts();
  }

  /** Whether it divides by something that may be zero. */
  boolean divides() {
    return compiled.divides();
  }

  /**
   * The value, a String or a Double; null when a fact is absent that it mentions (or, where it asks
   * whether facts are filled, that the answer takes), or where there is no answer and none is
   * declared.
   *
   * @param values by fact, each a String or a Double
   */
  public @Nullable Object value(Map<String, ?> values) {
    var value = compiled.evaluate(expression, values);
    if (value instanceof Number number) {
      double answer = number.doubleValue();
      return Double.isFinite(answer) ? (Double) answer : undefined;
    }
    return value;
  }

  @Override
  public String toString() {
    return expression;
  }
}

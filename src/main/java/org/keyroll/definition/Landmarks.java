package org.keyroll.definition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values at which conditions can change their answer, fact by fact. Between two neighbours of a
 * number fact no condition changes, so that trying each value, and one between any two, tries all.
 */
final class Landmarks {
  private static final Set<String> LOGIC = Set.of("_&&_", "_||_", "!_", "_?_:_");
  private static final Set<String> COMPARISONS =
      Set.of("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_");

  private final Map<String, TreeSet<Double>> numbers = new TreeMap<>();
  private final Map<String, TreeSet<String>> texts = new TreeMap<>();
  private boolean decidable = true;

  /** Takes those of an expression in. */
  void add(CelExpr expression) {
    var kind = expression.exprKind().getKind();
    if (kind != Kind.CALL) {
      decidable &= kind == Kind.CONSTANT;
      return;
    }
    var call = expression.call();
    if (LOGIC.contains(call.function())) {
      call.args().forEach(this::add);
    } else if (COMPARISONS.contains(call.function())) {
      compared(call.args().get(0), List.of(call.args().get(1)));
    } else if (call.function().equals("@in")) {
      var list = call.args().get(1);
      compared(
          call.args().get(0),
          list.exprKind().getKind() == Kind.LIST ? list.list().elements() : List.of(list));
    } else {
      decidable = false;
    }
  }

  private void compared(CelExpr left, List<CelExpr> right) {
    if (left.exprKind().getKind() == Kind.CONSTANT && right.size() == 1) {
      compared(right.get(0), List.of(left));
      return;
    }
    if (left.exprKind().getKind() != Kind.IDENT) {
      decidable = false;
      return;
    }
    for (var value : right) {
      if (value.exprKind().getKind() != Kind.CONSTANT) {
        decidable = false;
        return;
      }
      put(left.ident().name(), value.constant());
    }
  }

  private void put(String fact, CelConstant value) {
    switch (value.getKind()) {
      case DOUBLE_VALUE -> numbers(fact).add(value.doubleValue());
      case INT64_VALUE -> numbers(fact).add((double) value.int64Value());
      case STRING_VALUE ->
          texts.computeIfAbsent(fact, f -> new TreeSet<>()).add(value.stringValue());
      default -> decidable = false;
    }
  }

  private Set<Double> numbers(String fact) {
    return numbers.computeIfAbsent(fact, f -> new TreeSet<>());
  }

  /**
   * The values of a fact to try.
   *
   * @param span where a number fact can lie
   * @param known what a text fact can be; null where that is open
   */
  List<Object> of(String fact, boolean number, Span span, @Nullable Set<String> known) {
    if (!number) {
      var values =
          new ArrayList<Object>(known == null ? texts.getOrDefault(fact, new TreeSet<>()) : known);
      if (known == null) {
        values.add("\u0000another");
      }
      return values;
    }
    var marks = new TreeSet<Double>(numbers(fact));
    if (Double.isFinite(span.low())) {
      marks.add(span.low());
    }
    if (Double.isFinite(span.high())) {
      marks.add(span.high());
    }
    var values = new TreeSet<Double>(marks);
    Double before = null;
    for (double mark : marks) {
      values.add(before == null ? mark - 1 : before + (mark - before) / 2);
      before = mark;
    }
    values.add(before == null ? 0 : before + 1);
    values.removeIf(v -> v < span.low() || v > span.high());
    return List.copyOf(values);
  }

  /** Whether conditions compare facts with fixed values only. */
  boolean decidable() {
    return decidable;
  }
}

package org.keyroll.definition;

import static dev.cel.checker.CelStandardDeclarations.StandardFunction.*;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic.*;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A compiled, type-checked CEL condition over facts. Only operations that always end and never fail
 * are known: comparison, logic, {@code in} a list, beginnings, ends and parts of texts, arithmetic
 * of decimals, {@code filled(fact)}. Its time is bounded by its length.
 */
public final class Condition {
  static final String FILLED = "@filled";

  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableComprehension(false)
          .comprehensionMaxIterations(0)
          .maxExpressionCodePointSize(4_000)
          .maxParseRecursionDepth(32)
          .maxParseErrorRecoveryLimit(3)
          .build();

  private static final Set<StandardFunction> FUNCTIONS =
      EnumSet.of(
          LOGICAL_NOT,
          LOGICAL_AND,
          LOGICAL_OR,
          CONDITIONAL,
          IN,
          EQUALS,
          NOT_EQUALS,
          LESS,
          LESS_EQUALS,
          GREATER,
          GREATER_EQUALS,
          CONTAINS,
          STARTS_WITH,
          ENDS_WITH);

  /** Of decimals only: whole numbers overflow and cannot be divided by zero. */
  private static final Set<?> ARITHMETIC =
      EnumSet.of(ADD_DOUBLE, SUBTRACT_DOUBLE, MULTIPLY_DOUBLE, DIVIDE_DOUBLE, NEGATE_DOUBLE);

  /** Makes {@code filled(name)} the variable of that name with {@link #FILLED} at its end. */
  static final CelMacro FILLED_MACRO =
      CelMacro.newGlobalMacro(
          "filled",
          1,
          (factory, target, arguments) ->
              arguments.get(0).exprKind().getKind() == Kind.IDENT
                  ? Optional.of(factory.newIdentifier(arguments.get(0).ident().name() + FILLED))
                  : Optional.empty());

  static final CelStandardDeclarations DECLARATIONS =
      CelStandardDeclarations.newBuilder()
          .filterFunctions(
              (function, overload) -> FUNCTIONS.contains(function) || ARITHMETIC.contains(overload))
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  /** What CEL calls the operator. */
  private static final String DIVIDE = "_/_";

  private static final Set<Kind> KINDS =
      EnumSet.of(Kind.CONSTANT, Kind.IDENT, Kind.CALL, Kind.LIST);

  private final String expression;
  private final Compiled compiled;

  private Condition(String expression, Compiled compiled) {
    this.expression = expression;
    this.compiled = compiled;
  }

  /**
   * A checked expression.
   *
   * @param facts those it mentions
   * @param asked those of which it asks whether they are filled
   * @param divides whether it divides by something that may be zero
   */
  record Compiled(
      Set<String> facts, Set<String> asked, boolean divides, CelRuntime.Program program) {

    /**
     * The answer; null where a fact is absent that it mentions, or, where it asks whether facts are
     * filled, where one is absent that the answer takes.
     *
     * @param values by fact, each a String or a Double
     */
    @Nullable Object evaluate(String expression, Map<String, ?> values) {
      boolean complete = values.keySet().containsAll(facts);
      if (!complete && asked.isEmpty()) {
        return null;
      }
      try {
        if (asked.isEmpty()) {
          return program.eval(values);
        }
        var all = new HashMap<String, Object>(values);
        asked.forEach(fact -> all.put(fact + FILLED, values.containsKey(fact)));
        return program.eval(all);
      } catch (CelEvaluationException e) {
        if (!complete) {
          return null;
        }
        throw new IllegalArgumentException(
            "the expression " + expression + " was given a value of a wrong type", e);
      }
    }
  }

  /** Compiles an expression; text facts are CEL strings in it, number facts doubles. */
  public static Condition compile(String expression, Map<String, Policy.FactType> facts)
      throws InvalidCondition {
    var compiled = compile(expression, facts, SimpleType.BOOL);
    if (compiled.divides()) {
      throw new InvalidCondition(
          "this may divide by zero; make the quotient a fact with \"expression\" and say with"
              + " \"undefined\" what it is then");
    }
    return new Condition(expression, compiled);
  }

  /** What a condition says, as a tree. */
  static CelExpr tree(String expression, Map<String, Policy.FactType> facts)
      throws InvalidCondition {
    return check(expression, facts, SimpleType.BOOL).getExpr();
  }

  static Compiled compile(String expression, Map<String, Policy.FactType> facts, CelType result)
      throws InvalidCondition {
    var tree = check(expression, facts, result);
    boolean divides = refuseWhatCouldFail(tree);
    try {
      return new Compiled(
          mentioned(tree, facts, true),
          mentioned(tree, facts, false),
          divides,
          RUNTIME.createProgram(tree));
    } catch (CelEvaluationException e) {
      throw new InvalidCondition("cannot be prepared: " + e.getMessage());
    }
  }

  /** Returns whether it divides by what may be zero. */
  static boolean refuseWhatCouldFail(CelAbstractSyntaxTree tree) throws InvalidCondition {
    boolean divides = false;
    for (var node : CelNavigableAst.fromAst(tree).getRoot().allNodes().toList()) {
      if (!KINDS.contains(node.expr().exprKind().getKind())) {
        throw new InvalidCondition("maps and objects are not known in conditions; use a list");
      }
      if (tree.getTypeOrThrow(node.expr().id()).equals(ListType.create(SimpleType.DYN))
          && !node.expr().list().elements().isEmpty()) {
        throw new InvalidCondition("a list must hold only texts or only numbers");
      }
      divides |= dividesByWhatMayBeZero(node.expr());
    }
    return divides;
  }

  private static boolean dividesByWhatMayBeZero(CelExpr expression) throws InvalidCondition {
    if (expression.exprKind().getKind() != Kind.CALL
        || !expression.call().function().equals(DIVIDE)) {
      return false;
    }
    var divisor = expression.call().args().get(1);
    if (divisor.exprKind().getKind() != Kind.CONSTANT) {
      return true;
    }
    if (divisor.constant().doubleValue() == 0) {
      throw new InvalidCondition("this divides by zero");
    }
    return false;
  }

  private static CelAbstractSyntaxTree check(
      String expression, Map<String, Policy.FactType> facts, CelType wanted)
      throws InvalidCondition {
    var compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(DECLARATIONS)
            .setOptions(OPTIONS)
            .addMacros(FILLED_MACRO)
            .setResultType(wanted);
    facts.forEach(
        (name, type) -> {
          compiler.addVar(
              name, type == Policy.FactType.TEXT ? SimpleType.STRING : SimpleType.DOUBLE);
          compiler.addVar(name + FILLED, SimpleType.BOOL);
        });
    var result = compiler.build().compile(expression);
    try {
      if (!result.hasError()) {
        return result.getAst();
      }
    } catch (CelValidationException e) {
      throw new InvalidCondition(String.valueOf(e.getMessage()));
    }
    throw new InvalidCondition(
        ConditionFault.words(result.getErrors(), expression, "fact", facts.keySet()));
  }

  /** The facts it mentions, or only those of which it asks whether they are filled. */
  private static Set<String> mentioned(
      CelAbstractSyntaxTree tree, Map<String, Policy.FactType> facts, boolean all) {
    var names = new TreeSet<String>();
    for (CelReference reference : tree.getReferenceMap().values()) {
      var name = reference.name();
      boolean asks = name.endsWith(FILLED);
      var fact = asks ? name.substring(0, name.length() - FILLED.length()) : name;
      if ((all || asks) && facts.containsKey(fact)) {
        names.add(fact);
      }
    }
    return Set.copyOf(names);
  }

  /** The facts it mentions. */
  public Set<String> facts() {
    return compiled.facts();
  }

  /**
   * Whether it holds; it does not when a fact is absent that it mentions, or, where it asks whether
   * facts are filled, one that the answer takes. Safe for use by many threads.
   *
   * @param values by fact, each a String or a Double
   */
  public boolean holds(Map<String, ?> values) {
    return Boolean.TRUE.equals(compiled.evaluate(expression, values));
  }

  @Override
  public String toString() {
    return expression;
  }
}

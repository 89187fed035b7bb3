package org.keyroll.definition;

import static dev.cel.checker.CelStandardDeclarations.StandardFunction.*;
import static dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic.*;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A compiled, type-checked CEL condition over facts. Only operations that always end and never fail
 * are known: comparison, logic, {@code in} a list, beginnings, ends and parts of texts, arithmetic
 * of decimals. Its time is bounded by its length.
 */
public final class Condition {
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

  static final CelStandardDeclarations DECLARATIONS =
      CelStandardDeclarations.newBuilder()
          .filterFunctions(
              (function, overload) -> FUNCTIONS.contains(function) || ARITHMETIC.contains(overload))
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private static final Set<Kind> KINDS =
      EnumSet.of(Kind.CONSTANT, Kind.IDENT, Kind.CALL, Kind.LIST);

  private final String expression;
  private final Set<String> facts;
  private final CelRuntime.Program program;

  private Condition(String expression, Set<String> facts, CelRuntime.Program program) {
    this.expression = expression;
    this.facts = facts;
    this.program = program;
  }

  /** Compiles an expression; text facts are CEL strings in it, number facts doubles. */
  public static Condition compile(String expression, Map<String, Policy.FactType> facts)
      throws InvalidCondition {
    var tree = check(expression, facts);
    refuseWhatCouldFail(tree);
    try {
      return new Condition(expression, mentioned(tree, facts), RUNTIME.createProgram(tree));
    } catch (CelEvaluationException e) {
      throw new InvalidCondition("cannot be prepared: " + e.getMessage());
    }
  }

  static void refuseWhatCouldFail(CelAbstractSyntaxTree tree) throws InvalidCondition {
    for (var node : CelNavigableAst.fromAst(tree).getRoot().allNodes().toList()) {
      if (!KINDS.contains(node.expr().exprKind().getKind())) {
        throw new InvalidCondition("maps and objects are not known in conditions; use a list");
      }
      if (tree.getTypeOrThrow(node.expr().id()).equals(ListType.create(SimpleType.DYN))
          && !node.expr().list().elements().isEmpty()) {
        throw new InvalidCondition("a list must hold only texts or only numbers");
      }
    }
  }

  private static CelAbstractSyntaxTree check(String expression, Map<String, Policy.FactType> facts)
      throws InvalidCondition {
    var compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(DECLARATIONS)
            .setOptions(OPTIONS)
            .setResultType(SimpleType.BOOL);
    facts.forEach(
        (name, type) ->
            compiler.addVar(
                name, type == Policy.FactType.TEXT ? SimpleType.STRING : SimpleType.DOUBLE));
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

  private static Set<String> mentioned(
      CelAbstractSyntaxTree tree, Map<String, Policy.FactType> facts) {
    var names = new TreeSet<String>();
    for (CelReference reference : tree.getReferenceMap().values()) {
      if (facts.containsKey(reference.name())) {
        names.add(reference.name());
      }
    }
    return Set.copyOf(names);
  }

  /** The facts it mentions. */
  public Set<String> facts() {
    return facts;
  }

  /**
   * Whether it holds; it does not when a fact it mentions is absent. Safe for use by many threads.
   *
   * @param values by fact, each a String or a Double
   */
  public boolean holds(Map<String, ?> values) {
    for (var fact : facts) {
      if (values.get(fact) == null) {
        return false;
      }
    }
    try {
      return (boolean) program.eval(values);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(
          "the condition " + expression + " was given a value of a wrong type", e);
    }
  }

  @Override
  public String toString() {
    return expression;
  }
}

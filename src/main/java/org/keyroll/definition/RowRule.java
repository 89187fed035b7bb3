package org.keyroll.definition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled, type-checked rule between the values of a row. In it texts, codes, identifiers,
 * choices and periods are texts, numbers decimals, dates dates, and lists lists of texts; {@code
 * filled(field)} asks whether there is a value, {@code as_of} is the business date, {@code
 * days(from, to)} counts days and {@code size(list)} values. It always ends and never fails.
 */
public final class RowRule {
  private static final String AS_OF = "as_of";

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(Condition.OPTIONS)
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "days_date_date",
                  Instant.class,
                  Instant.class,
                  (from, to) -> (double) Duration.between(from, to).toDays()),
              CelFunctionBinding.from("size_of_list", List.class, list -> (double) list.size()))
          .build();

  private final Source.Rule rule;
  private final @Nullable Part when;
  private final Part must;
  private final Set<String> fields;

  /**
   * An expression.
   *
   * @param needed the fields that must be filled for it to be asked
   */
  private record Part(
      String text, CelRuntime.Program program, Set<String> needed, Set<String> mentioned) {}

  private RowRule(Source.Rule rule, @Nullable Part when, Part must) {
    this.rule = rule;
    this.when = when;
    this.must = must;
    var all = new LinkedHashSet<>(must.mentioned());
    if (when != null) {
      all.addAll(when.mentioned());
    }
    this.fields = all;
  }

  /** Compiles a rule over the columns of its source. */
  public static RowRule compile(Source.Rule rule, Map<String, Source.Column> columns)
      throws InvalidCondition {
    return new RowRule(
        rule, rule.when() == null ? null : part(rule.when(), columns), part(rule.must(), columns));
  }

  /** Compiles one expression, {@code when} or {@code must}. */
  static Part part(String expression, Map<String, Source.Column> columns) throws InvalidCondition {
    var compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(Condition.DECLARATIONS)
            .setOptions(Condition.OPTIONS)
            .addMacros(Condition.FILLED_MACRO)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    "days",
                    CelOverloadDecl.newGlobalOverload(
                        "days_date_date",
                        SimpleType.DOUBLE,
                        SimpleType.TIMESTAMP,
                        SimpleType.TIMESTAMP)),
                CelFunctionDecl.newFunctionDeclaration(
                    "size",
                    CelOverloadDecl.newGlobalOverload(
                        "size_of_list", SimpleType.DOUBLE, ListType.create(SimpleType.STRING))))
            .addVar(AS_OF, SimpleType.TIMESTAMP)
            .setResultType(SimpleType.BOOL);
    columns.forEach(
        (field, column) -> {
          compiler.addVar(field, type(column));
          compiler.addVar(field + Condition.FILLED, SimpleType.BOOL);
        });
    var result = compiler.build().compile(expression);
    try {
      if (result.hasError()) {
        throw new InvalidCondition(
            ConditionFault.words(result.getErrors(), expression, "field", columns.keySet()));
      }
      var tree = result.getAst();
      Condition.refuseWhatCouldFail(tree);
      return part(expression, tree, columns.keySet());
    } catch (CelValidationException e) {
      throw new InvalidCondition(String.valueOf(e.getMessage()));
    } catch (CelEvaluationException e) {
      throw new InvalidCondition("cannot be prepared: " + e.getMessage());
    }
  }

  private static Part part(String expression, CelAbstractSyntaxTree tree, Set<String> columns)
      throws CelEvaluationException {
    var needed = new LinkedHashSet<String>();
    var mentioned = new LinkedHashSet<String>();
    for (var reference : tree.getReferenceMap().values()) {
      var name = reference.name();
      if (columns.contains(name)) {
        needed.add(name);
        mentioned.add(name);
      } else if (name.endsWith(Condition.FILLED)) {
        mentioned.add(name.substring(0, name.length() - Condition.FILLED.length()));
      }
    }
    return new Part(expression, RUNTIME.createProgram(tree), needed, mentioned);
  }

  private static CelType type(Source.Column column) {
    return switch (column.type()) {
      case TEXT, CODE, IDENTIFIER, CHOICE, PERIOD -> SimpleType.STRING;
      case INTEGER, DECIMAL, PERCENTAGE -> SimpleType.DOUBLE;
      case DATE -> SimpleType.TIMESTAMP;
      case BOOLEAN -> SimpleType.BOOL;
      case LIST -> ListType.create(SimpleType.STRING);
    };
  }

  public String id() {
    return rule.id();
  }

  public String message() {
    return rule.message();
  }

  /** The fields it speaks of. */
  public Set<String> fields() {
    return fields;
  }

  /**
   * Whether a row keeps it; a rule that does not apply is kept.
   *
   * @param values canonical, by field
   */
  public boolean keeps(
      Map<String, String> values, Map<String, Source.Column> columns, LocalDate asOf) {
    if (!values.keySet().containsAll(must.needed())
        || when != null && !values.keySet().containsAll(when.needed())) {
      return true;
    }
    var variables = new HashMap<String, Object>();
    variables.put(AS_OF, instant(asOf));
    for (var field : fields) {
      var value = values.get(field);
      variables.put(field + Condition.FILLED, value != null);
      var column = columns.get(field);
      if (value != null && column != null) {
        variables.put(field, value(column.type(), value));
      }
    }
    return when != null && !holds(when, variables) || holds(must, variables);
  }

  private static boolean holds(Part part, Map<String, Object> variables) {
    try {
      return (boolean) part.program().eval(variables);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(
          "the rule " + part.text() + " was given a value of a wrong type", e);
    }
  }

  private static Object value(Source.Type type, String value) {
    return switch (type) {
      case INTEGER, DECIMAL, PERCENTAGE -> Double.parseDouble(value);
      case DATE -> instant(LocalDate.parse(value));
      case BOOLEAN -> Boolean.parseBoolean(value);
      case LIST -> List.of(value.split("\n", -1));
      default -> value;
    };
  }

  private static Instant instant(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}

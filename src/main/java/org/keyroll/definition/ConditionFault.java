package org.keyroll.definition;

import dev.cel.common.CelIssue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in words what the CEL compiler found. */
final class ConditionFault {
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']+)' applied to '(.*?)' \\(candidates.*",
          Pattern.DOTALL);
  private static final Pattern EXPECTED =
      Pattern.compile("expected type '([^']+)' but found '([^']+)'");
  private static final Map<String, String> TYPES =
      Map.of(
          "string", "a text",
          "double", "a decimal",
          "int", "a whole number",
          "uint", "a whole number",
          "bool", "true or false",
          "google.protobuf.Timestamp", "a date");

  private ConditionFault() {}

  static String words(
      List<CelIssue> issues, String expression, String what, Collection<String> known) {
    return issues.stream()
        .limit(3)
        .map(issue -> sentence(issue, expression, what, known) + place(issue))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String place(CelIssue issue) {
    var at = issue.getSourceLocation();
    if (at.getColumn() < 0) {
      return "";
    }
    var column = " at column " + (at.getColumn() + 1);
    return at.getLine() > 1 ? column + " of its line " + at.getLine() : column;
  }

  private static String sentence(
      CelIssue issue, String expression, String what, Collection<String> known) {
    var message = issue.getMessage();
    var undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      var name = undeclared.group(1).replace(Condition.FILLED, "");
      if (name.equals("filled")) {
        return "\"filled\" asks for one " + what + " by its name: filled(name)";
      }
      return !undeclared.group(1).endsWith(Condition.FILLED) && isCalled(name, expression)
          ? "there is no function \"" + name + "\" in conditions"
          : "there is no " + what + " \"" + name + "\"" + Words.instead(name, known);
    }
    var overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      return overload(operator(overload.group(1)), overload.group(2));
    }
    var expected = EXPECTED.matcher(message);
    if (expected.matches()) {
      return "expected " + type(expected.group(1)) + ", found " + type(expected.group(2));
    }
    if (message.contains("'<EOF>'")) {
      return "the condition ends too early";
    }
    if (message.contains("recursion limit")) {
      return "the condition is nested too deeply";
    }
    if (message.startsWith("token recognition error")) {
      return "cannot be read; is a quote missing?";
    }
    var expecting = message.indexOf(" expecting ");
    return "cannot be read: " + (expecting < 0 ? message : message.substring(0, expecting));
  }

  private static boolean isCalled(String name, String expression) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\s*\\(")
            .matcher(expression)
            .find()
        || Pattern.compile("\\.\\s*" + Pattern.quote(name) + "\\s*\\(").matcher(expression).find();
  }

  private static String overload(String operator, String operands) {
    var inner = operands.replaceFirst("\\.\\(", ", ").replaceAll("[()]", "");
    var words = List.of(inner.split(", ")).stream().map(ConditionFault::type).toList();
    var hint =
        inner.contains("double") && inner.contains("int")
            ? "; write whole numbers with a decimal point: 1.0"
            : "";
    return "\"" + operator + "\" cannot take " + String.join(" and ", words) + hint;
  }

  private static String operator(String name) {
    return name.equals("@in") ? "in" : name.replaceAll("^_|_$|_", "");
  }

  private static String type(String name) {
    var list = name.startsWith("list") ? name.substring(4).replaceAll("[()]", "") : null;
    return list != null
        ? "a list of " + TYPES.getOrDefault(list, list)
        : TYPES.getOrDefault(name, name);
  }
}

package org.keyroll.intake;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text that a regular expression matches: of literals, classes, groups and repetitions, which is
 * what definitions are made of. Nothing for any other.
 */
final class PatternSample {
  private final String expression;
  private final int number;
  private int at;

  private PatternSample(String expression, int number) {
    this.expression = expression;
    this.number = number;
  }

  /** The text; other numbers give other texts where there are any. */
  static Optional<String> of(String expression, int number) {
    try {
      var text = new PatternSample(expression, number).alternative();
      return Pattern.matches(expression, text) ? Optional.of(text) : Optional.empty();
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // An expression of another kind.
      return Optional.empty();
    }
  }

  /** The first of the alternatives; the others are passed over. */
  private String alternative() {
    var text = new StringBuilder();
    boolean first = true;
    while (at < expression.length() && expression.charAt(at) != ')') {
      if (expression.charAt(at) == '|') {
        first = false;
        at++;
        continue;
      }
      var one = one();
      var many = one.repeat(times());
      text.append(first ? many : "");
    }
    return text.toString();
  }

  private String one() {
    char c = expression.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> String.valueOf(ofClass());
      case '\\' -> escaped();
      case '.' -> "x";
      case '^', '$' -> "";
      default -> String.valueOf(c);
    };
  }

  private String group() {
    if (expression.startsWith("?:", at)) {
      at += 2;
    }
    var inner = alternative();
    at++;
    return inner;
  }

  private String escaped() {
    char c = expression.charAt(at++);
    return c == 'd' ? String.valueOf((char) ('1' + number % 9)) : String.valueOf(c);
  }

  private char ofClass() {
    var signs = new StringBuilder();
    while (expression.charAt(at) != ']') {
      char from = expression.charAt(at++);
      if (expression.charAt(at) == '-' && expression.charAt(at + 1) != ']') {
        char to = expression.charAt(at + 1);
        at += 2;
        for (char c = from; c <= to; c++) {
          signs.append(c);
        }
      } else {
        signs.append(from);
      }
    }
    at++;
    return signs.charAt((number + 1) % signs.length());
  }

  /** The fewest that are allowed, but one of what may be there. */
  private int times() {
    if (at >= expression.length()) {
      return 1;
    }
    switch (expression.charAt(at)) {
      case '?', '*', '+' -> at++;
      case '{' -> {
        int end = expression.indexOf('}', at);
        var least = expression.substring(at + 1, end).replaceFirst(",.*", "");
        at = end + 1;
        return Integer.parseInt(least);
      }
      default -> {
        // Once.
      }
    }
    return 1;
  }
}

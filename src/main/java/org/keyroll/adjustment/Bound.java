package org.keyroll.adjustment;

import java.util.Locale;

/**
 * A bound of the envelope of a programme, and how far the changes of a revision go.
 *
 * @param of title of the tier or department; empty where it is of the list
 * @param was units before
 * @param is units afterwards; of entering, leaving and turnover those that do
 * @param change as a share of what was; of a department how far its share of the list moves, of the
 *     suspended their share of the list
 * @param allowed the most that goes out without a person
 * @param outside whether it is more; a few units never are
 */
public record Bound(
    Kind kind, String of, long was, long is, double change, double allowed, boolean outside) {

  /** What is bounded. */
  public enum Kind {
    ENTERING,
    LEAVING,
    TURNOVER,
    SUSPENDED,
    TIER,
    DEPARTMENT
  }

  /** How it is outside, for a person. */
  String sentence(long listed, long then) {
    return switch (kind) {
      case ENTERING -> turnover("enter");
      case LEAVING -> turnover("leave");
      case TURNOVER -> turnover("enter or leave");
      case SUSPENDED ->
          "%d of %d units would be suspended for stale data, after %d; programme.yml allows %s of"
                  .formatted(is, then, was, percent(allowed))
              + " the list without a person.";
      case TIER ->
          "The tier %s would go from %d to %d units; programme.yml allows a change by %s without a"
                  .formatted(of, was, is, percent(allowed))
              + " person.";
      case DEPARTMENT ->
          "The share of %s in the list would go from %s to %s; programme.yml allows %s of the list"
                  .formatted(
                      of, percent(share(was, listed)), percent(share(is, then)), percent(allowed))
              + " without a person.";
    };
  }

  private String turnover(String verb) {
    return "%d unit%s would %s a list of %d; programme.yml allows %s without a person."
        .formatted(is, is == 1 ? "" : "s", verb, was, percent(allowed));
  }

  static double share(long units, long of) {
    return of == 0 ? 0 : (double) units / of;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("[.]0$", "") + " %";
  }
}

package org.keyroll.scoring;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Source;

/** What facts can be, as their columns say. */
record Domains(Definitions definitions) {
  private static final Set<Source.Type> WHOLE =
      EnumSet.of(Source.Type.INTEGER, Source.Type.BOOLEAN);

  private Policy.@Nullable Fact fact(String name) {
    return definitions.policy().facts().get(name);
  }

  private Source.@Nullable Column column(String source, String field) {
    var found = definitions.sources().get(source);
    return found == null ? null : found.columns().get(field);
  }

  private java.util.List<Source.Column> columns(String name) {
    var columns = new java.util.ArrayList<Source.Column>();
    var fact = fact(name);
    if (fact != null) {
      for (var path : fact.from()) {
        int dot = path.indexOf('.');
        var column = column(path.substring(0, dot), path.substring(dot + 1));
        if (column != null) {
          columns.add(column);
        }
      }
      var events = fact.events();
      var column =
          events == null || events.field() == null ? null : column(events.source(), events.field());
      if (column != null) {
        columns.add(column);
      }
    }
    return columns;
  }

  /** The values that a text fact can take; empty where they are open. */
  Set<String> texts(String name) {
    var texts = new TreeSet<String>();
    for (var column : columns(name)) {
      if (column.type() == Source.Type.BOOLEAN) {
        texts.addAll(Set.of("true", "false"));
      } else if (column.type() == Source.Type.CHOICE) {
        texts.addAll(column.choices().keySet());
      } else {
        return Set.of();
      }
    }
    return texts;
  }

  /** Whether a number fact is always a whole number. */
  boolean whole(String name) {
    var fact = fact(name);
    var events = fact == null ? null : fact.events();
    if (events != null && events.take() == Policy.Take.COUNT) {
      return events.decay() == null;
    }
    var columns = columns(name);
    return !columns.isEmpty() && columns.stream().allMatch(c -> WHOLE.contains(c.type()));
  }

  double least(String name) {
    var fact = fact(name);
    var events = fact == null ? null : fact.events();
    if (events != null && events.take() == Policy.Take.COUNT) {
      return 0;
    }
    if (events != null && events.field() == null) {
      return 0; // the age of a record
    }
    double least = end(name, c -> c.min() != null ? value(c.min()) : next(c.above(), 1), -1);
    return events != null && events.take() == Policy.Take.SUM && least < 0
        ? Double.NEGATIVE_INFINITY
        : events != null && events.take() == Policy.Take.SUM ? 0 : least;
  }

  double greatest(String name) {
    var fact = fact(name);
    if (fact != null && fact.events() != null && fact.events().take() == Policy.Take.SUM) {
      return Double.POSITIVE_INFINITY;
    }
    return end(name, c -> c.max() != null ? value(c.max()) : next(c.below(), -1), 1);
  }

  private static @Nullable Double value(@Nullable BigDecimal bound) {
    return bound == null ? null : (Double) bound.doubleValue();
  }

  /** The number beside a bound that is not right itself. */
  private static @Nullable Double next(@Nullable BigDecimal bound, int sign) {
    return bound == null
        ? null
        : (Double)
            (sign < 0 ? Math.nextDown(bound.doubleValue()) : Math.nextUp(bound.doubleValue()));
  }

  private double end(String name, Function<Source.Column, @Nullable Double> bound, int sign) {
    double end = Double.NaN;
    for (var column : columns(name)) {
      var own = bound.apply(column);
      double value =
          column.type() == Source.Type.BOOLEAN
              ? Math.max(0, sign)
              : own == null ? sign * Double.POSITIVE_INFINITY : own;
      end = Double.isNaN(end) || sign * value > sign * end ? value : end;
    }
    return Double.isNaN(end) ? sign * Double.POSITIVE_INFINITY : end;
  }
}

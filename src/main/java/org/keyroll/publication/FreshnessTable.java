package org.keyroll.publication;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.Freshness.OfField;
import org.keyroll.intake.Freshness.OfSource;
import org.springframework.stereotype.Component;

/** How old each source is and each of its fields: a line a source, then a line a field. */
@Component
class FreshnessTable {
  static final String COLUMNS =
      "source,sender,field,state,delivery,received_on,covers_from,covers_to,as_of,age_days,due_on,"
          + "overdue_on,rows,filled,last_filled_by,last_filled_on,held";

  private final Freshness freshness;

  FreshnessTable(Freshness freshness) {
    this.freshness = freshness;
  }

  void rows(Scope scope, LocalDate asOf, Consumer<List<@Nullable Object>> rows) {
    for (var source : freshness.of(scope, asOf)) {
      rows.accept(row(source, null));
      freshness
          .fields(scope, source.source(), asOf)
          .forEach(field -> rows.accept(row(source, field)));
    }
  }

  private static List<@Nullable Object> row(OfSource source, @Nullable OfField field) {
    var last = source.last();
    var covers = last == null ? null : last.covers();
    var filledBy = field == null ? null : field.last();
    return Arrays.<@Nullable Object>asList(
        source.source().id(),
        source.source().sender(),
        field == null ? null : field.field(),
        field == null ? word(source.clock()) : word(field.reported()),
        last == null ? null : last.fileName(),
        last == null ? null : last.asOf(),
        covers == null ? null : covers.from(),
        covers == null ? null : covers.to(),
        source.asOf(),
        source.age(),
        source.dueOn(),
        source.overdueOn(),
        last == null ? null : (Long) last.counts().accepted(),
        field == null || last == null ? null : (Integer) field.filled(),
        filledBy == null ? null : filledBy.fileName(),
        filledBy == null ? null : filledBy.asOf(),
        field != null || source.held().isEmpty()
            ? null
            : source.held().stream().map(Delivery::fileName).collect(Collectors.joining(" ")));
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}

package org.keyroll.cli;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keyroll.definition.Policy;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.identity.Units.Link;
import org.keyroll.identity.Units.Unit;
import org.keyroll.intake.Cells;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.Freshness.Clock;
import org.keyroll.intake.Freshness.OfRecord;
import org.keyroll.intake.Freshness.OfSource;

/** Says in words how old what is known is, and what it means that something is not known. */
final class Silence {
  private final Session session;
  private final Scope scope;
  private final LocalDate asOf;
  private final Map<String, OfSource> sources;
  private final Map<Long, OfRecord> records = new HashMap<>();
  private final List<Link> links;

  Silence(Session session, Scope scope, Unit unit, LocalDate asOf) {
    this.session = session;
    this.scope = scope;
    this.asOf = asOf;
    this.sources =
        session.get(Freshness.class).of(scope, asOf).stream()
            .collect(Collectors.toMap(s -> s.source().id(), Function.identity()));
    this.links = session.get(Units.class).links(scope, unit.id());
  }

  /** What is in force of a source, how old it is, and when the next is due. */
  static String of(OfSource source) {
    var last = source.last();
    var held =
        source.held().isEmpty()
            ? ""
            : "; held: "
                + source.held().stream().map(Delivery::fileName).collect(Collectors.joining(", "));
    if (last == null) {
      return "it has never reported" + held;
    }
    return "in force is %s%s, received on %s%s%s%s"
        .formatted(
            last.fileName(),
            last.covers() == null ? "" : " of " + last.covers(),
            last.asOf(),
            ago(last.asOf(), source.asOf()),
            clock(source),
            held);
  }

  /** Begins with a separator; empty where nobody waits for a delivery. */
  static String clock(OfSource source) {
    return switch (source.clock()) {
      case FRESH -> "; the next is due on " + source.dueOn();
      case DUE -> "; the next is due since " + source.dueOn();
      case OVERDUE -> "; the next is OVERDUE since " + source.overdueOn();
      case NEVER, UNSCHEDULED -> "";
    };
  }

  private static String ago(LocalDate day, LocalDate asOf) {
    long days = ChronoUnit.DAYS.between(day, asOf);
    return days == 0 ? "" : days == 1 ? ", 1 day ago" : ", %,d days ago".formatted(days);
  }

  /** Since when a record holds, who confirmed it, and whether its source has been silent since. */
  String of(long record) {
    var standing = records.computeIfAbsent(record, r -> session.get(Freshness.class).of(scope, r));
    var brought = standing.brought();
    var by = standing.by();
    var said =
        switch (standing.holds()) {
          case REPORTED -> "reported on %s%s".formatted(brought.asOf(), ago(brought.asOf(), asOf));
          case CONFIRMED ->
              "reported on %s, confirmed unchanged by %s on %s%s"
                  .formatted(brought.asOf(), by.fileName(), by.asOf(), ago(by.asOf(), asOf));
          case REJECTED ->
              "reported on %s; its row in %s of %s was rejected, so this is the last that is known"
                  .formatted(brought.asOf(), by.fileName(), by.asOf());
          case UNMENTIONED ->
              "reported on %s%s; additions since do not mention it"
                  .formatted(brought.asOf(), ago(brought.asOf(), asOf));
        };
    var source = sources.get(brought.source());
    return source == null || source.clock() != Clock.OVERDUE
        ? said
        : said + "; nothing since, and the next report is OVERDUE since " + source.overdueOn();
  }

  /**
   * Why a fact has no value, or why it is zero: one line a source.
   *
   * @param said fields of sources of which something is said already, as in {@code source.field}
   */
  List<String> about(Policy.Fact fact, boolean known, Set<String> said) {
    var lines = new ArrayList<String>();
    var events = fact.events();
    if (events != null) {
      var source = sources.get(events.source());
      if (source != null) {
        lines.add(
            known && source.last() != null
                ? "none: %s".formatted(of(source))
                : source.last() == null
                    ? "no report: %s has never reported".formatted(events.source())
                    : "no value: %s has none of it".formatted(source.last().fileName()));
      }
    }
    if (!known) {
      fact.from().stream().filter(path -> !said.contains(path)).map(this::why).forEach(lines::add);
    }
    return lines;
  }

  private String why(String path) {
    int dot = path.indexOf('.');
    var id = path.substring(0, dot);
    var field = path.substring(dot + 1);
    var source = sources.get(id);
    if (source == null || source.last() == null) {
      return "no report: %s has never reported".formatted(id);
    }
    var mine = links.stream().filter(l -> l.source().equals(id)).toList();
    if (mine.isEmpty()) {
      return "no report of this unit: %s has no row for it".formatted(source.last().fileName());
    }
    var record = mine.get(mine.size() - 1).record();
    var cell = session.get(Cells.class).of(record, field);
    return cell.column() == null
        ? "no value: %s has no column for %s".formatted(cell.file(), field)
        : "no value: %s is empty, %s".formatted(cell.where(), of(record));
  }
}

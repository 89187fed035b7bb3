package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.springframework.stereotype.Service;

/**
 * Looks through the list of a revision. A revision never changes, so what is looked through is read
 * once and held ready: any order and filter takes milliseconds with tens of thousands of units.
 */
@Service
public class ListSearch {
  /** Lists held ready at once; the one asked for longest ago makes way. */
  private static final int HELD = 4;

  private final Entries entries;
  private final Proposals proposals;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  ListSearch(Entries entries, Proposals proposals) {
    this.entries = entries;
    this.proposals = proposals;
  }

  /**
   * A unit of the list, without its reasons and facts.
   *
   * @param status confirmed, kept or suspended
   * @param finalOn when what put it into its tier is no longer provisional; null where nothing is
   */
  public record Line(
      String unit,
      String name,
      @Nullable String identifier,
      String tier,
      @Nullable Double score,
      List<String> departments,
      LocalDate enteredOn,
      Status status,
      @Nullable LocalDate finalOn) {

    private Line finalOn(@Nullable LocalDate date) {
      return date == null
          ? this
          : new Line(unit, name, identifier, tier, score, departments, enteredOn, status, date);
    }
  }

  /** How units stand on the list, as they are looked for. */
  public enum Status {
    /** By its tier's line to enter, by a rule, or by persons. */
    CONFIRMED,
    /** By the line to stay, or the time that it stays at least. */
    KEPT,
    /** For want of fresh data. */
    SUSPENDED,
    /** Its entry or change of tier is provisional now. */
    PROVISIONAL,
    /** Nothing of that is provisional any more. */
    FINAL;

    private static Status of(Entry.@Nullable Status status) {
      return status == null ? CONFIRMED : valueOf(status.name());
    }

    private boolean fits(Line line, boolean provisional) {
      return switch (this) {
        case CONFIRMED, KEPT, SUSPENDED -> line.status() == this;
        case PROVISIONAL -> provisional;
        case FINAL -> !provisional;
      };
    }
  }

  /** By what the list is sorted; ties go by unit. */
  public enum Order {
    UNIT,
    NAME,
    SCORE,
    ENTERED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is looked for.
   *
   * @param text part of a name, an identifier or a unit id; empty for any
   * @param tier id; null for any
   * @param department id; null for any
   * @param status null for any
   */
  public record Query(
      String text,
      @Nullable String tier,
      @Nullable String department,
      @Nullable Status status,
      Order order) {}

  /**
   * A page of what was found.
   *
   * @param found how many units in all
   * @param from how many come before the page
   * @param tiers how many of what text, department and status find are in each tier
   * @param next unit after which the next page begins; null on the last one
   * @param previous unit after which the page before begins, empty for the first page; null there
   */
  public record Page(
      List<Line> lines,
      int found,
      int from,
      Map<String, Integer> tiers,
      @Nullable String next,
      @Nullable String previous) {}

  private static final class Held {
    final List<Line> lines;
    final Map<Order, Line[]> sorted = new ConcurrentHashMap<>();
    volatile long asked;

    Held(List<Line> lines) {
      this.lines = lines;
    }

    Line[] sorted(Order order) {
      return sorted.computeIfAbsent(
          order,
          o -> {
            var all = lines.toArray(Line[]::new);
            Arrays.sort(all, comparator(o));
            return all;
          });
    }
  }

  private static Comparator<Line> comparator(Order order) {
    var byUnit = Comparator.comparingLong((Line l) -> Long.parseLong(l.unit().substring(1)));
    return switch (order) {
      case UNIT -> byUnit;
      case NAME -> Comparator.comparing(Line::name).thenComparing(byUnit);
      case SCORE ->
          Comparator.comparingDouble((Line l) -> l.score() == null ? 1 : -l.score())
              .thenComparing(byUnit);
      case ENTERED -> Comparator.comparing(Line::enteredOn).reversed().thenComparing(byUnit);
    };
  }

  /**
   * Finds units on the list of a revision.
   *
   * @param after unit after which the page begins; empty for the first page
   * @param most lines of a page
   */
  public Page find(Scope scope, long revision, Query query, String after, int most) {
    var text = query.text().strip().toLowerCase(Locale.ROOT);
    var provisional = proposals.provisional(scope, revision);
    Predicate<Line> wanted =
        line ->
            (text.isEmpty() || says(line, text))
                && (query.department() == null || line.departments().contains(query.department()))
                && (query.status() == null
                    || query.status().fits(line, provisional.containsKey(line.unit())));
    var tiers = new LinkedHashMap<String, Integer>();
    scope.programme().tiers().forEach(tier -> tiers.put(tier.id(), 0));
    var found = new ArrayList<Line>();
    int start = 0;
    for (var line : of(scope, revision).sorted(query.order())) {
      if (wanted.test(line)) {
        tiers.merge(line.tier(), 1, Integer::sum);
        if (query.tier() == null || line.tier().equals(query.tier())) {
          found.add(line);
          start = line.unit().equals(after) ? found.size() : start;
        }
      }
    }
    int end = Math.min(start + most, found.size());
    return new Page(
        found.subList(start, end).stream()
            .map(line -> line.finalOn(provisional.get(line.unit())))
            .toList(),
        found.size(),
        start,
        tiers,
        end < found.size() ? found.get(end - 1).unit() : null,
        start == 0 ? null : start <= most ? "" : found.get(start - most - 1).unit());
  }

  /** How many units of a revision each department supervises. */
  public Map<String, Integer> departments(Scope scope, long revision) {
    var counts = new TreeMap<String, Integer>();
    of(scope, revision)
        .lines
        .forEach(line -> line.departments().forEach(d -> counts.merge(d, 1, Integer::sum)));
    return counts;
  }

  private static boolean says(Line line, String text) {
    return line.name().toLowerCase(Locale.ROOT).contains(text)
        || line.identifier() != null && line.identifier().toLowerCase(Locale.ROOT).contains(text)
        || line.unit().toLowerCase(Locale.ROOT).contains(text);
  }

  private Held of(Scope scope, long revision) {
    var key = scope.programmeId() + " " + revision;
    var list =
        held.computeIfAbsent(
            key,
            k ->
                new Held(
                    entries.of(scope, revision).values().stream().map(ListSearch::line).toList()));
    list.asked = System.nanoTime();
    if (held.size() > HELD) {
      held.entrySet().stream()
          .filter(e -> !e.getKey().equals(key))
          .min(Comparator.comparingLong(e -> e.getValue().asked))
          .ifPresent(oldest -> held.remove(oldest.getKey()));
    }
    return list;
  }

  private static Line line(Entry entry) {
    return new Line(
        entry.unit(),
        entry.name(),
        entry.identifier(),
        entry.tier(),
        entry.score(),
        entry.departments(),
        entry.enteredOn(),
        Status.of(entry.status()),
        null);
  }
}

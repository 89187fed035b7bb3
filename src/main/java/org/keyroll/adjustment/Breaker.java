package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Bound.Kind;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Programme.Envelope;

/** Holds the changes of a revision against the envelope of the programme. */
final class Breaker {
  private final Definitions definitions;
  private final Envelope envelope;
  private final Map<Long, Entry> before;
  private final Map<Long, Entry> after;
  private final List<Bound> bounds = new ArrayList<>();

  private Breaker(Definitions definitions, Map<Long, Entry> before, List<Proposal> changes) {
    this.definitions = definitions;
    this.envelope = definitions.programme().approval().envelope();
    this.before = before;
    this.after = new HashMap<>(before);
    for (var change : changes) {
      var entry = change.entry();
      if (entry == null) {
        after.remove(change.unit());
      } else {
        after.put(change.unit(), entry);
      }
    }
    turnover(changes);
    composition();
  }

  /**
   * What of these changes is outside the envelope.
   *
   * @param before the list in force by unit
   * @param changes what would be published
   * @return a sentence each; empty when a revision may go out by itself
   */
  static List<String> outside(
      Definitions definitions, Map<Long, Entry> before, List<Proposal> changes) {
    var breaker = new Breaker(definitions, before, changes);
    return breaker.bounds.stream()
        .filter(Bound::outside)
        .map(b -> b.sentence(before.size(), breaker.after.size()))
        .toList();
  }

  /** All bounds, and how far these changes go. */
  static List<Bound> bounds(
      Definitions definitions, Map<Long, Entry> before, List<Proposal> changes) {
    return List.copyOf(new Breaker(definitions, before, changes).bounds);
  }

  private void turnover(List<Proposal> changes) {
    long entering = changes.stream().filter(p -> p.act() == Act.ADD).count();
    long leaving = changes.stream().filter(p -> p.act() == Act.DROP).count();
    share(Kind.ENTERING, entering, envelope.entering());
    share(Kind.LEAVING, leaving, envelope.leaving());
    share(Kind.TURNOVER, entering + leaving, envelope.turnover());
  }

  private void share(Kind kind, long units, @Nullable Double allowed) {
    if (allowed != null) {
      bounds.add(
          new Bound(
              kind,
              "",
              before.size(),
              units,
              Bound.share(units, before.size()),
              allowed,
              units > envelope.units() && beyond((double) units, allowed * before.size())));
    }
  }

  /** 29 of 100 is 29 %, though 0.29 × 100 is a little less than 29. */
  private static boolean beyond(double value, double allowed) {
    return value > allowed + 1e-9;
  }

  private void composition() {
    suspended();
    var allowed = envelope.tiers();
    if (allowed != null) {
      var was = counts(before.values(), e -> List.of(e.tier()));
      var is = counts(after.values(), e -> List.of(e.tier()));
      for (var tier : definitions.programme().tiers()) {
        tier(tier.title(), count(was, tier.id()), count(is, tier.id()), allowed);
      }
    }
    var points = envelope.departments();
    if (points != null) {
      var was = counts(before.values(), Entry::departments);
      var is = counts(after.values(), Entry::departments);
      for (var department : definitions.departments().departments()) {
        department(
            department.title(), count(was, department.id()), count(is, department.id()), points);
      }
    }
  }

  /**
   * A feed that has gone silent suspends unit by unit, so those suspended before count as well; but
   * only what adds to them is for a person to see.
   */
  private void suspended() {
    var allowed = envelope.suspended();
    if (allowed != null) {
      long was = before.values().stream().filter(Entry::suspended).count();
      long is = after.values().stream().filter(Entry::suspended).count();
      bounds.add(
          new Bound(
              Kind.SUSPENDED,
              "",
              was,
              is,
              Bound.share(is, after.size()),
              allowed,
              is > was && is > envelope.units() && beyond((double) is, allowed * after.size())));
    }
  }

  private void tier(String title, long was, long is, double allowed) {
    long change = Math.abs(is - was);
    bounds.add(
        new Bound(
            Kind.TIER,
            title,
            was,
            is,
            Bound.share(change, was),
            allowed,
            change > envelope.units() && beyond((double) change, allowed * (double) was)));
  }

  private void department(String title, long was, long is, double points) {
    double change = Math.abs(Bound.share(is, after.size()) - Bound.share(was, before.size()));
    bounds.add(
        new Bound(
            Kind.DEPARTMENT,
            title,
            was,
            is,
            change,
            points,
            Math.abs(is - was) > envelope.units() && beyond(change, points)));
  }

  private static Map<String, Long> counts(
      Collection<Entry> entries, Function<Entry, List<String>> keys) {
    var counts = new LinkedHashMap<String, Long>();
    entries.forEach(e -> keys.apply(e).forEach(k -> counts.merge(k, 1L, Long::sum)));
    return counts;
  }

  private static long count(Map<String, Long> counts, String key) {
    return Objects.requireNonNullElse(counts.get(key), 0L);
  }
}

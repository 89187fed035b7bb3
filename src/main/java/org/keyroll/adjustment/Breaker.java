package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Programme.Envelope;

/** Says how a revision would be outside the envelope of the programme; what is inside is silent. */
final class Breaker {
  private final Definitions definitions;
  private final Envelope envelope;
  private final Map<Long, Entry> before;
  private final List<Proposal> changes;
  private final List<String> outside = new ArrayList<>();

  private Breaker(Definitions definitions, Map<Long, Entry> before, List<Proposal> changes) {
    this.definitions = definitions;
    this.envelope = definitions.programme().approval().envelope();
    this.before = before;
    this.changes = changes;
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
    breaker.turnover();
    breaker.composition();
    return breaker.outside;
  }

  private void turnover() {
    long entering = changes.stream().filter(p -> p.act() == Act.ADD).count();
    long leaving = changes.stream().filter(p -> p.act() == Act.DROP).count();
    share(entering, "enter", envelope.entering());
    share(leaving, "leave", envelope.leaving());
    share(entering + leaving, "enter or leave", envelope.turnover());
  }

  private void share(long units, String verb, @Nullable Double allowed) {
    if (allowed != null
        && units > envelope.units()
        && beyond((double) units, allowed * before.size())) {
      outside.add(
          "%d unit%s would %s a list of %d; programme.yml allows %s without a person."
              .formatted(units, units == 1 ? "" : "s", verb, before.size(), percent(allowed)));
    }
  }

  /** 29 of 100 is 29 %, though 0.29 × 100 is a little less than 29. */
  private static boolean beyond(double value, double allowed) {
    return value > allowed + 1e-9;
  }

  private void composition() {
    if (envelope.tiers() == null
        && envelope.departments() == null
        && envelope.suspended() == null) {
      return;
    }
    var after = new HashMap<>(before);
    for (var change : changes) {
      var entry = change.entry();
      if (entry == null) {
        after.remove(change.unit());
      } else {
        after.put(change.unit(), entry);
      }
    }
    suspended(after);
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
        long old = count(was, department.id());
        long now = count(is, department.id());
        if (Math.abs(now - old) > envelope.units()) {
          department(department.title(), part(old, before.size()), part(now, after.size()), points);
        }
      }
    }
  }

  /**
   * A feed that has gone silent suspends unit by unit, so those suspended before count as well; but
   * only what adds to them is for a person to see.
   */
  private void suspended(Map<Long, Entry> after) {
    var allowed = envelope.suspended();
    long was = before.values().stream().filter(Entry::suspended).count();
    long is = after.values().stream().filter(Entry::suspended).count();
    if (allowed != null
        && is > was
        && is > envelope.units()
        && beyond((double) is, allowed * after.size())) {
      outside.add(
          "%d of %d units would be suspended for stale data, after %d; programme.yml allows %s of"
                  .formatted(is, after.size(), was, percent(allowed))
              + " the list without a person.");
    }
  }

  private void tier(String title, long was, long is, double allowed) {
    long change = Math.abs(is - was);
    if (change > envelope.units() && beyond((double) change, allowed * (double) was)) {
      outside.add(
          "The tier %s would go from %d to %d units; programme.yml allows a change by %s without a"
                  .formatted(title, was, is, percent(allowed))
              + " person.");
    }
  }

  private void department(String title, double was, double is, double points) {
    if (beyond(Math.abs(is - was), points)) {
      outside.add(
          "The share of %s in the list would go from %s to %s; programme.yml allows %s of the list"
                  .formatted(title, percent(was), percent(is), percent(points))
              + " without a person.");
    }
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

  private static double part(long units, int of) {
    return of == 0 ? 0 : (double) units / of;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("[.]0$", "") + " %";
  }
}

package org.keyroll.scoring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Policy.FactType;
import org.keyroll.definition.Policy.Threshold;

/**
 * Finds what would put a unit into another tier: the smallest change of one fact, all others and
 * all other units as they are, and the next day on which time alone does it.
 */
final class WhatIf {
  /** Probes lie a fifth further away each, from the one to the other power of two. */
  private static final int SMALLEST = -20;

  private static final int GREATEST = 40;
  private static final int PROBES_A_DOUBLING = 4;
  private static final int HALVINGS = 60;
  private static final int DIGITS = 12;
  private static final double NEAR = 0.05;
  private static final int DAYS = 400;
  private static final int YEARS = 10;

  private final Engine engine;
  private final Statistics statistics;
  private final int now;
  private final int none;
  private final Standings standings;
  private final @Nullable Clock clock;
  private final @Nullable Threshold threshold;
  private double own = Double.NaN;
  private boolean suspended;

  /**
   * @param now rank of the tier that the unit is in; {@code none} where it is not on the list
   * @param none the number of tiers
   * @param clock how long it has been in it; null where nothing asks
   */
  WhatIf(Engine engine, Statistics statistics, int now, int none, @Nullable Clock clock) {
    this.clock = clock;
    this.threshold = clock == null || now == none ? null : engine.rules().thresholds().get(now);
    this.engine = engine;
    this.statistics = statistics;
    this.now = now;
    this.none = none;
    this.standings = engine.standings(statistics);
  }

  /**
   * What would put a unit into another tier.
   *
   * @param domains what facts can be
   */
  Outlook outlook(UnitInput unit, Domains domains) {
    var assessment = engine.explain(List.of(unit), statistics).get(0);
    var matrix = engine.matrix();
    engine.add(matrix, unit, new Reading(false));
    boolean counted = matrix.counted().get(0) && assessment.score() != null;
    own = counted ? java.util.Objects.requireNonNull(assessment.score()) : Double.NaN;
    return new Outlook(changes(assessment, domains), passing(unit, assessment));
  }

  /** The tier that follows once no tenure holds the unit any more. */
  private int tier(Assessment assessment) {
    return tier(
        assessment.enters(), assessment.stays(), !assessment.suspending().isEmpty(), clock, asOf());
  }

  private int tier(int enters, int stays, boolean suspended, @Nullable Clock in, LocalDate date) {
    int rule = Assessment.tier(enters, stays, now, none);
    if (in != null && threshold != null && !in.isHeld(threshold, date)) {
      rule = in.tier(threshold, date, enters, false, now, rule);
    }
    return suspended ? Math.min(rule, now) : rule;
  }

  private LocalDate asOf() {
    return engine.facts().asOf();
  }

  /** The day before which a change does nothing, for the unit stays in its tier till then. */
  private @Nullable LocalDate notBefore(int tier) {
    return tier > now && clock != null && threshold != null && clock.isHeld(threshold, asOf())
        ? clock.stays(threshold)
        : null;
  }

  /** The changes of one fact each that lead into another tier, the relatively smallest first. */
  private List<Outlook.Change> changes(Assessment assessment, Domains domains) {
    int tier = tier(assessment);
    suspended = !assessment.suspending().isEmpty();
    var given = new HashMap<String, Object>();
    assessment
        .facts()
        .forEach(
            (name, value) -> {
              if (value.value() != null) {
                given.put(name, value.value());
              }
            });
    var changes = new ArrayList<Outlook.Change>();
    for (var fact : engine.facts().given()) {
      var value = given.get(fact);
      if (engine.facts().typeOf().get(fact) == FactType.TEXT) {
        var others = new TreeSet<>(domains.texts(fact));
        others.removeIf(other -> other.equals(value));
        var list = List.<Object>copyOf(others);
        var tiers = tiers(given, fact, list);
        for (int i = 0; i < tiers.length; i++) {
          if (tiers[i] != tier) {
            changes.add(
                new Outlook.Change(
                    fact, value, "=", list.get(i), tiers[i], 1, notBefore(tiers[i])));
          }
        }
      } else if (value instanceof Double number) {
        for (int sign : new int[] {-1, 1}) {
          var change =
              nearest(
                  given,
                  fact,
                  number,
                  sign,
                  tier,
                  domains.whole(fact),
                  sign < 0 ? domains.least(fact) : domains.greatest(fact));
          if (change != null) {
            changes.add(change);
          }
        }
      }
    }
    changes.sort(
        Comparator.comparingDouble(Outlook.Change::size)
            .thenComparing(Outlook.Change::fact)
            .thenComparing(c -> String.valueOf(c.to())));
    return changes;
  }

  /** The tiers that follow from a fact having each of some values. */
  private int[] tiers(Map<String, Object> given, String fact, List<Object> values) {
    var matrix = engine.matrix();
    var row = new HashMap<>(given);
    for (var value : values) {
      row.put(fact, value);
      engine.add(matrix, 0, row, true);
    }
    var scores = engine.scores(matrix, statistics, false, null);
    var tiers = new int[values.size()];
    for (int i = 0; i < tiers.length; i++) {
      boolean ranks = !standings.isEmpty();
      var verdict =
          engine.judge(
              matrix,
              i,
              scores[i],
              ranks
                  ? standings.instead(own, matrix.counted().get(i) ? scores[i] : Double.NaN)
                  : standings);
      boolean exempt = !verdict.exemptions().isEmpty();
      tiers[i] = tier(verdict.enters(), verdict.stays(), suspended && !exempt, clock, asOf());
    }
    return tiers;
  }

  private int tier(Map<String, Object> given, String fact, double value) {
    return tiers(given, fact, List.of(value))[0];
  }

  /** Looks further and further away, then halves the last step. */
  private Outlook.@Nullable Change nearest(
      Map<String, Object> given,
      String fact,
      double from,
      int sign,
      int tier,
      boolean whole,
      double end) {
    var probes = new ArrayList<Object>();
    int first = whole ? 0 : SMALLEST * PROBES_A_DOUBLING;
    for (int k = first; k <= GREATEST * PROBES_A_DOUBLING; k++) {
      double far = Math.pow(2, (double) k / PROBES_A_DOUBLING);
      double probe = from + sign * (whole ? Math.rint(far) : far);
      boolean beyond = sign < 0 ? probe <= end : probe >= end;
      probes.add(beyond ? (Object) end : probe);
      if (beyond) {
        break;
      }
    }
    var tiers = tiers(given, fact, probes);
    double near = from;
    for (int i = 0; i < tiers.length; i++) {
      double far = (double) probes.get(i);
      if (tiers[i] != tier && far != from) {
        return between(given, fact, from, near, far, tier, whole);
      }
      near = far;
    }
    return null;
  }

  private Outlook.Change between(
      Map<String, Object> given,
      String fact,
      double from,
      double same,
      double other,
      int tier,
      boolean whole) {
    double near = same;
    double far = other;
    for (int i = 0; i < HALVINGS && (!whole || Math.abs(far - near) > 1); i++) {
      double middle = whole ? Math.rint((near + far) / 2) : near + (far - near) / 2;
      if (middle == near || middle == far) {
        break;
      }
      if (tier(given, fact, middle) == tier) {
        near = middle;
      } else {
        far = middle;
      }
    }
    double shown = shown(given, fact, from, far, tier);
    int leads = tier(given, fact, shown);
    return new Outlook.Change(
        fact,
        from,
        other < same ? "<=" : ">=",
        shown,
        leads,
        Math.abs(shown - from) / Math.max(Math.abs(from), 1e-9),
        notBefore(leads));
  }

  /** Of the values a little further away, the one with the fewest digits. */
  private double shown(Map<String, Object> given, String fact, double from, double far, int tier) {
    var mode = far < from ? RoundingMode.FLOOR : RoundingMode.CEILING;
    for (int digits = 1; digits <= DIGITS; digits++) {
      double rounded = new BigDecimal(far).round(new MathContext(digits, mode)).doubleValue();
      boolean near = Math.abs(rounded - far) <= NEAR * Math.abs(far - from);
      if (near && tier(given, fact, rounded) != tier) {
        return rounded;
      }
    }
    return far;
  }

  /**
   * The next day on which time alone leads into another tier.
   *
   * @return null where none is found within some years
   */
  private Outlook.@Nullable Passing passing(UnitInput unit, Assessment assessment) {
    int tier = timed(assessment, clock, asOf());
    var before = assessment;
    var in = clock;
    var date = asOf();
    for (int i = 0; i < DAYS; i++) {
      var next = next(before, in, date);
      if (next == null || next.isAfter(asOf().plusYears(YEARS))) {
        return null;
      }
      var later = engine.on(next).explain(List.of(unit), statistics).get(0);
      in = in == null ? null : in.on(next, later.enters() > now);
      int then = timed(later, in, next);
      if (then != tier) {
        return new Outlook.Passing(next, then, faded(before, later));
      }
      before = later;
      date = next;
    }
    return null;
  }

  /** The tier that follows on a date, tenure and all. */
  private int timed(Assessment assessment, @Nullable Clock in, LocalDate date) {
    boolean held = in != null && threshold != null && in.isHeld(threshold, date);
    int tier =
        tier(assessment.enters(), assessment.stays(), !assessment.suspending().isEmpty(), in, date);
    return held && assessment.exemptions().isEmpty() ? Math.min(tier, now) : tier;
  }

  /** The next day on which a fact changes, or a clock lets the unit go. */
  private @Nullable LocalDate next(Assessment assessment, @Nullable Clock in, LocalDate date) {
    List<@Nullable LocalDate> days = new ArrayList<>();
    days.add(assessment.recheckOn());
    if (in != null && threshold != null) {
      days.add(in.stays(threshold));
      days.add(in.leaves(threshold));
    }
    return days.stream()
        .filter(java.util.Objects::nonNull)
        .filter(day -> day.isAfter(date))
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  /** The facts that are others, with the cells that count no more. */
  private static List<Outlook.Faded> faded(Assessment before, Assessment later) {
    var faded = new TreeMap<String, Outlook.Faded>();
    before
        .facts()
        .forEach(
            (name, value) -> {
              var now = later.facts().getOrDefault(name, FactValue.MISSING);
              if (!value.text().equals(now.text())) {
                var gone = new ArrayList<>(value.evidence());
                gone.removeAll(now.evidence());
                faded.put(name, new Outlook.Faded(name, value.text(), now.text(), gone));
              }
            });
    return List.copyOf(faded.values());
  }
}

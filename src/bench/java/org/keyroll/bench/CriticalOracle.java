package org.keyroll.bench;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Works out which entities must be listed, with the policy's numbers written down here once more
 * and nothing of Keyroll's own engine, so that the tests compare two calculations.
 */
final class CriticalOracle {
  static final String LOSES = "de1";
  static final String GROWS = "pt4";
  static final String MERGES = "fr3";
  static final String SUCCEEDS = "fr1";
  static final String ENDS = "cz2";

  /** Whose incidents are reported, in the order of the reports. */
  static final List<String> WITH_INCIDENTS =
      List.of(
          "fi0", "fi0", "se1", "se4", "fr0", "fr2", "be1", "be3", "de0", "fi5", "gr1", "gr1", "bg2",
          "bg4", "pl0", "pl3", "nl1", "nl4", "cz0", "cz3", "pt1", "pt1", "dk2", "dk5");

  static final List<String> WITH_RETURNS =
      List.of(
          "fi1", "se0", "fr1", "be0", "de2", "gr0", "bg0", "pl1", "nl0", "cz1", "pt0", "dk1", "fi2",
          "se3", "de4", "gr3");

  private static final List<String> TIERS = List.of("european", "critical", "under-review");
  private static final double[] ENTER = {1, 0.55, 0.42};
  private static final double[] LEAVE = {1, 0.48, 0.38};
  private static final List<String> LEGAL_FORMS =
      List.of(
          "společnostsručenímomezeným",
          "spółkazograniczonąodpowiedzialnością",
          "ανώνυμηεταιρεία",
          "aktiebolag",
          "gmbhcokg",
          "limited",
          "spzoo",
          "gmbh",
          "sarl",
          "nvsa",
          "sas",
          "ltd",
          "sro",
          "lda",
          "аpс",
          "aps",
          "еоод",
          "оод",
          "еад",
          "oy",
          "nv",
          "bv",
          "ae",
          "αε",
          "as");

  /** An entity on the list. */
  record Listed(String name, String tier, double score, Set<String> departments) {}

  /**
   * What a night must come to.
   *
   * @param listed by registration number with its country
   * @param unlinked rows that no entity, or more than one, answers to
   */
  record Outcome(Map<String, Listed> listed, List<Map<String, Object>> unlinked) {}

  /** An entity and everything that is reported of it. */
  private static final class Unit {
    private final List<SampleRow> registered = new ArrayList<>();
    private final List<SampleRow> services = new ArrayList<>();
    private final List<SampleRow> incidents = new ArrayList<>();
    private String nis2 = "";

    String status() {
      return registered.get(0).get("status");
    }
  }

  private final Map<String, Unit> units = new TreeMap<>();
  private final List<Map<String, Object>> unlinked = new ArrayList<>();
  private final LocalDate asOf;

  private CriticalOracle(LocalDate asOf) {
    this.asOf = asOf;
  }

  /**
   * @param rows the rows in force, by source
   * @param before the list of the night before
   */
  static Outcome assess(
      LocalDate asOf, Map<String, List<SampleRow>> rows, Map<String, Listed> before) {
    var oracle = new CriticalOracle(asOf);
    for (var registry : List.of("business-register", "lei-register")) {
      for (var row : accepted(rows, registry)) {
        oracle
            .units
            .computeIfAbsent(row.get("registration_number"), k -> new Unit())
            .registered
            .add(row);
      }
    }
    for (var sector : CriticalOrganisations.SECTORS) {
      var source = "services-" + sector;
      for (var row : accepted(rows, source)) {
        oracle.link(source, row).ifPresent(u -> u.services.add(row));
      }
    }
    for (var row : accepted(rows, "incidents")) {
      oracle.link("incidents", row).ifPresent(u -> u.incidents.add(row));
    }
    for (var row : accepted(rows, "risk-assessments")) {
      oracle.link("risk-assessments", row);
    }
    for (var row : accepted(rows, "nis2-register")) {
      oracle.link("nis2-register", row).ifPresent(u -> u.nis2 = row.get("class"));
    }
    var listed = new TreeMap<String, Listed>();
    oracle.units.forEach(
        (number, unit) ->
            oracle
                .place(unit, Optional.ofNullable(before.get(number)))
                .ifPresent(l -> listed.put(number, l)));
    return new Outcome(listed, oracle.unlinked);
  }

  private static List<SampleRow> accepted(Map<String, List<SampleRow>> rows, String source) {
    return rows.getOrDefault(source, List.of()).stream().filter(SampleRow::accepted).toList();
  }

  private Optional<Unit> link(String source, SampleRow row) {
    var found =
        row.get("registration_number").isEmpty()
            ? only("name", row, false)
                .or(() -> only("former_name", row, false))
                .or(() -> only("name", row, true))
            : Optional.ofNullable(units.get(row.get("registration_number")))
                .or(() -> Optional.empty());
    if (found.isEmpty()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("source", source);
      entry.put("row", row.number());
      unlinked.add(entry);
    }
    return found;
  }

  private Optional<Unit> only(String field, SampleRow row, boolean brief) {
    var wanted = comparable(row.get("name"), brief);
    var found = new HashSet<Unit>();
    for (var unit : units.values()) {
      for (var registered : unit.registered) {
        var name = registered.get(field);
        if (!name.isEmpty() && comparable(name, brief).equals(wanted)) {
          found.add(unit);
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  private static String comparable(String name, boolean brief) {
    var full =
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{Nd}]", "");
    return brief
        ? LEGAL_FORMS.stream()
            .filter(full::endsWith)
            .findFirst()
            .map(f -> full.substring(0, full.length() - f.length()))
            .orElse(full)
        : full;
  }

  private Optional<Listed> place(Unit unit, Optional<Listed> before) {
    var status = unit.status();
    if (!status.isEmpty() && !status.equals("active")) {
      return Optional.empty();
    }
    double score = score(unit);
    int tier = byScore(score, before.map(b -> TIERS.indexOf(b.tier())).orElse(TIERS.size()));
    long incidents = incidents(unit);
    int triggered = incidents >= 2 ? 2 : TIERS.size();
    if (fact(unit, "alternatives").equals("none") && number(unit, "users") >= 100_000) {
      triggered = 1;
    }
    if (number(unit, "states_number") >= 6) {
      triggered = 0;
    }
    int reached = Math.min(tier, triggered);
    return reached == TIERS.size()
        ? Optional.empty()
        : Optional.of(
            new Listed(
                unit.registered.get(0).get("name"), TIERS.get(reached), score, departments(unit)));
  }

  private static int byScore(double score, int now) {
    for (int tier = 0; tier < TIERS.size(); tier++) {
      if (score >= (now <= tier ? LEAVE[tier] : ENTER[tier])) {
        return tier;
      }
      if (Math.abs(score - ENTER[tier]) < 1e-6) {
        throw new IllegalStateException("a score on the very threshold proves nothing");
      }
    }
    return TIERS.size();
  }

  private static String fact(Unit unit, String field) {
    return unit.services.stream()
        .map(r -> r.get(field))
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static double number(Unit unit, String field) {
    var text = fact(unit, field);
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private long incidents(Unit unit) {
    return unit.incidents.stream()
        .filter(r -> r.get("significant").equals("true"))
        .filter(r -> LocalDate.parse(r.get("aware_on")).plusYears(3).isAfter(asOf))
        .count();
  }

  private double score(Unit unit) {
    long incidents = incidents(unit);
    double experience = incidents == 0 ? 0 : incidents == 1 ? 0.5 : 1;
    var impact = fact(unit, "impact");
    double degree = Map.of("severe", 1.0, "major", 0.7, "moderate", 0.35).getOrDefault(impact, 0.0);
    // Whose impact nobody reports has only its incidents to speak for it.
    double effect = impact.isEmpty() ? experience : 0.7 * degree + 0.3 * experience;
    double area =
        Map.of("cross_border", 1.0, "national", 0.8, "isolated", 0.9, "regional", 0.4, "local", 0.1)
            .getOrDefault(fact(unit, "area"), 0.0);
    double alternatives =
        Map.of("none", 1.0, "partial", 0.5).getOrDefault(fact(unit, "alternatives"), 0.0);
    return 0.20 * Math.min(1, number(unit, "users") / 500_000)
        + 0.20 * Math.min(1, number(unit, "dependent_sectors") / 8)
        + 0.25 * effect
        + 0.15 * Math.min(1, number(unit, "market_share") / 0.4)
        + 0.10 * area
        + 0.10 * alternatives;
  }

  private static Set<String> departments(Unit unit) {
    var departments = new TreeSet<String>();
    switch (fact(unit, "subsector")) {
      case "electricity", "gas", "district_heating" -> departments.add("energy-authority");
      case "rail", "maritime", "air" -> departments.add("transport-authority");
      case "health_care", "medicines" -> departments.add("health-authority");
      case "drinking_water", "waste_water" -> departments.add("water-authority");
      case "data_centre", "networks" -> departments.add("digital-authority");
      default -> {}
    }
    if (unit.nis2.equals("essential")) {
      departments.add("cybersecurity-authority");
    }
    if (number(unit, "states_number") >= 6) {
      departments.add("single-point-of-contact");
    }
    if (departments.isEmpty()) {
      departments.add("resilience-authority");
    }
    return departments;
  }

  /** Kind of change to the entities that it befell between two nights. */
  static Map<String, Set<String>> changes(Map<String, Listed> before, Map<String, Listed> after) {
    var changes = new TreeMap<String, Set<String>>();
    for (var kind : List.of("add", "drop", "tier", "department", "name")) {
      changes.put(kind, new TreeSet<>());
    }
    before.forEach(
        (number, was) -> {
          var is = after.get(number);
          if (is == null) {
            put(changes, "drop", number);
            return;
          }
          if (!is.tier().equals(was.tier())) {
            put(changes, "tier", number);
          }
          if (!is.departments().equals(was.departments())) {
            put(changes, "department", number);
          }
          if (!is.name().equals(was.name())) {
            put(changes, "name", number);
          }
        });
    after.keySet().stream()
        .filter(n -> !before.containsKey(n))
        .forEach(n -> put(changes, "add", n));
    return changes;
  }

  private static void put(Map<String, Set<String>> changes, String kind, String number) {
    changes.computeIfAbsent(kind, k -> new TreeSet<>()).add(number);
  }
}

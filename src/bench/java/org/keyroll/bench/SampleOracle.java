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
 * Works out which units must be listed, with the policy's numbers written down here once more and
 * nothing of Keyroll's own engine, so that the tests compare two calculations.
 */
final class SampleOracle {
  private static final List<String> LEGAL_FORMS =
      List.of("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "总公司", "公司");
  private static final List<String> TIERS = List.of("first", "second", "third");
  private static final double[] ENTER = {0.72, 0.56, 0.45};
  private static final double[] LEAVE = {0.66, 0.50, 0.40};

  /** A unit and everything that is reported of it. */
  private static final class Unit {
    private Optional<SampleRow> industry = Optional.empty();
    private Optional<SampleRow> enterprise = Optional.empty();
    private Optional<SampleRow> secrecy = Optional.empty();
    private Optional<SampleRow> foreign = Optional.empty();
    private final List<SampleRow> incidents = new ArrayList<>();

    private List<SampleRow> registered() {
      var rows = new ArrayList<SampleRow>();
      industry.ifPresent(rows::add);
      enterprise.ifPresent(rows::add);
      return rows;
    }
  }

  /** A unit on the list. */
  record Listed(String name, String tier, double score, boolean trigger, Set<String> departments) {}

  /**
   * What a night must come to.
   *
   * @param listed by credit code
   * @param unlinked rows of reports that no unit, or more than one, answers to
   */
  record Outcome(Map<String, Listed> listed, List<Map<String, Object>> unlinked) {}

  private final Map<String, Unit> units = new TreeMap<>();
  private final List<Map<String, Object>> unlinked = new ArrayList<>();
  private final LocalDate asOf;

  private SampleOracle(LocalDate asOf) {
    this.asOf = asOf;
  }

  /**
   * @param rows the rows in force, by source
   * @param before the list of the night before
   */
  static Outcome assess(
      LocalDate asOf, Map<String, List<SampleRow>> rows, Map<String, Listed> before) {
    var oracle = new SampleOracle(asOf);
    for (var row : accepted(rows, "industry-registry")) {
      oracle.unit(row).industry = Optional.of(row);
    }
    for (var row : accepted(rows, "enterprise-registry")) {
      oracle.unit(row).enterprise = Optional.of(row);
    }
    for (var row : accepted(rows, "secrecy-levels")) {
      oracle.link("secrecy-levels", row).ifPresent(u -> u.secrecy = once(u.secrecy, row));
    }
    for (var row : accepted(rows, "foreign-involvement")) {
      oracle.link("foreign-involvement", row).ifPresent(u -> u.foreign = once(u.foreign, row));
    }
    for (var row : accepted(rows, "incidents")) {
      oracle.link("incidents", row).ifPresent(u -> u.incidents.add(row));
    }
    for (var row : accepted(rows, "inspections")) {
      oracle.link("inspections", row);
    }
    var listed = new TreeMap<String, Listed>();
    oracle.units.forEach(
        (code, unit) ->
            oracle
                .place(unit, Optional.ofNullable(before.get(code)))
                .ifPresent(l -> listed.put(code, l)));
    return new Outcome(listed, oracle.unlinked);
  }

  private static List<SampleRow> accepted(Map<String, List<SampleRow>> rows, String source) {
    return rows.getOrDefault(source, List.of()).stream().filter(SampleRow::accepted).toList();
  }

  private static Optional<SampleRow> once(Optional<SampleRow> present, SampleRow row) {
    if (present.isPresent()) {
      throw new IllegalStateException("two reports of one unit would contend: " + row.key());
    }
    return Optional.of(row);
  }

  private Unit unit(SampleRow row) {
    return units.computeIfAbsent(row.get("credit_code"), c -> new Unit());
  }

  private Optional<Unit> link(String source, SampleRow row) {
    var byCode = Optional.ofNullable(units.get(row.get("credit_code")));
    var found =
        byCode
            .or(() -> only("name", row, false))
            .or(() -> only("former_name", row, false))
            .or(() -> only("name", row, true));
    if (found.isEmpty()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("source", source);
      entry.put("row", row.number());
      entry.put("name", row.get("name"));
      unlinked.add(entry);
    } else if (byCode.isEmpty() && !row.get("credit_code").isEmpty()) {
      throw new IllegalStateException("a code nobody has, with a known name: " + row.key());
    }
    return found;
  }

  private Optional<Unit> only(String field, SampleRow row, boolean brief) {
    var wanted = comparable(row.get("name"), brief);
    var found = new HashSet<Unit>();
    for (var unit : units.values()) {
      for (var registered : unit.registered()) {
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
            .replaceAll("\\s", "")
            .toLowerCase(Locale.ROOT);
    return brief
        ? LEGAL_FORMS.stream()
            .filter(full::endsWith)
            .findFirst()
            .map(f -> full.substring(0, full.length() - f.length()))
            .orElse(full)
        : full;
  }

  private Optional<Listed> place(Unit unit, Optional<Listed> before) {
    var status = unit.enterprise.map(r -> r.get("status")).orElse("active");
    if (!status.equals("active")) {
      return Optional.empty();
    }
    double score = score(unit);
    int tier = byScore(score, before.map(b -> TIERS.indexOf(b.tier())).orElse(TIERS.size()));
    boolean responsible = unit.incidents.stream().anyMatch(this::isRecentResponsibleCase);
    boolean topSecret = secrecy(unit).equals("top_secret");
    int triggered = topSecret ? 0 : responsible ? 1 : TIERS.size();
    int reached = Math.min(tier, triggered);
    return reached == TIERS.size()
        ? Optional.empty()
        : Optional.of(
            new Listed(
                unit.registered().get(0).get("name"),
                TIERS.get(reached),
                score,
                triggered < TIERS.size(),
                departments(unit)));
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
    return unit.registered().stream()
        .map(r -> r.get(field))
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String secrecy(Unit unit) {
    return unit.secrecy.map(r -> r.get("level")).orElse("");
  }

  private double score(Unit unit) {
    double nature =
        switch (fact(unit, "nature")) {
          case "organ" -> 1.0;
          case "institution" -> 0.7;
          case "enterprise" -> 0.5;
          case "group" -> 0.4;
          case "other" -> 0.2;
          default -> 0;
        };
    double industry =
        switch (unit.industry.map(r -> r.get("industry")).orElse("")) {
          case "defence" -> 1.0;
          case "research" -> 0.85;
          case "electronics" -> 0.75;
          case "energy" -> 0.7;
          case "finance" -> 0.6;
          case "transport", "education" -> 0.5;
          case "health", "media" -> 0.4;
          case "trade" -> 0.2;
          case "other" -> 0.1;
          default -> 0;
        };
    double secrecy =
        switch (secrecy(unit)) {
          case "top_secret" -> 1.0;
          case "secret" -> 0.8;
          case "confidential" -> 0.5;
          default -> 0;
        };
    long incidents =
        unit.incidents.stream()
            .filter(r -> LocalDate.parse(r.get("occurred_on")).plusYears(3).isAfter(asOf))
            .count();
    double incident = incidents == 0 ? 0 : incidents == 1 ? 0.6 : incidents == 2 ? 0.85 : 1;
    return 0.15 * nature
        + 0.20 * industry
        + 0.30 * secrecy
        + 0.20 * foreign(unit)
        + 0.15 * incident;
  }

  private static String share(Unit unit) {
    return unit.foreign
        .map(r -> r.get("foreign_share"))
        .filter(s -> !s.isEmpty())
        .or(() -> unit.enterprise.map(r -> r.get("foreign_share")))
        .orElse("");
  }

  private static double foreign(Unit unit) {
    var full = Map.of("overseas_sites", 10.0, "foreign_projects", 20.0, "delegations", 30.0);
    var weight = Map.of("overseas_sites", 0.25, "foreign_projects", 0.20, "delegations", 0.15);
    double sum = 0;
    double known = 0;
    var share = share(unit);
    if (!share.isEmpty()) {
      sum += 0.40 * Math.min(1, Double.parseDouble(share) / 0.5);
      known += 0.40;
    }
    for (var field : List.of("overseas_sites", "foreign_projects", "delegations")) {
      var value = unit.foreign.map(r -> r.get(field)).orElse("");
      if (!value.isEmpty()) {
        double w = weight.getOrDefault(field, 0.0);
        sum += w * Math.min(1, Double.parseDouble(value) / full.getOrDefault(field, 1.0));
        known += w;
      }
    }
    return known == 0 ? 0 : sum / known;
  }

  private boolean isRecentResponsibleCase(SampleRow row) {
    return row.get("class").equals("case")
        && row.get("responsible").equals("true")
        && LocalDate.parse(row.get("occurred_on")).plusYears(2).isAfter(asOf);
  }

  private static Set<String> departments(Unit unit) {
    var departments = new TreeSet<String>();
    unit.industry.ifPresent(r -> departments.add(r.get("supervisor")));
    if (secrecy(unit).equals("top_secret") || secrecy(unit).equals("secret")) {
      departments.add("secrecy-administration");
    }
    if (!share(unit).isEmpty() && Double.parseDouble(share(unit)) >= 0.25) {
      departments.add("commerce");
    }
    if (departments.isEmpty()) {
      departments.add("state-security");
    }
    return departments;
  }

  /** Who came, went and moved between two nights. */
  static Map<String, Object> changes(Map<String, Listed> before, Map<String, Listed> after) {
    var add = new ArrayList<Object>();
    var drop = new ArrayList<Object>();
    var tier = new ArrayList<Object>();
    var department = new ArrayList<Object>();
    var details = new ArrayList<Object>();
    before.forEach(
        (code, was) -> {
          var is = after.get(code);
          if (is == null) {
            drop.add(Map.of("credit_code", code));
            return;
          }
          if (!is.tier().equals(was.tier())) {
            tier.add(change(code, was.tier(), is.tier()));
          }
          if (!is.departments().equals(was.departments())) {
            department.add(change(code, was.departments(), is.departments()));
          }
          if (!is.name().equals(was.name())) {
            details.add(change(code, was.name(), is.name()));
          }
        });
    after.forEach(
        (code, is) -> {
          if (!before.containsKey(code)) {
            add.add(Map.of("credit_code", code));
          }
        });
    var changes = new LinkedHashMap<String, Object>();
    changes.put("add", add);
    changes.put("drop", drop);
    changes.put("tier", tier);
    changes.put("department", department);
    changes.put("name", details);
    return changes;
  }

  private static Map<String, Object> change(String code, Object before, Object after) {
    var change = new LinkedHashMap<String, Object>();
    change.put("credit_code", code);
    change.put("before", before);
    change.put("after", after);
    return change;
  }
}

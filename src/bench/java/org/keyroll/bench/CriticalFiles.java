package org.keyroll.bench;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.keyroll.bench.SampleSheets.Column;
import org.keyroll.bench.SampleSheets.Layout;
import tools.jackson.databind.ObjectMapper;

/**
 * Writes {@code input-samples/critical-entities} and what must come of them, {@code
 * src/test/resources/samples/critical-expected.json}; run as {@link SampleFiles}. The same sources
 * give the same bytes.
 */
public final class CriticalFiles {
  static final LocalDate FIRST = LocalDate.of(2026, 11, 9);
  static final LocalDate SECOND = LocalDate.of(2026, 11, 10);
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final DateTimeFormatter SLASHED =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
  private static final DateTimeFormatter DOTTED =
      DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT);

  /** Sector to subsectors: our value, its NACE class, then the words that authorities use. */
  private static final Map<String, List<String>> SUBSECTORS =
      Map.of(
          "energy",
          List.of(
              "electricity|35.14|Electricity|Electric power",
              "gas|35.22|Gas|Natural gas",
              "district_heating|35.30|District heating|District heating and cooling"),
          "transport",
          List.of("rail|49.20|Rail|Railway", "maritime|50.20|Maritime|Water", "air|51.10|Air|air"),
          "health",
          List.of(
              "health_care|86.10|Health care|Hospital", "medicines|21.2|Medicines|Pharmaceuticals"),
          "water",
          List.of(
              "drinking_water|36.00|Drinking water|Drinking water",
              "waste_water|37.00|Waste water|Wastewater"),
          "digital",
          List.of("data_centre|63.10|Data centre|Data center", "networks|61.10|Networks|Networks"));

  private static final List<String> STATES =
      List.of(
          "Austria",
          "Belgium",
          "Bulgaria",
          "Czechia",
          "Denmark",
          "Finland",
          "France",
          "Germany",
          "Greece",
          "Poland",
          "Portugal",
          "Sweden");

  private final Path inbox;
  private final LocalDate night;
  private final Map<String, Map<String, String>> units = CriticalOrganisations.all();
  private final Map<String, List<SampleRow>> rows = new LinkedHashMap<>();
  private final List<Map<String, Object>> files = new ArrayList<>();

  private CriticalFiles(Path root, LocalDate night) throws IOException {
    this.inbox = root.resolve("input-samples/critical-entities/" + night);
    this.night = night;
    Files.createDirectories(inbox);
    units.forEach(this::describe);
    // Two companies that differ in nothing but their legal form.
    copy("dk0", "dk90", "A/S");
    if (second()) {
      changeUnits();
    }
  }

  /** Writes both nights below the directory given, or the current one. */
  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments.length == 0 ? "." : arguments[0]);
    var first = new CriticalFiles(root, FIRST);
    first.writeAll();
    var before = CriticalOracle.assess(FIRST, first.rows, Map.of());
    var second = new CriticalFiles(root, SECOND);
    second.writeAll();
    // Of health nothing arrives, and of NIS2 the same file: what was known stays in force.
    for (var silent : List.of("services-health", "nis2-register")) {
      second.rows.put(silent, first.rows.getOrDefault(silent, List.of()));
    }
    var after = CriticalOracle.assess(SECOND, second.rows, before.listed());
    var expected = new LinkedHashMap<String, Object>();
    expected.put("nights", List.of(first.report(before), second.report(after)));
    expected.put("changes", CriticalOracle.changes(before.listed(), after.listed()));
    Files.writeString(
        root.resolve("src/test/resources/samples/critical-expected.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(expected) + "\n");
  }

  private boolean second() {
    return night.equals(SECOND);
  }

  // What the entities are.

  private void describe(String key, Map<String, String> unit) {
    var random = new Random(key.hashCode() * 31L + 7);
    var subsectors = SUBSECTORS.getOrDefault(unit.getOrDefault("sector", ""), List.of());
    var subsector = subsectors.get(random.nextInt(subsectors.size())).split("\\|", -1);
    unit.put("subsector", subsector[0]);
    unit.put("nace", subsector[1]);
    unit.put("word", subsector[2 + random.nextInt(2)]);
    int[] users = {1_900, 12_400, 38_000, 81_500, 146_000, 233_700, 410_000, 655_250};
    unit.put("users", String.valueOf(users[random.nextInt(users.length)] + random.nextInt(900)));
    unit.put("dependent_sectors", String.valueOf(random.nextInt(10)));
    unit.put("impact", pick(random, "severe", "major", "major", "moderate", "minor"));
    unit.put("market_share", String.valueOf((2 + random.nextInt(48)) / 100.0));
    unit.put("area", pick(random, "cross_border", "national", "isolated", "regional", "local"));
    unit.put("alternatives", pick(random, "none", "partial", "partial", "full"));
    int states = random.nextInt(9) == 0 ? 6 + random.nextInt(3) : 1 + random.nextInt(3);
    unit.put("states", String.valueOf(states));
    unit.put("status", "Active");
    unit.put("registered_on", LocalDate.of(1988, 1, 1).plusDays(random.nextInt(12_000)).toString());
    unit.put("capital", String.valueOf(20_000 + 1_250 * random.nextInt(4_000)));
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void copy(String from, String to, String form) {
    var unit = new LinkedHashMap<>(unit(from));
    unit.put("number", CriticalOrganisations.number(unit.getOrDefault("country", ""), to));
    unit.put("name", of(from, "stem") + " " + form);
    unit.put("sector", "");
    units.put(to, unit);
  }

  private Map<String, String> unit(String key) {
    return units.getOrDefault(key, Map.of());
  }

  private String of(String key, String fact) {
    return unit(key).getOrDefault(fact, "");
  }

  private void change(String key, String fact, String value) {
    units.computeIfPresent(
        key,
        (k, unit) -> {
          unit.put(fact, value);
          return unit;
        });
  }

  /** What happened between the two nights. */
  private void changeUnits() {
    // Grew into a sixth Member State.
    change("nl3", "states", "6");
    // Lost its customers to a competitor.
    for (var fact :
        List.of(
            "users|3100",
            "market_share|0.02",
            "impact|minor",
            "alternatives|full",
            "dependent_sectors|0",
            "area|local",
            "states|1")) {
      change(
          CriticalOracle.LOSES,
          fact.substring(0, fact.indexOf('|')),
          fact.substring(fact.indexOf('|') + 1));
    }
    for (var fact :
        List.of(
            "users|690000",
            "market_share|0.45",
            "impact|severe",
            "alternatives|none",
            "dependent_sectors|9")) {
      change(
          CriticalOracle.GROWS,
          fact.substring(0, fact.indexOf('|')),
          fact.substring(fact.indexOf('|') + 1));
    }
    change("se2", "former_name", of("se2", "name"));
    change("se2", "name", "Norrsken " + of("se2", "name"));
    // Absorbed by another, and gone from its authority's report.
    change(CriticalOracle.MERGES, "status", "Merged");
    change(CriticalOracle.MERGES, "successor", of(CriticalOracle.SUCCEEDS, "number"));
    change(CriticalOracle.MERGES, "successor_country", of(CriticalOracle.SUCCEEDS, "country"));
    change(CriticalOracle.MERGES, "status_date", "2026-11-06");
    change(CriticalOracle.MERGES, "sector", "");
    // Struck off; its authority does not know it yet.
    change(CriticalOracle.ENDS, "status", "Struck off");
    change(CriticalOracle.ENDS, "status_date", "2026-11-09");
  }

  // How the senders write it down.

  private void writeAll() {
    businessRegister();
    leiRegister();
    for (var sector : CriticalOrganisations.SECTORS) {
      if (!second() || !sector.equals("health")) {
        services(sector);
      }
    }
    incidents();
    riskAssessments();
    nis2();
    if (!second()) {
      write(
          "invitation.txt",
          "Workshop on the resilience of critical entities, 17 November, 9:30.\n");
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(inbox.resolve(file), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SampleRow text(SampleRow row, String field, String value) {
    return row.set(field, value).type(field, value);
  }

  /** What names the entity in every row. */
  private SampleRow named(String key, String rowKey, String name) {
    var row = new SampleRow(rowKey);
    var country = of(key, "country");
    row.set("registration_number", CriticalOrganisations.canonical(country, of(key, "number")))
        .type("registration_number", of(key, "number"));
    text(row, "country", country);
    return row.set("name", name.strip()).type("name", name);
  }

  private static void nameOnly(SampleRow row, String name) {
    row.set("registration_number", "").type("registration_number", "");
    text(row, "country", "");
    row.set("name", name).type("name", name);
  }

  private static SampleRow date(SampleRow row, String field, String date, boolean cell) {
    if (date.isEmpty()) {
      return row;
    }
    var day = LocalDate.parse(date);
    var typed =
        cell
            ? (Object) day
            : day.getDayOfMonth() % 3 == 0 ? DOTTED.format(day) : SLASHED.format(day);
    return row.set(field, date).type(field, typed);
  }

  /** In the way of half of Europe: {@code 1.234,56}. */
  private static String european(double number, int decimals) {
    var text = String.format(Locale.ROOT, "%,." + decimals + "f", number);
    return text.replace(',', '_').replace('.', ',').replace('_', '.');
  }

  private static String day(boolean second) {
    return second ? "2026-11-10" : "2026-11-09";
  }

  private void businessRegister() {
    var list = new ArrayList<SampleRow>();
    units.forEach((key, unit) -> list.add(registered(key)));
    var mess = new SampleMess(list);
    mess.again("fi3", 20).type("name", of("fi3", "name") + " ");
    mess.row("bg1").type("name", of("bg1", "name").replace(" ", "\u00A0"));
    mess.row("de1").type("registration_number", "DE " + of("de1", "number"));
    mess.row("be2").type("registration_number", of("be2", "number").replace(".", ""));
    mess.row("fr5").type("registration_number", spaced(of("fr5", "number")));
    if (!second()) {
      mess.row("fi9")
          .type("registration_number", wrong(of("fi9", "number")))
          .rejected("registration_number", "check_digit");
    }
    mess.row("gr9")
        .type("registration_number", "ΓΕΜΗ 12")
        .rejected("registration_number", "check_digit");
    mess.row("cz9").type("name", "").rejected("name", "required");
    mess.row("pt9").type("registered_on", "31/02/2011").rejected("registered_on", "no_such_date");
    mess.row("pl9").type("capital", "1,250,000.00").rejected("capital", "not_a_number");
    mess.row("nl9").type("status", "Dormant").rejected("status", "unknown_choice");
    mess.row("dk9").type("status", "Struck off").rejected("status", "rule:ended-when");
    mess.row("be9").type("registered_on", "14/03/2027").rejected("registered_on", "future_date");
    mess.contradicted("se9", 4, "registration_number")
        .type("registered_on", "01/02/1999")
        .set("registered_on", "1999-02-01");
    var columns =
        List.of(
            Column.of("registration_number", "Registration number", 0),
            Column.of("country", "Country", 0),
            Column.of("name", "Registered name", 0),
            Column.of("former_name", "Former name", 0),
            Column.of("status", "Status", 0),
            Column.of("successor_number", "Successor number", 0),
            Column.of("successor_country", "Successor country", 0),
            Column.of("status_date", "Status date", 0),
            Column.of("registered_on", "Registered on", 0),
            Column.of("capital", "Share capital (EUR)", 0),
            Column.of("region", "NUTS", 0),
            Column.of("nace", "NACE", 0),
            Column.of("remarks", "Remarks", 0));
    csv(
        "business-register",
        "business-register-" + day(second()) + ".csv",
        columns,
        list,
        ";",
        StandardCharsets.UTF_8);
  }

  private SampleRow registered(String key) {
    var row = named(key, key, of(key, "name"));
    text(row, "former_name", of(key, "former_name"));
    var status = of(key, "status");
    row.set(
            "status",
            status.equals("Active") ? "active" : status.equals("Merged") ? "merged" : "dissolved")
        .type("status", status);
    row.type("successor_number", of(key, "successor"))
        .type("successor_country", of(key, "successor_country"));
    date(row, "status_date", of(key, "status_date"), false);
    date(row, "registered_on", of(key, "registered_on"), false);
    row.type("capital", european(Double.parseDouble(of(key, "capital")), 2));
    text(row, "region", of(key, "region"));
    return text(row, "nace", of(key, "nace"));
  }

  private void leiRegister() {
    var list = new ArrayList<SampleRow>();
    units.forEach(
        (key, unit) -> {
          if (!of(key, "sector").isEmpty() && Math.floorMod(key.hashCode(), 5) < 3) {
            list.add(leiRow(key));
          }
        });
    var mess = new SampleMess(list);
    var last = list.get(list.size() - 1).key();
    mess.again(last, 3);
    var first = list.get(2).key();
    mess.row(first).type("lei", of(first, "lei").substring(0, 19)).rejected("lei", "check_digit");
    var confused = list.get(8).key();
    mess.row(confused).type("lei", wrongLei(of(confused, "lei"))).rejected("lei", "check_digit");
    var columns =
        List.of(
            Column.of("lei", "LEI", 0),
            Column.of("name", "Entity.LegalName", 0),
            Column.of("country", "Entity.LegalJurisdiction", 0),
            Column.of(
                "registration_number",
                "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
                0),
            Column.of("lei_status", "Registration.RegistrationStatus", 0),
            Column.of("renewal_on", "Registration.NextRenewalDate", 0),
            Column.of("managing_lou", "Registration.ManagingLOU", 0));
    csv(
        "lei-register",
        "lei-register-" + day(second()) + ".csv",
        columns,
        list,
        ",",
        StandardCharsets.UTF_8);
  }

  private SampleRow leiRow(String key) {
    var row = named(key, key, of(key, "other_name"));
    text(row, "lei", of(key, "lei"));
    row.type("lei_status", "ISSUED")
        .type("renewal_on", "2027-0" + (1 + Math.floorMod(key.hashCode(), 9)) + "-15");
    return row.type("managing_lou", "XX9900MANAGINGLOU000");
  }

  /** Typed as letters what is a digit, or the other way round. */
  private static String wrongLei(String lei) {
    char c = lei.charAt(17);
    return lei.substring(0, 17) + (c == 'Q' ? 'R' : 'Q') + lei.substring(18);
  }

  private static String wrong(String number) {
    char c = number.charAt(2);
    return number.substring(0, 2) + (c == '7' ? '1' : '7') + number.substring(3);
  }

  private static String spaced(String number) {
    return number.substring(0, 3) + " " + number.substring(3, 6) + " " + number.substring(6);
  }

  private void services(String sector) {
    var list = new ArrayList<SampleRow>();
    for (var key : CriticalOrganisations.keys(units, sector)) {
      list.add(service(key, sector));
    }
    new CriticalFaults(
            list,
            CriticalOrganisations.keys(CriticalOrganisations.all(), sector),
            this::of,
            second())
        .of(sector);
    var file =
        "services-"
            + sector
            + "-"
            + (second() ? "2026-11" : "2026-10")
            + switch (sector) {
              case "transport" -> ".xlsm";
              case "health" -> ".xls";
              case "water" -> ".csv";
              default -> ".xlsx";
            };
    if (sector.equals("water")) {
      csv("services-water", file, serviceColumns(false), list, ";", WINDOWS);
    } else {
      excel("services-" + sector, file, serviceLayout(sector), list);
    }
  }

  private SampleRow service(String key, String sector) {
    boolean european = sector.equals("water");
    var row = named(key, key, of(key, "name"));
    text(row, "lei", Math.floorMod(key.hashCode(), 4) == 0 ? of(key, "lei") : "");
    row.set("subsector", of(key, "subsector")).type("subsector", of(key, "word"));
    text(row, "nace", of(key, "nace"));
    for (var field : List.of("users", "dependent_sectors")) {
      var value = of(key, field);
      row.set(field, value)
          .type(
              field,
              european ? european(Double.parseDouble(value), 0) : (Object) Integer.valueOf(value));
    }
    var impact = of(key, "impact");
    row.set("impact", impact)
        .type("impact", Character.toUpperCase(impact.charAt(0)) + impact.substring(1));
    var share = of(key, "market_share");
    row.set("market_share", share)
        .type(
            "market_share",
            european
                ? european(Double.parseDouble(share) * 100, 1) + " %"
                : (Object) Double.valueOf(share));
    row.set("area", of(key, "area"))
        .type(
            "area",
            switch (of(key, "area")) {
              case "cross_border" -> "Cross-border";
              case "national" -> "Whole territory";
              case "isolated" -> "Remote or mountainous";
              case "regional" -> "Several regions";
              default -> "Local";
            });
    row.set("alternatives", of(key, "alternatives"))
        .type(
            "alternatives",
            Map.of("none", "No alternative", "partial", "Partial", "full", "Available")
                .getOrDefault(of(key, "alternatives"), ""));
    int states = Integer.parseInt(of(key, "states"));
    int from = Math.floorMod(key.hashCode(), STATES.size() - states);
    row.set("states_number", of(key, "states"))
        .type("states_number", european ? of(key, "states") : (Object) Integer.valueOf(states))
        .type(
            "member_states",
            String.join(
                Math.floorMod(key.hashCode(), 2) == 0 ? ", " : " / ",
                STATES.subList(from, from + states)));
    var reported = LocalDate.of(2026, 10, 1).plusDays(Math.floorMod(key.hashCode(), 28));
    return date(
        row, "reported_on", reported.toString(), !european && Math.floorMod(key.hashCode(), 3) > 0);
  }

  private static List<Column> serviceColumns(boolean two) {
    var above =
        List.of(
            "Service",
            "Art. 7(1)(a)",
            "Art. 7(1)(b)",
            "Art. 7(1)(c)",
            "Art. 7(1)(d)",
            "Art. 7(1)(e)",
            "Art. 7(1)(f)",
            "Art. 17",
            "Art. 17");
    var fields =
        List.of(
            "nace",
            "users",
            "dependent_sectors",
            "impact",
            "market_share",
            "area",
            "alternatives",
            "member_states",
            "states_number");
    var below =
        List.of(
            "NACE",
            "Users served",
            "Dependent sectors",
            "Impact",
            "Market share",
            "Area",
            "Alternatives",
            "Member States served",
            "Number");
    var columns = new ArrayList<Column>();
    columns.add(Column.of("number", "No.", 6));
    columns.add(Column.of("registration_number", "Registration number", 20));
    columns.add(Column.of("country", "Country", 8));
    columns.add(Column.of("lei", "LEI", 23));
    columns.add(Column.of("name", "Entity", 38));
    columns.add(Column.of("subsector", "Subsector", 18));
    for (int i = 0; i < fields.size(); i++) {
      var heading = two ? above.get(i) + "/" + below.get(i) : below.get(i);
      columns.add(
          Column.of(fields.get(i), heading, fields.get(i).equals("member_states") ? 34 : 13)
              .as(
                  fields.get(i).equals("market_share")
                      ? "0.0%"
                      : fields.get(i).equals("users") ? "#,##0" : "General"));
    }
    columns.add(Column.of("reported_on", "Reported on", 13));
    columns.add(Column.of("remarks", "Remarks", 16));
    return columns;
  }

  private static Layout serviceLayout(String sector) {
    return new Layout(
        sector.equals("health") ? "Report" : "Services",
        "Essential services: " + sector,
        List.of("Reporting authority: " + sector + " regulator", "Period: third quarter of 2026"),
        2,
        serviceColumns(true),
        "",
        List.of("Note: users served are natural and legal persons on 30 September 2026."),
        9);
  }

  private void incidents() {
    var list = new ArrayList<SampleRow>();
    int n = 0;
    for (var key : CriticalOracle.WITH_INCIDENTS) {
      var random = new Random(key.hashCode() + 5L * ++n);
      var id = "INC-" + (2024 + n % 3) + "-" + String.format(Locale.ROOT, "%03d", n);
      var row = named(key, id, of(key, "name"));
      text(row, "incident_number", id);
      var aware = LocalDate.of(2024 + n % 3, 1, 10).plusDays(random.nextInt(270));
      date(row, "aware_on", aware.toString(), n % 3 > 0);
      date(row, "early_notice_on", aware.plusDays(1).toString(), n % 2 > 0);
      date(row, "report_on", n % 5 == 0 ? "" : aware.plusDays(26).toString(), true);
      boolean significant = n % 4 > 0;
      row.set("significant", String.valueOf(significant))
          .type("significant", significant ? "yes" : "no");
      row.type("users_affected", random.nextInt(60_000))
          .type(
              "cause",
              pick(random, "Natural hazard", "Technical failure", "Supplier", "Malicious act"));
      list.add(row);
    }
    var mess = new SampleMess(list);
    mess.row("INC-2025-004").type("aware_on", "29/02/2025").rejected("aware_on", "no_such_date");
    mess.row("INC-2026-005")
        .type("significant", "maybe")
        .rejected("significant", "unknown_boolean");
    mess.row("INC-2024-006")
        .type("incident_number", "INC-24-6")
        .rejected("incident_number", "pattern");
    mess.row("INC-2025-007")
        .type("early_notice_on", "01/01/2025")
        .rejected("early_notice_on", "rule:early-after-aware");
    mess.row("INC-2026-008")
        .type("users_affected", "some")
        .rejected("users_affected", "not_a_number");
    mess.row("INC-2024-009").type("name", SampleRow.ERROR).rejected("name", "error_cell");
    nameOnly(mess.row("INC-2025-010"), "Atlantis Port Authority");
    mess.again("INC-2026-011", 2);
    var columns = new ArrayList<Column>();
    columns.add(Column.of("number", "No.", 6));
    columns.add(Column.of("incident_number", "Incident", 15));
    columns.add(Column.of("registration_number", "Registration number", 20));
    columns.add(Column.of("country", "Country", 8));
    columns.add(Column.of("name", "Entity", 38));
    columns.add(Column.of("aware_on", "Dates/Aware on", 14));
    columns.add(Column.of("early_notice_on", "Dates/Early notice on", 16));
    columns.add(Column.of("report_on", "Dates/Detailed report on", 18));
    columns.add(Column.of("significant", "Significant disruption", 12));
    columns.add(Column.of("users_affected", "Users affected", 12));
    columns.add(Column.of("cause", "Cause", 16));
    excel(
        "incidents",
        "incidents-" + day(second()) + ".xlsx",
        new Layout(
            "Incidents",
            "Incident notifications under Article 15",
            List.of("Received up to " + day(second())),
            2,
            columns,
            "",
            List.of("Note: no data of persons."),
            0),
        list);
  }

  private void riskAssessments() {
    var list = new ArrayList<SampleRow>();
    int n = 0;
    for (var key : CriticalOracle.WITH_RETURNS) {
      var notified = LocalDate.of(2026, 1, 12).plusDays(9L * n++);
      var row = named(key, key, of(key, "name"));
      date(row, "notified_on", notified.toString(), true);
      date(row, "due_on", notified.plusMonths(9).toString(), true);
      date(
          row,
          "received_on",
          n % 3 == 0 || notified.plusMonths(8).isAfter(FIRST)
              ? ""
              : notified.plusMonths(8).toString(),
          true);
      list.add(row.type("resilience_plan", n % 2 == 0 ? "yes" : "no"));
    }
    var mess = new SampleMess(list);
    mess.row(list.get(4).key())
        .type("received_on", LocalDate.of(2025, 12, 1))
        .rejected("received_on", "rule:received-after-notified");
    mess.row(list.get(6).key())
        .type("registration_number", "")
        .rejected("registration_number", "required");
    excel(
        "risk-assessments",
        "risk-assessments-" + day(second()) + ".xls",
        new Layout(
            "Returns",
            "Risk assessments under Article 12",
            List.of("Received up to " + day(second())),
            1,
            List.of(
                Column.of("number", "No.", 6),
                Column.of("registration_number", "Registration number", 20),
                Column.of("country", "Country", 8),
                Column.of("name", "Entity", 38),
                Column.of("notified_on", "Notified on", 13),
                Column.of("due_on", "Due on", 13),
                Column.of("received_on", "Received on", 13),
                Column.of("resilience_plan", "Resilience plan", 12)),
            "",
            List.of(),
            0),
        list);
  }

  private void nis2() {
    var list = new ArrayList<SampleRow>();
    CriticalOrganisations.all()
        .forEach(
            (key, unit) -> {
              if (Math.floorMod(key.hashCode() / 3, 2) == 0) {
                var row = named(key, key, unit.getOrDefault("other_name", ""));
                boolean essential = Math.floorMod(key.hashCode(), 3) > 0;
                row.set("class", essential ? "essential" : "important")
                    .type("class", essential ? "Essential" : "Important entity");
                list.add(
                    date(
                        row,
                        "registered_on",
                        "2025-04-" + (10 + Math.floorMod(key.hashCode(), 8)),
                        false));
              }
            });
    var mess = new SampleMess(list);
    mess.again(list.get(3).key(), 6);
    var both = list.get(10).key();
    mess.contradicted(both, 2, "registration_number")
        .set("class", "")
        .type("class", mess.row(both).get("class").equals("essential") ? "Important" : "Essential");
    mess.row(list.get(14).key()).type("class", "Vital").rejected("class", "unknown_choice");
    list.add(
        text(new SampleRow("ambiguous"), "name", of("dk0", "stem"))
            .set("class", "essential")
            .type("class", "Essential"));
    list.add(new SampleRow("nobody").type("class", "Important").rejected("name", "required_any"));
    var columns =
        List.of(
            Column.of("registration_number", "Registration number", 0),
            Column.of("country", "Country", 0),
            Column.of("name", "Name", 0),
            Column.of("class", "Class", 0),
            Column.of("registered_on", "Registered on", 0),
            Column.of("remarks", "Remarks", 0));
    csv(
        "nis2-register",
        second() ? "nis2-register-2026-11.csv" : "nis2-register-2026-10.csv",
        columns,
        list,
        ";",
        StandardCharsets.UTF_8);
  }

  private void csv(
      String source,
      String file,
      List<Column> columns,
      List<SampleRow> list,
      String delimiter,
      Charset encoding) {
    var numbered = new ArrayList<SampleRow>(list);
    int n = 0;
    for (var row : numbered) {
      row.type("number", String.valueOf(++n));
    }
    SampleSheets.csv(inbox.resolve(file), columns, numbered, delimiter, encoding);
    remember(source, file, list);
  }

  private void excel(String source, String file, Layout layout, List<SampleRow> list) {
    SampleSheets.excel(inbox.resolve(file), layout, list, List.of(), "Competent authority");
    remember(source, file, list);
  }

  private void remember(String source, String file, List<SampleRow> written) {
    rows.put(source, written);
    var entry = new LinkedHashMap<String, Object>();
    entry.put("file", file);
    entry.put("source", source);
    if (second() && source.equals("nis2-register")) {
      entry.put("same_bytes_as", "nis2-register-2026-10.csv");
    }
    entry.put("read", written.size());
    entry.put("accepted", written.stream().filter(SampleRow::accepted).count());
    entry.put(
        "duplicates",
        written.stream().filter(SampleRow::isDuplicate).map(SampleRow::number).toList());
    entry.put(
        "rejected",
        written.stream()
            .filter(r -> r.reason().isPresent())
            .map(
                r -> Map.of("row", r.number(), "field", r.field(), "reason", r.reason().orElse("")))
            .map(java.util.TreeMap::new)
            .toList());
    files.add(entry);
  }

  private Map<String, Object> report(CriticalOracle.Outcome outcome) {
    var report = new LinkedHashMap<String, Object>();
    report.put("as_of", night.toString());
    report.put("files", files);
    report.put("unlinked", outcome.unlinked());
    report.put("units", outcome.listed());
    return report;
  }
}

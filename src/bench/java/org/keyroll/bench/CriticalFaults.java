package org.keyroll.bench;

import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The faults in the service reports of the sector authorities, and what is only untidy.
 *
 * @param keys of the sector, the same every night
 */
record CriticalFaults(
    List<SampleRow> rows, List<String> keys, BinaryOperator<String> of, boolean second) {

  void of(String sector) {
    var mess = new SampleMess(rows);
    switch (sector) {
      case "energy" -> energy(mess);
      case "transport" -> transport(mess);
      case "health" -> health(mess);
      case "water" -> water(mess);
      default -> digital(mess);
    }
  }

  private String key(int i) {
    return keys.get(i);
  }

  private void energy(SampleMess mess) {
    var bare = key(1);
    withoutNumber(mess.row(bare), of.apply(bare, "name").toUpperCase(java.util.Locale.ROOT));
    var brief = key(4);
    withoutNumber(mess.row(brief), of.apply(brief, "stem"));
    mess.row(key(6)).type("subsector", "Nuclear fusion").rejected("subsector", "unknown_choice");
    mess.row(key(8)).type("market_share", 1.4).rejected("market_share", "out_of_range");
    mess.row(key(10)).type("users", "approx. 50000").rejected("users", "not_a_number");
    mess.row(key(12)).type("states_number", 9).rejected("states_number", "rule:states-counted");
    mess.row(key(14)).type("users", SampleRow.ERROR).rejected("users", "error_cell");
    mess.again(key(15), 5).type("remarks", "sent again");
  }

  private void transport(SampleMess mess) {
    mess.row(key(2)).type("users", 1200.5).rejected("users", "not_whole");
    mess.row(key(5))
        .type("member_states", "France, Norway")
        .rejected("member_states", "unknown_choice");
    mess.row(key(7)).type("reported_on", "soon").rejected("reported_on", "not_a_date");
    mess.row(key(9)).type("country", "Finland").rejected("country", "pattern");
    var bare = key(11);
    withoutNumber(mess.row(bare), of.apply(bare, "name"));
    mess.contradicted(key(13), 3, "registration_number").type("dependent_sectors", 11);
  }

  private void health(SampleMess mess) {
    var dutch =
        rows.stream().map(SampleRow::key).filter(k -> k.startsWith("nl")).findFirst().orElseThrow();
    mess.row(dutch)
        .type("registration_number", Double.parseDouble(of.apply(dutch, "number")))
        .rejected("registration_number", "number_as_code");
    mess.row(key(3)).type("name", "n/a").rejected("name", "required");
    mess.row(key(5)).type("name", "Clinic ".repeat(30).strip()).rejected("name", "too_long");
    mess.row(key(8)).type("registration_number", " " + of.apply(key(8), "number") + " ");
  }

  private void water(SampleMess mess) {
    mess.row(key(2)).type("market_share", "12.5 %").rejected("market_share", "not_a_number");
    mess.row(key(4)).type("dependent_sectors", "12").rejected("dependent_sectors", "out_of_range");
    mess.row(key(6)).type("lei", "XX9900AAAAAAAAAAAA00").rejected("lei", "check_digit");
    mess.again(key(7), 4);
    // Windows-1252 has no Greek, Cyrillic or Czech letters: the authority writes question marks.
    for (var row : rows) {
      var name = row.get("name");
      if (!name.isEmpty()
          && !java.nio.charset.Charset.forName("windows-1252").newEncoder().canEncode(name)) {
        row.set("name", name.replaceAll("[^\\p{ASCII}\u00C0-\u00FF]", "?"));
        row.type("name", row.get("name"));
      }
    }
  }

  private void digital(SampleMess mess) {
    mess.row(key(1)).type("impact", "Huge").rejected("impact", "unknown_choice");
    mess.row(key(3)).type("reported_on", "31/06/2026").rejected("reported_on", "no_such_date");
    if (!second) {
      mess.row(key(6))
          .type("registration_number", "12")
          .rejected("registration_number", "check_digit");
    }
    mess.again(key(9), 2);
  }

  private static void withoutNumber(SampleRow row, String name) {
    row.set("registration_number", "").type("registration_number", "");
    row.set("country", "").type("country", "");
    row.set("name", name).type("name", name);
  }
}

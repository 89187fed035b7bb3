package org.keyroll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an independent calculation expects of the list after a night of the samples. */
final class ExpectedList {
  private ExpectedList() {}

  static JsonNode read() throws IOException {
    return new JsonMapper()
        .readTree(Files.readString(Path.of("src/test/resources/samples/expected.json")));
  }

  /** Credit code to tier and departments, as exported. */
  static Map<String, String> listed(String csv) throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (var row : Homes.rows(csv)) {
      var departments = new ArrayList<>(List.of(row.get(5).split(" ", -1)));
      departments.sort(null);
      listed.put(row.get(2), row.get(3) + " " + departments);
    }
    return listed;
  }

  /** Credit code to tier and departments, as expected after a night: 0 or 1. */
  static Map<String, String> after(JsonNode expected, int night) {
    Map<String, String> wanted = new TreeMap<>();
    for (var unit : expected.get("nights").get(night).get("units")) {
      var departments = new ArrayList<String>();
      unit.get("departments").forEach(d -> departments.add(d.asString()));
      departments.sort(null);
      wanted.put(
          unit.get("credit_code").asString(), unit.get("tier").asString() + " " + departments);
    }
    return wanted;
  }
}

package org.keyroll.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the product needs of a connection, as parameters of a JDBC URL. */
final class JdbcUrl {

  // UTC on both sides, so that an instant is the same whatever the machine's time zone. Updates go
  // one by one in a pipeline, because a bulk UPDATE does not tell its counts, which optimistic
  // locking reads; inserts go in bulk.
  private static final Map<String, String> NEEDED =
      inOrder(
          "allowLocalInfile", "true",
          "connectionCollation", "utf8mb4_bin",
          "connectionTimeZone", "UTC",
          "forceConnectionTimeZoneToSession", "true",
          "preserveInstants", "true",
          "useBulkStmts", "false",
          "useBulkStmtsForInserts", "true");

  private JdbcUrl() {}

  static String ofEmbedded(int port) {
    var parameters = new LinkedHashMap<>(NEEDED);
    parameters.put("sslMode", "disable"); // it never leaves this machine
    return "jdbc:mariadb://127.0.0.1:" + port + "/keyroll?" + joined(parameters);
  }

  /** A person's URL without user and password; their own parameters win, except the needed ones. */
  static String ofExternal(String url, Map<String, String> furtherParameters) {
    var question = url.indexOf('?');
    var parameters = new LinkedHashMap<String, String>();
    if (question >= 0) {
      for (var pair : url.substring(question + 1).split("&", -1)) {
        var equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
    parameters.remove("user");
    parameters.remove("password");
    parameters.putAll(NEEDED);
    parameters.putAll(furtherParameters);
    return (question < 0 ? url : url.substring(0, question)) + "?" + joined(parameters);
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + p.getValue())
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> inOrder(String... namesAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}

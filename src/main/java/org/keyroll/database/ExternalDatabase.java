package org.keyroll.database;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

/** A MariaDB that someone else runs: checked before anything is written to it. */
final class ExternalDatabase {

  private static final String EXAMPLE = "jdbc:mariadb://HOST/DATABASE?user=…&password=…";
  private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");
  private static final int ACCESS_DENIED = 1045;
  private static final int DATABASE_DENIED = 1044;
  private static final int UNKNOWN_DATABASE = 1049;

  private ExternalDatabase() {}

  /**
   * @throws DatabaseUnavailable if it cannot be reached, or is not as Keyroll needs it
   */
  static Access check(String url, Machine machine) throws DatabaseUnavailable {
    var configuration = parse(url);
    if (configuration.database() == null || configuration.database().isBlank()) {
      throw new DatabaseUnavailable(
          "The URL given by --db names no database; write it as " + EXAMPLE + ".");
    }
    var user = or(configuration.user(), "");
    var password = or(configuration.password(), or(machine.variable("KEYROLL_DB_PASSWORD"), ""));
    var plain = new Access(JdbcUrl.ofExternal(url, Map.of()), user, password);
    try (var connection = plain.connect()) {
      mustServe(connection, configuration.database());
      return new Access(JdbcUrl.ofExternal(url, sessionOf(connection)), user, password);
    } catch (SQLException e) {
      throw new DatabaseUnavailable(sentence(e, configuration, user), e);
    }
  }

  private static Configuration parse(String url) throws DatabaseUnavailable {
    try {
      var configuration = Configuration.parse(url);
      if (configuration == null) {
        throw new DatabaseUnavailable(
            "The URL given by --db does not begin with jdbc:mariadb://; write it as "
                + EXAMPLE
                + ".");
      }
      return configuration;
    } catch (SQLException | RuntimeException e) {
      // The driver's parser fails in many ways on what it does not expect.
      throw new DatabaseUnavailable(
          "The URL given by --db cannot be read; write it as " + EXAMPLE + ".", e);
    }
  }

  private static void mustServe(Connection connection, String database)
      throws SQLException, DatabaseUnavailable {
    mustBeSupported(value(connection, "SELECT VERSION()"));
    if (!"1".equals(value(connection, "SELECT @@GLOBAL.local_infile"))) {
      throw new DatabaseUnavailable(
          "The database server has local_infile off and Keyroll loads rows by it; put local_infile=ON into the server's my.cnf or run SET GLOBAL local_infile=1.");
    }
    var collation = value(connection, "SELECT @@collation_database");
    if (!"utf8mb4_bin".equals(collation)) {
      throw new DatabaseUnavailable(
          "The database %s compares text by %s, under which different names count as equal; run ALTER DATABASE `%1$s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin before the first use."
              .formatted(database, collation));
    }
  }

  /**
   * @param version as {@code SELECT VERSION()} gives it
   */
  static void mustBeSupported(String version) throws DatabaseUnavailable {
    var numbers = VERSION.matcher(version);
    var found = numbers.find();
    var major = found ? Integer.parseInt(numbers.group(1)) : 0;
    var minor = found ? Integer.parseInt(numbers.group(2)) : 0;
    if (!version.contains("MariaDB")) {
      throw new DatabaseUnavailable(
          "The database server is not a MariaDB (it calls itself "
              + version
              + "); Keyroll needs MariaDB 10.11 or later.");
    }
    if (major < 10 || (major == 10 && minor < 11)) {
      throw new DatabaseUnavailable(
          "The database server is MariaDB " + version + "; Keyroll needs 10.11 or later.");
    }
  }

  // The bundled server has these as defaults; another one is told in each session.
  private static Map<String, String> sessionOf(Connection connection) throws SQLException {
    var variables = new LinkedHashMap<String, String>();
    variables.put(
        "sql_mode",
        "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'");
    variables.put("tx_isolation", "'READ-COMMITTED'");
    variables.put("system_versioning_alter_history", "KEEP");
    if (!value(connection, "SHOW VARIABLES LIKE 'innodb_snapshot_isolation'").isEmpty()) {
      variables.put("innodb_snapshot_isolation", "OFF");
    }
    var text =
        variables.entrySet().stream()
            .map(v -> v.getKey() + "=" + v.getValue())
            .collect(Collectors.joining(","));
    return Map.of("sessionVariables", text);
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  private static String sentence(SQLException e, Configuration configuration, String user) {
    var hosts =
        configuration.addresses().stream()
            .map(ExternalDatabase::address)
            .collect(Collectors.joining(", "));
    return switch (e.getErrorCode()) {
      case ACCESS_DENIED ->
          "The database server at %s refuses user '%s' with this password; check user and password in the URL given by --db."
              .formatted(hosts, user);
      case DATABASE_DENIED ->
          "User '%s' may not use the database %s at %s; grant it all rights on that database."
              .formatted(user, configuration.database(), hosts);
      case UNKNOWN_DATABASE ->
          "The server at %s has no database %s; create it with CREATE DATABASE `%2$s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin."
              .formatted(hosts, configuration.database());
      default -> unreachable(e, hosts);
    };
  }

  private static String unreachable(SQLException e, String hosts) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "The host of %s is unknown; check the URL given by --db.".formatted(hosts);
      }
    }
    return "The database server at %s cannot be used: %s; check that it runs and that the URL given by --db is right."
        .formatted(hosts, e.getMessage());
  }

  private static String address(HostAddress address) {
    return address.host + ":" + address.port;
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}

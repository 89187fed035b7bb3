package org.keyroll.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDatabaseTests {

  @TempDir static Path home;

  private static Database server;
  private static String host;

  @BeforeAll
  static void startAServerToPlayTheExternalOne() throws Exception {
    server = Database.open(home, null, sentence -> {});
    host = server.url().replaceFirst("^jdbc:mariadb://([^/]+)/.*", "$1");
    run("CREATE DATABASE keyroll_folded CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void opensWithTheSameSessionAsTheBundledServer() throws Exception {
    var url = "jdbc:mariadb://" + host + "/keyroll?user=keyroll&password=" + server.password();
    try (var database = Database.open(home, url, sentence -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT CONCAT_WS(' ', @@tx_isolation, @@innodb_snapshot_isolation, @@time_zone,"
                    + " @@collation_connection, @@sql_mode)")) {
      assertThat(database.embedded()).isFalse();
      assertThat(database.url()).doesNotContain(server.password()).doesNotContain("user=");
      result.next();
      assertThat(result.getString(1))
          .startsWith("READ-COMMITTED OFF +00:00 utf8mb4_bin ")
          .contains("STRICT_ALL_TABLES")
          .contains("NO_ZERO_DATE");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:mysql://localhost/keyroll | does not begin with jdbc:mariadb://",
        "localhost/keyroll | does not begin with jdbc:mariadb://",
        "jdbc:mariadb://SERVER/?user=keyroll&password=PASSWORD | names no database",
        "jdbc:mariadb://SERVER/keyroll?user=keyroll&password=wrong | refuses user 'keyroll'",
        "jdbc:mariadb://SERVER/mysql?user=keyroll&password=PASSWORD | may not use the database mysql",
        "jdbc:mariadb://SERVER/keyroll_none?user=keyroll&password=PASSWORD | has no database keyroll_none",
        "jdbc:mariadb://SERVER/keyroll_folded?user=keyroll&password=PASSWORD | compares text by utf8mb4_unicode_ci",
        "jdbc:mariadb://nowhere.invalid/keyroll?user=keyroll | The host of nowhere.invalid:3306 is unknown",
        "jdbc:mariadb://127.0.0.1:1/keyroll?user=keyroll | cannot be used"
      })
  void saysWhatIsWrongWithTheUrl(String url, String sentence) {
    var filled = url.replace("SERVER", host).replace("PASSWORD", server.password());
    assertThatThrownBy(() -> Database.open(home, filled, s -> {}))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain(server.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.11.6-MariaDB-0+deb12u1", "11.4.5-MariaDB", "12.3.1-MariaDB-log"})
  void takesMariaDb1011AndLater(String version) {
    assertThatCode(() -> ExternalDatabase.mustBeSupported(version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.6.22-MariaDB", "5.5.68-MariaDB", "8.4.3", "9.1.0-MySQL"})
  void refusesAnOlderMariaDbAndMySqlByName(String version) {
    assertThatThrownBy(() -> ExternalDatabase.mustBeSupported(version))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining(version)
        .hasMessageContaining("10.11 or later");
  }

  private static void run(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

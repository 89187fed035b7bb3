package org.keyroll.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTests {

  @TempDir Path home;

  @Test
  void opensAnEmptyHomeWithTheSettingsTheProductNeeds() throws Exception {
    try (var database = open()) {
      assertThat(database.embedded()).isTrue();
      assertThat(database.url()).doesNotContain(database.password());
      assertThat(ask(database, "SELECT DATABASE()")).isEqualTo("keyroll");
      assertThat(ask(database, "SELECT @@collation_database")).isEqualTo("utf8mb4_bin");
      assertThat(ask(database, "SELECT @@collation_connection")).isEqualTo("utf8mb4_bin");
      assertThat(ask(database, "SELECT @@time_zone")).isEqualTo("+00:00");
      assertThat(ask(database, "SELECT @@tx_isolation")).isEqualTo("READ-COMMITTED");
      assertThat(ask(database, "SELECT @@sql_mode")).contains("STRICT_ALL_TABLES");
      assertThat(ask(database, "SELECT @@local_infile")).isEqualTo("1");
      assertThat(ask(database, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
    }
  }

  @Test
  void opensAHomeWhosePathHasSpacesHashesAndChinese() throws Exception {
    try (var database = Database.open(home.resolve("名单 #1"), null, s -> {})) {
      assertThat(ask(database, "SELECT @@datadir")).endsWith("/名单 #1/database/data/");
    }
  }

  @Test
  void keepsDataAndPasswordBetweenCommands() throws Exception {
    String password;
    try (var database = open()) {
      run(database, "CREATE TABLE unit (name VARCHAR(50))", "INSERT INTO unit VALUES ('龙源电力')");
      password = database.password();
    }
    assertThat(ServerProcess.find(files())).isEmpty();
    try (var database = open()) {
      assertThat(ask(database, "SELECT name FROM unit")).isEqualTo("龙源电力");
      assertThat(database.password()).isEqualTo(password);
    }
  }

  @Test
  void healsALostPasswordFile() throws Exception {
    open().close();
    Files.delete(home.resolve("database/password"));
    try (var database = open()) {
      assertThat(ask(database, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void countsTheUsersInOneJvm() throws Exception {
    var first = open();
    var second = open();
    assertThat(second.url()).isEqualTo(first.url());
    first.close();
    first.close();
    assertThat(ask(second, "SELECT 1")).isEqualTo("1");
    second.close();
    assertThat(ServerProcess.find(files())).isEmpty();
  }

  @Test
  void letsTwoJvmsShareOneServerAndTheLastToLeaveStopsIt() throws Exception {
    var mine = open();
    try (var other = new OtherJvm(home)) {
      assertThat(other.url()).isEqualTo(mine.url());
      mine.close();
      assertThat(ServerProcess.find(files())).isPresent();
      other.run("CREATE TABLE unit (name VARCHAR(50))");
      other.leave();
      assertThat(ServerProcess.find(files())).isEmpty();
    }
  }

  @Test
  void joinsTheServerThatAKilledJvmLeftAndStopsItInTheEnd() throws Exception {
    try (var other = new OtherJvm(home)) {
      var url = other.url();
      other.kill();
      try (var database = open()) {
        assertThat(database.url()).isEqualTo(url);
      }
      assertThat(ServerProcess.find(files())).isEmpty();
    }
  }

  @Test
  void keepsCommittedRowsWhenJvmAndServerAreKilled() throws Exception {
    try (var other = new OtherJvm(home)) {
      other.run("CREATE TABLE unit (name VARCHAR(50))");
      other.run("INSERT INTO unit VALUES ('committed')");
      other.kill();
    }
    killServer();
    assertThat(files().port()).exists();
    try (var database = open()) {
      assertThat(ask(database, "SELECT name FROM unit")).isEqualTo("committed");
    }
  }

  @Test
  void startsTheServerAgainThatDiedUnderAnotherUser() throws Exception {
    try (var first = open()) {
      killServer();
      try (var second = open()) {
        assertThat(ask(second, "SELECT 1")).isEqualTo("1");
      }
      assertThat(first.embedded()).isTrue();
      assertThat(ServerProcess.find(files())).isPresent();
    }
    assertThat(ServerProcess.find(files())).isEmpty();
  }

  @Test
  void keepsThePasswordForItsOwnerAndLetsNobodyInWithoutOne() throws Exception {
    try (var database = open()) {
      var mode = Files.getPosixFilePermissions(home.resolve("database/password"));
      assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
      assertThat(files().accounts()).doesNotExist();
      for (var user : List.of("root", "keyroll", "mariadb.sys", "")) {
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), user, ""))
            .as("user '%s'", user)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Access denied");
      }
    }
  }

  @Test
  void namesTheFixedPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(taken.getLocalPort());
      var machine = machine(Map.of("KEYROLL_DB_PORT", port));
      assertThatThrownBy(() -> Database.open(home, null, s -> {}, machine))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage(
              "Port %s of 127.0.0.1 is taken by another program; set KEYROLL_DB_PORT to a free port, or unset it and Keyroll finds one.",
              port);
    }
  }

  @Test
  void namesASettingThatTheServerWouldNotTake() {
    assertThatThrownBy(
            () ->
                Database.open(
                    home, null, s -> {}, machine(Map.of("KEYROLL_DB_BUFFER_POOL", "lots"))))
        .hasMessageContaining("KEYROLL_DB_BUFFER_POOL is 'lots'");
    assertThatThrownBy(
            () -> Database.open(home, null, s -> {}, machine(Map.of("KEYROLL_DB_PORT", "70000"))))
        .hasMessageContaining("KEYROLL_DB_PORT is '70000'");
  }

  @Test
  void refusesDataOfAnotherReleaseSeries() throws Exception {
    open().close();
    Files.writeString(home.resolve("database/data/mariadb_upgrade_info"), "11.8.2-MariaDB");
    assertThatThrownBy(this::open)
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("was written by MariaDB 11.8.2 and this Keyroll carries 11.4.5");
  }

  @Test
  void namesAHomeThatCannotBeWritten() throws Exception {
    var file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> Database.open(file, null, s -> {}))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--home");
  }

  @Test
  void namesThePlatformThatHasNoServerAndTheWayOut() {
    var machine = new Machine("Mac OS X", "aarch64", null, Map.of());
    assertThatThrownBy(() -> Database.open(home, null, s -> {}, machine))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("Mac OS X on aarch64")
        .hasMessageContaining("--db");
  }

  private Database open() throws DatabaseUnavailable {
    return Database.open(home, null, sentence -> {});
  }

  private ServerFiles files() throws Exception {
    return new ServerFiles(home.resolve("database").toRealPath());
  }

  private void killServer() throws Exception {
    ServerProcess.find(files()).orElseThrow().destroyForcibly();
    while (ServerProcess.find(files()).isPresent()) {
      Thread.onSpinWait();
    }
  }

  private static Machine machine(Map<String, String> environment) {
    var here = Machine.here();
    return new Machine(here.os(), here.arch(), here.binariesPlace(), environment);
  }

  private static void run(Database database, String... statements) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String ask(Database database, String query) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }
}

package org.keyroll.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this machine is and what its environment asks for. */
record Machine(
    String os, String arch, @Nullable String binariesPlace, Map<String, String> environment) {

  private static final String PLACE_VARIABLE = "KEYROLL_MARIADB_BASE";

  static Machine here() {
    var environment = System.getenv();
    return new Machine(
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("keyroll.mariadb.base", environment.get(PLACE_VARIABLE)),
        environment);
  }

  /**
   * Refuses a machine that the bundled server cannot run on.
   *
   * @throws DatabaseUnavailable naming the system and the way out
   */
  void mustRunBundledServer() throws DatabaseUnavailable {
    var x86 = arch.equals("amd64") || arch.equals("x86_64");
    if (!os.equals("Linux") || !x86) {
      throw new DatabaseUnavailable(
          "Keyroll carries a MariaDB server for Linux on x86-64 only, and this is "
              + os
              + " on "
              + arch
              + "; start a MariaDB 10.11 or later yourself and name it with --db"
              + " 'jdbc:mariadb://HOST/DATABASE?user=…&password=…'.");
    }
  }

  @Nullable String variable(String name) {
    var value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The port that KEYROLL_DB_PORT fixes, or null when any free one will do. */
  @Nullable Integer fixedPort() throws DatabaseUnavailable {
    var text = variable("KEYROLL_DB_PORT");
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65535) {
      throw new DatabaseUnavailable(
          "KEYROLL_DB_PORT is '" + text + "', which is not a port; set it to 1–65535 or unset it.");
    }
    return Integer.valueOf(text);
  }

  /** MariaDB refuses to run as root unless it is told so. */
  boolean runsAsRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }
}

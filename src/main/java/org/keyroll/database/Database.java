package org.keyroll.database;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An open MariaDB with the schema Keyroll keeps everything in: one of its own under the home, which
 * all commands on that home share, or an external one.
 *
 * <p>Close it after everything that uses it: the last user of a home's server shuts it down.
 */
public final class Database implements AutoCloseable {

  private final Access access;
  private final Runnable leave;
  private final boolean embedded;
  private boolean closed;

  private Database(Access access, boolean embedded, Runnable leave) {
    this.access = access;
    this.embedded = embedded;
    this.leave = leave;
  }

  /**
   * Opens the database of a home, creating and starting it where needed.
   *
   * @param externalUrl {@code jdbc:mariadb://host/database?user=…&password=…}, or null for the
   *     embedded server that keeps its data under {@code home/database}
   * @param say takes progress sentences for a person
   * @throws DatabaseUnavailable with one sentence that says what to do
   */
  public static Database open(Path home, @Nullable String externalUrl, Consumer<String> say)
      throws DatabaseUnavailable {
    return open(home, externalUrl, say, Machine.here());
  }

  static Database open(
      Path home, @Nullable String externalUrl, Consumer<String> say, Machine machine)
      throws DatabaseUnavailable {
    if (externalUrl != null) {
      return new Database(ExternalDatabase.check(externalUrl, machine), false, () -> {});
    }
    var server = SharedServer.of(home, machine);
    return new Database(server.join(machine, say), true, server::leave);
  }

  /** The JDBC URL of the schema, without user and password. */
  public String url() {
    return access.url();
  }

  public String user() {
    return access.user();
  }

  public String password() {
    return access.password();
  }

  /** Whether the server is the home's own. */
  public boolean embedded() {
    return embedded;
  }

  /**
   * Leaves the database. The last to leave a home's own server, over all JVMs, shuts it down and
   * waits until it has gone. A second call does nothing.
   *
   * @throws IllegalStateException if the server does not end; nothing is lost, and the next command
   *     joins it or starts a new one
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      leave.run();
    }
  }
}

package org.keyroll.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts, finds and stops the server of a home. Its caller holds the home's start lock. */
final class EmbeddedServer {

  private static final String USER = "keyroll";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration WORTH_A_WORD = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 10;
  private static final int PORTS_TO_TRY = 5;
  private static final long ROOM_BYTES = 1L << 30;

  private final ServerFiles files;
  private final Machine machine;
  private final Consumer<String> say;

  EmbeddedServer(ServerFiles files, Machine machine, Consumer<String> say) {
    this.files = files;
    this.machine = machine;
    this.say = say;
  }

  /** The running server of this home: the one that is there, else a new one. */
  Access running() throws IOException, DatabaseUnavailable, InterruptedException {
    var left = joined(Duration.ofSeconds(30));
    return left != null ? left : started();
  }

  /** The server that an earlier command started and that answers; null when there is none. */
  private @Nullable Access joined(Duration patience)
      throws IOException, DatabaseUnavailable, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var port = ServerFiles.number(files.port());
      if (port != null) {
        var access = access(port);
        if (answers(access)) {
          return access;
        }
      }
      // It lives but does not answer: still starting, or just ending, if its JVM was killed.
      var server = ServerProcess.find(files);
      if (server.isEmpty()) {
        return null;
      }
      if (System.nanoTime() > deadline) {
        throw new DatabaseUnavailable(
            "The database server of %s (process %d) does not answer; end it with 'kill %2$d' and try again."
                .formatted(files.root(), server.get().pid()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private Access started() throws IOException, DatabaseUnavailable, InterruptedException {
    machine.mustRunBundledServer();
    Disk.mustHave(ROOM_BYTES, files.root());
    var fixed = machine.fixedPort();
    var place = machine.binariesPlace();
    var binaries = Binaries.in(place == null ? files.binaries() : Path.of(place), say);
    Files.createDirectories(files.tmp());
    files.turnLog();
    ServerSettings.write(files, binaries, machine);
    DataDirectory.prepare(files, binaries, say);
    for (var attempt = 1; ; attempt++) {
      var port = fixed != null ? fixed : freePort();
      if (fixed != null && taken(fixed)) {
        throw portTaken(fixed);
      }
      var log = ServerLog.now(files.log());
      var access = start(binaries, port, log);
      if (access != null) {
        return access;
      }
      if (fixed != null || !log.portWasTaken() || attempt == PORTS_TO_TRY) {
        throw fixed != null && log.portWasTaken()
            ? portTaken(fixed)
            : log.explain("The database server did not start");
      }
    }
  }

  private static DatabaseUnavailable portTaken(int port) {
    return new DatabaseUnavailable(
        "Port %d of 127.0.0.1 is taken by another program; set KEYROLL_DB_PORT to a free port, or unset it and Keyroll finds one."
            .formatted(port));
  }

  /** A server that answers, or null when it ended; its log says why. */
  private @Nullable Access start(Binaries binaries, int port, ServerLog log)
      throws IOException, DatabaseUnavailable, InterruptedException {
    var access = access(port);
    ServerFiles.writeSecret(files.accounts(), accounts(access.password()));
    try {
      var server = launch(binaries, port);
      var began = System.nanoTime();
      var said = false;
      while (!answers(access)) {
        var waited = Duration.ofNanos(System.nanoTime() - began);
        if (!server.isAlive()) {
          return null;
        }
        if (waited.compareTo(PATIENCE) > 0) {
          end(server.toHandle());
          throw log.explain(
              "The database server was not ready after " + PATIENCE.toMinutes() + " minutes");
        }
        if (!said && waited.compareTo(WORTH_A_WORD) > 0) {
          said = true;
          say.accept("Waiting for the database, which may be recovering from a hard stop…");
        }
        Thread.sleep(POLL_MILLIS);
      }
      return access;
    } finally {
      Files.deleteIfExists(files.accounts());
    }
  }

  private Process launch(Binaries binaries, int port) throws IOException {
    // Written before the server answers: if this JVM dies now, the next one finds it nevertheless.
    Files.writeString(files.port(), port + "\n");
    var server =
        ServerProcess.start(
            List.of(
                binaries.program().toString(),
                "--defaults-file=" + files.settings(),
                "--port=" + port,
                "--init-file=" + files.accounts()),
            files.root(),
            files.log());
    Files.writeString(files.pid(), server.pid() + "\n");
    server.getOutputStream().close();
    return server;
  }

  // Run by the server itself before it lets anyone in. At every start, so that a lost password file
  // heals. There is no root: nothing here needs one.
  private static String accounts(String password) {
    return """
    CREATE USER IF NOT EXISTS keyroll@'127.0.0.1';
    ALTER USER keyroll@'127.0.0.1' IDENTIFIED BY '%s';
    GRANT ALL ON keyroll.* TO keyroll@'127.0.0.1';
    GRANT ALL ON `keyroll\\_%%`.* TO keyroll@'127.0.0.1';
    GRANT PROCESS ON *.* TO keyroll@'127.0.0.1';
    """
        .formatted(password);
  }

  private Access access(int port) throws IOException {
    return new Access(JdbcUrl.ofEmbedded(port), USER, files.password());
  }

  // The data directory tells a server of this home from that of a copied home, whose password is
  // the same.
  private boolean answers(Access access) throws IOException {
    try (var connection = access.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT @@datadir")) {
      return result.next() && Path.of(result.getString(1)).equals(files.data());
    } catch (SQLException notYet) {
      return false;
    }
  }

  /**
   * Shuts the server down cleanly and waits until it has gone.
   *
   * @throws IllegalStateException if it does not end
   */
  void stop() throws IOException, InterruptedException {
    var server = ServerProcess.find(files);
    if (server.isPresent()) {
      end(server.get());
    }
    Files.deleteIfExists(files.port());
    Files.deleteIfExists(files.pid());
  }

  private void end(ProcessHandle server) throws IOException, InterruptedException {
    server.destroy(); // SIGTERM, which MariaDB takes as a clean shutdown
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ServerProcess.find(files).isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "The database server (process %d) does not end; see %s."
                .formatted(server.pid(), files.log()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean taken(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections that have just ended are not a program
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException inUse) {
      return true;
    }
  }
}

package org.keyroll.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** The data of a home's own server: made once, and kept from a server that cannot read it. */
final class DataDirectory {

  // The name mariadb-upgrade looks for, too.
  private static final String VERSION_FILE = "mariadb_upgrade_info";

  private DataDirectory() {}

  /**
   * Makes the data directory if there is none yet, else checks that these binaries may open it.
   *
   * @throws DatabaseUnavailable if another release series wrote it, or it cannot be made
   */
  static void prepare(ServerFiles files, Binaries binaries, Consumer<String> say)
      throws IOException, DatabaseUnavailable, InterruptedException {
    if (Files.exists(files.data())) {
      mustFit(files.data(), binaries.version());
      return;
    }
    say.accept("Making a new database in " + files.root() + "…");
    var fresh = files.root().resolve("data.new");
    FileSystemUtils.deleteRecursively(fresh);
    Files.createDirectories(fresh);
    bootstrap(files, binaries, fresh);
    Files.writeString(fresh.resolve(VERSION_FILE), binaries.version() + "-MariaDB");
    Files.move(fresh, files.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  // What mariadb-install-db does, without a shell, the help tables and the accounts without a
  // password. It is over before any server listens.
  private static void bootstrap(ServerFiles files, Binaries binaries, Path data)
      throws IOException, DatabaseUnavailable, InterruptedException {
    var log = ServerLog.now(files.log());
    var server =
        ServerProcess.start(
            List.of(
                binaries.program().toString(),
                "--defaults-file=" + files.settings(),
                "--datadir=" + data,
                "--bootstrap",
                "--silent-startup",
                "--log-warnings=0"),
            files.root(),
            files.log());
    try (var sql = server.outputWriter()) {
      sql.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
      sql.write(Files.readString(binaries.share().resolve("mariadb_system_tables.sql")));
      sql.write(Files.readString(binaries.share().resolve("mariadb_system_tables_data.sql")));
      sql.write(
          """
          DELETE FROM global_priv WHERE user <> 'mariadb.sys';
          DELETE FROM proxies_priv;
          CREATE DATABASE keyroll CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
          """);
    } catch (IOException brokenPipe) {
      server.waitFor(); // the log tells more than the pipe that the server let go
      throw log.explain("The database could not be made");
    }
    if (server.waitFor() != 0) {
      throw log.explain("The database could not be made");
    }
  }

  static void mustFit(Path data, String binaries) throws IOException, DatabaseUnavailable {
    var file = data.resolve(VERSION_FILE);
    var writer =
        Files.exists(file) ? Files.readString(file).strip().replaceFirst("-.*", "") : "unknown";
    if (!series(writer).equals(series(binaries))) {
      throw new DatabaseUnavailable(
          "The data in %s was written by MariaDB %s and this Keyroll carries %s; use the Keyroll that wrote it, or move it over with mariadb-dump."
              .formatted(data, writer, binaries));
    }
  }

  /** {@code 11.4} of {@code 11.4.5}: within it, data moves freely in both directions. */
  private static String series(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }
}

package org.keyroll.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings of a home's own server. */
final class ServerSettings {

  private ServerSettings() {}

  /**
   * @throws DatabaseUnavailable if KEYROLL_DB_BUFFER_POOL is not a size
   */
  static void write(ServerFiles files, Binaries binaries, Machine machine)
      throws IOException, DatabaseUnavailable {
    var pool = machine.variable("KEYROLL_DB_BUFFER_POOL");
    if (pool != null && !pool.matches("[0-9]{1,12}[KMGkmg]?")) {
      throw new DatabaseUnavailable(
          "KEYROLL_DB_BUFFER_POOL is '" + pool + "', which is not a size; write it as 512M or 2G.");
    }
    Files.writeString(
        files.settings(),
        text(files, binaries, pool == null ? defaultPool() : pool)
            + (machine.runsAsRoot() ? "user=root\n" : ""));
  }

  /** A quarter of the machine's memory, 256 MiB to 2 GiB. */
  private static String defaultPool() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
            ? machine.getTotalMemorySize()
            : 0;
    return Math.max(256, Math.min(2048, (memory >> 20) / 4)) + "M";
  }

  private static String text(ServerFiles files, Binaries binaries, String bufferPool) {
    return """
        # Written anew at every start: a change made here is lost.
        [mariadbd]
        basedir=%s
        lc_messages_dir=%s
        datadir=%s
        tmpdir=%s
        pid_file=%s
        bind_address=127.0.0.1
        # No socket file: its path may be 107 bytes at most, and a home may lie deeper.
        socket=
        # The server would sign itself a certificate at every start, which takes 3 to 13 seconds.
        skip_ssl
        skip_name_resolve
        skip_log_bin
        local_infile=ON
        max_allowed_packet=64M
        performance_schema=OFF

        character_set_server=utf8mb4
        collation_server=utf8mb4_bin
        default_time_zone=+00:00
        sql_mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION
        transaction_isolation=READ-COMMITTED
        # Later versions turn this on, and then a plain UPDATE may fail with error 1020.
        innodb_snapshot_isolation=OFF
        # A later version may add a column to a table that keeps its history.
        system_versioning_alter_history=KEEP

        innodb_flush_log_at_trx_commit=1
        innodb_buffer_pool_size=%s
        innodb_log_file_size=512M
        innodb_log_buffer_size=64M
        innodb_autoinc_lock_mode=2
        innodb_io_capacity=1000
        innodb_io_capacity_max=4000
        innodb_flush_neighbors=0
        # Most commands are short: reading the last one's pages back would be their longest part.
        innodb_buffer_pool_dump_at_shutdown=OFF
        innodb_buffer_pool_load_at_startup=OFF
        aria_pagecache_buffer_size=64M
        tmp_table_size=64M
        max_heap_table_size=64M
        max_connections=100
        """
        .formatted(
            quoted(binaries.root()),
            quoted(binaries.share()),
            quoted(files.data()),
            quoted(files.tmp()),
            quoted(files.pid()),
            bufferPool);
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\") + '"';
  }
}

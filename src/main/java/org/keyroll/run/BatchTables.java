package org.keyroll.run;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/** Creates the tables of Spring Batch from the framework's own script. */
@Component
class BatchTables implements JavaMigration {
  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1");
  }

  @Override
  public String getDescription() {
    return "tables of spring batch";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return false;
  }

  @Override
  public void migrate(Context context) {
    // DDL cannot be rolled back: a command that was killed here may have left some of them.
    execute(context, "schema-drop-mariadb.sql");
    execute(context, "schema-mariadb.sql");
  }

  private static void execute(Context context, String script) {
    ScriptUtils.executeSqlScript(
        context.getConnection(), new ClassPathResource("org/springframework/batch/core/" + script));
  }
}

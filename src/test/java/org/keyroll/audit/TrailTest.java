package org.keyroll.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.database.Database;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Each change of each line is found, and a cut end by the head that was kept elsewhere. */
class TrailTest {
  private static final int LINES = 50;
  private static final int WRITERS = 4;

  @TempDir Path home;

  /** Two departments that download at the same moment, say. */
  @Test
  void writersAtOnceChainOneBehindTheOther() throws Exception {
    try (var database = Database.open(home, null, s -> {})) {
      var source =
          new DriverManagerDataSource(database.url(), database.user(), database.password());
      var db = JdbcClient.create(source);
      db.sql(schema()).update();
      var trail = new Trail(db, Clock.systemUTC());
      trail.append("keyroll", "register", "person root", "administrator");
      var transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
      transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
      var threads = Executors.newFixedThreadPool(WRITERS);
      try {
        var writers = new ArrayList<Future<?>>();
        for (int n = 0; n < WRITERS; n++) {
          var who = "writer-" + n;
          writers.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < LINES; i++) {
                      transaction.executeWithoutResult(
                          status -> trail.append(who, "download", "revision 1", "list.csv"));
                    }
                  }));
        }
        for (var writer : writers) {
          writer.get();
        }
      } finally {
        threads.shutdown();
      }
      assertThat(trail.head().seq()).isEqualTo(1 + WRITERS * LINES);
      assertThat(trail.firstBroken()).isEmpty();
    }
  }

  @Test
  void findsEveryChange() throws Exception {
    try (var database = Database.open(home, null, s -> {})) {
      var db =
          JdbcClient.create(
              new DriverManagerDataSource(database.url(), database.user(), database.password()));
      db.sql(schema()).update();
      var trail = new Trail(db, Clock.systemUTC());
      for (int i = 1; i <= LINES; i++) {
        trail.append("keyroll", "publish", "revision " + i, "龙源 " + i);
      }
      var head = trail.head();
      assertThat(trail.firstBroken()).isEmpty();
      assertThat(Trail.Head.parse(head.toString())).isEqualTo(head);
      db.sql("CREATE TABLE kept AS SELECT * FROM audit").update();
      for (int line = 1; line <= LINES; line++) {
        for (var change :
            List.of(
                "UPDATE audit SET detail = CONCAT(detail, 'x') WHERE seq = ",
                "UPDATE audit SET actor = 'another' WHERE seq = ",
                "UPDATE audit SET at = at + INTERVAL 1 SECOND WHERE seq = ",
                "UPDATE audit SET hash = REVERSE(hash) WHERE seq = ",
                "DELETE FROM audit WHERE seq = ",
                "DELETE FROM audit WHERE seq >= ")) {
          assertThat(db.sql(change + line).update()).isPositive();
          boolean found = trail.firstBroken().isPresent() || !trail.holds(head);
          assertThat(found).as(change + line).isTrue();
          db.sql("REPLACE INTO audit SELECT * FROM kept").update();
        }
      }
      // Written anew with hashes that fit: only the head that is kept elsewhere tells.
      db.sql("DELETE FROM audit").update();
      for (int i = 1; i <= LINES; i++) {
        trail.append("keyroll", "publish", "revision " + i, "anything");
      }
      assertThat(trail.firstBroken()).isEmpty();
      assertThat(trail.holds(head)).isFalse();
    }
  }

  private static String schema() throws Exception {
    var migration = Files.readString(Path.of("src/main/resources/db/migration/V2__keyroll.sql"));
    return Arrays.stream(migration.split(";\n", -1))
        .filter(statement -> statement.contains("EXISTS audit ("))
        .findFirst()
        .orElseThrow();
  }
}

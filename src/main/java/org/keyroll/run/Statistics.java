package org.keyroll.run;

import java.util.List;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the server what its tables have become after a step that wrote many rows. The server counts
 * again by itself, but later: until then it takes a table just filled for empty, reads an index as
 * if it told rows apart that are all alike in it, and a join grows with the square of the rows.
 */
@Component
class Statistics implements StepExecutionListener {
  private static final long MANY = 5_000;
  private static final List<String> TABLES =
      List.of(
          "record", "unit", "unit_alias", "link", "unlinked", "assessment", "entry", "proposal");

  private final JdbcClient db;

  Statistics(JdbcClient db) {
    this.db = db;
  }

  /** Outside the transaction of the step, which has committed: this statement commits by itself. */
  @Override
  public ExitStatus afterStep(StepExecution step) {
    if (step.getWriteCount() >= MANY) {
      db.sql("ANALYZE NO_WRITE_TO_BINLOG TABLE " + String.join(", ", TABLES)).query().listOfRows();
    }
    return step.getExitStatus();
  }
}

package org.keyroll.console;

import java.nio.file.Path;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.publication.Verification;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ready while the revision in force of every programme is on the disk with the manifest it was
 * published with: whoever asks for the list gets that list.
 */
@Component
@ConditionalOnWebApplication
class RevisionHealthIndicator extends AbstractHealthIndicator {
  private final JdbcClient db;
  private final PublishedFolders folders;

  RevisionHealthIndicator(JdbcClient db, PublishedFolders folders) {
    super("the published revisions cannot be checked");
    this.db = db;
    this.folders = folders;
  }

  private record InForce(String programme, long revision, String manifest) {}

  @Override
  protected void doHealthCheck(Health.Builder health) throws Exception {
    health.up();
    var inForce =
        db.sql(
                "SELECT p.programme, r.revision, r.manifest FROM programme p JOIN revision r"
                    + " ON r.programme_id = p.programme_id AND r.revision = p.current_revision"
                    + " ORDER BY p.programme")
            .query(InForce.class)
            .list();
    for (var revision : inForce) {
      Path folder = folders.of(revision.programme(), revision.revision());
      boolean whole = Verification.hasManifest(folder, revision.manifest());
      health.withDetail(revision.programme(), "revision " + revision.revision());
      if (!whole) {
        health.down().withDetail(revision.programme(), folder + " is not as it was published");
      }
    }
  }
}

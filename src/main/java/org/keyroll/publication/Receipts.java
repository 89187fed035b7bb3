package org.keyroll.publication;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** That departments say they have taken what a revision has for them. */
@Service
public class Receipts {
  private final JdbcClient db;
  private final People people;
  private final Trail trail;

  Receipts(JdbcClient db, People people, Trail trail) {
    this.db = db;
    this.people = people;
    this.trail = trail;
  }

  /** Who of a department said so, and when. */
  public record Receipt(String person, Instant confirmedAt) {}

  /** The receipts of a revision, by department. */
  public Map<String, Receipt> of(Scope scope, long revision) {
    var receipts = new TreeMap<String, Receipt>();
    db.sql(
            "SELECT department, person, confirmed_at FROM receipt WHERE programme_id = ?"
                + " AND revision = ?")
        .params(scope.programmeId(), revision)
        .query(
            row -> {
              receipts.put(
                  row.getString(1), new Receipt(row.getString(2), row.getTimestamp(3).toInstant()));
            });
    return receipts;
  }

  /**
   * Confirms it for the person's own department; said again, nothing changes.
   *
   * @param revision one that was published
   * @param at the moment of it
   * @throws NotAllowed when the person belongs to no department of the programme
   */
  @Transactional(rollbackFor = Exception.class)
  public void confirm(Person by, Scope scope, long revision, Instant at) throws NotAllowed {
    people.require(by, Right.TAKE);
    var department = by.department();
    if (department == null || !department.programme().equals(scope.programme().id())) {
      throw new NotAllowed("%s belongs to no department of this programme.".formatted(by.name()));
    }
    int added =
        db.sql(
                "INSERT IGNORE INTO receipt (programme_id, revision, department, person,"
                    + " confirmed_at) VALUES (?, ?, ?, ?, ?)")
            .param(scope.programmeId())
            .param(revision)
            .param(department.id())
            .param(by.name())
            .param(Timestamp.from(at))
            .update();
    if (added > 0) {
      trail.append(
          by.name(),
          "receipt",
          "revision %d of %s".formatted(revision, scope.programme().id()),
          department.id());
    }
  }
}

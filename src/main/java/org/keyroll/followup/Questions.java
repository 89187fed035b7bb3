package org.keyroll.followup;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Questions of departments about units that are assigned to them, and the answers to them. */
@Service
public class Questions {
  private static final int LONGEST = 2_000;

  private static final RowMapper<Question> QUESTION =
      (row, n) ->
          new Question(
              row.getLong("question_id"),
              new UnitId(row.getLong("unit_id")),
              row.getString("department"),
              row.getString("asked"),
              row.getString("asked_by"),
              row.getObject("asked_on", LocalDate.class),
              row.getString("answer"),
              row.getString("answered_by"),
              row.getObject("answered_on", LocalDate.class));

  private final JdbcClient db;
  private final People people;
  private final Entries entries;
  private final Revisions revisions;
  private final Trail trail;

  Questions(JdbcClient db, People people, Entries entries, Revisions revisions, Trail trail) {
    this.db = db;
    this.people = people;
    this.entries = entries;
    this.revisions = revisions;
    this.trail = trail;
  }

  /** The unit is not on the list in force under the department of the person. */
  public static final class NotTheirs extends Exception {
    private static final long serialVersionUID = 1L;

    NotTheirs(UnitId unit, String department) {
      super(
          "%s is not on the list in force under %s; a department asks about units that are its own."
              .formatted(unit, department));
    }
  }

  /**
   * All there have been, oldest first.
   *
   * @param department whose; null: everybody's
   */
  public List<Question> all(Scope scope, @Nullable String department) {
    return db.sql(
            "SELECT * FROM question WHERE programme_id = ? AND (? IS NULL OR department = ?)"
                + " ORDER BY question_id")
        .param(scope.programmeId())
        .param(department)
        .param(department)
        .query(QUESTION)
        .list();
  }

  /**
   * All there have been about a unit, oldest first.
   *
   * @param department whose; null: everybody's
   */
  public List<Question> of(Scope scope, UnitId unit, @Nullable String department) {
    return all(scope, department).stream().filter(q -> q.unit().equals(unit)).toList();
  }

  /** How many wait for an answer. */
  public long open(Scope scope) {
    return db.sql("SELECT COUNT(*) FROM question WHERE programme_id = ? AND answered_on IS NULL")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /** The question with a number; empty where there is none, or it is another department's. */
  public Optional<Question> find(Scope scope, long number, @Nullable String department) {
    return db.sql(
            "SELECT * FROM question WHERE programme_id = ? AND question_id = ?"
                + " AND (? IS NULL OR department = ?)")
        .param(scope.programmeId())
        .param(number)
        .param(department)
        .param(department)
        .query(QUESTION)
        .optional();
  }

  /** How a unit is listed in force; empty where it is not, or not under the department. */
  public Optional<Entry> entry(Scope scope, UnitId unit, String department) {
    return entries
        .of(scope, revisions.current(scope), unit)
        .filter(e -> e.departments().contains(department));
  }

  /**
   * Asks about a unit for the person's own department.
   *
   * @param on business date
   * @throws NotAllowed when the person belongs to no department of the programme
   * @throws NotTheirs when the unit is not assigned to it
   * @throws Undecidable when nothing is asked, or too much
   */
  @Transactional(rollbackFor = Exception.class)
  public Question ask(Person by, Scope scope, UnitId unit, LocalDate on, String asked)
      throws NotAllowed, NotTheirs, Undecidable {
    people.require(by, Right.TAKE);
    var department = by.department();
    if (department == null || !department.programme().equals(scope.programme().id())) {
      throw new NotAllowed("%s belongs to no department of this programme.".formatted(by.name()));
    }
    if (entry(scope, unit, department.id()).isEmpty()) {
      throw new NotTheirs(unit, department.id());
    }
    var words = words(asked, "A question");
    db.sql(
            "INSERT INTO question (programme_id, unit_id, department, asked, asked_by, asked_on)"
                + " VALUES (?, ?, ?, ?, ?, ?)")
        .params(scope.programmeId(), unit.number(), department.id(), words, by.name(), on)
        .update();
    long number = db.sql("SELECT LAST_INSERT_ID()").query(Long.class).single();
    var made = find(scope, number, null).orElseThrow();
    trail.append(by.name(), "ask", "%s about %s".formatted(made.id(), unit), words);
    return made;
  }

  /**
   * Answers a question.
   *
   * @param on business date
   * @throws NotAllowed when the person does not answer questions
   * @throws Undecidable when there is no such question, it was answered already, or the answer is
   *     empty or too long
   */
  @Transactional(rollbackFor = Exception.class)
  public Question answer(Person by, Scope scope, long number, LocalDate on, String answer)
      throws NotAllowed, Undecidable {
    people.require(by, Right.ANSWER);
    var words = words(answer, "An answer");
    int answered =
        db.sql(
                "UPDATE question SET answer = ?, answered_by = ?, answered_on = ?"
                    + " WHERE programme_id = ? AND question_id = ? AND answered_on IS NULL")
            .params(words, by.name(), on, scope.programmeId(), number)
            .update();
    var now =
        find(scope, number, null)
            .orElseThrow(
                () ->
                    refused("There is no question Q%d; see keyroll questions.".formatted(number)));
    if (answered == 0) {
      throw refused(
          "%s was answered by %s on %s.".formatted(now.id(), now.answeredBy(), now.answeredOn()));
    }
    trail.append(by.name(), "answer", now.id(), words);
    return now;
  }

  private static String words(String text, String what) throws Undecidable {
    var words = text.strip();
    if (words.isEmpty() || words.length() > LONGEST) {
      throw refused("%s has 1 to %d characters.".formatted(what, LONGEST));
    }
    return words;
  }

  private static Undecidable refused(String sentence) {
    return new Undecidable(List.of(sentence));
  }
}

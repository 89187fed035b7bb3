package org.keyroll.identity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Payload;
import org.keyroll.matching.Evidence;
import org.keyroll.matching.Matcher;
import org.keyroll.unit.Names;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What waits for a person: pairs of records that may be one unit, or may not be one any more. */
@Service
public class Review {
  private static final String CANDIDATES =
      """
      SELECT c.candidate_id, c.cause, c.weight, x.as_of,
        a.record_id AS record_a, s.source AS source_a, a.record_key AS key_a,
        JSON_VALUE(a.payload, :name) AS name_a, a.identifier AS identifier_a, k.unit_id AS unit_a,
        b.record_id AS record_b, t.source AS source_b, b.record_key AS key_b,
        JSON_VALUE(b.payload, :name) AS name_b, b.identifier AS identifier_b, l.unit_id AS unit_b
      FROM candidate c JOIN run x ON x.run_id = c.since_run
        JOIN record a ON a.record_id = c.record_a JOIN source s ON s.source_id = a.source_id
        JOIN record b ON b.record_id = c.record_b JOIN source t ON t.source_id = b.source_id
        LEFT JOIN link k ON k.record_id = a.record_id AND k.until_run = 4294967295
        LEFT JOIN link l ON l.record_id = b.record_id AND l.until_run = 4294967295
      WHERE c.programme_id = :programme
      """;

  private static final String ONE_SIDE =
      """
      SELECT r.record_id AS record_a, s.source AS source_a, r.record_key AS key_a,
        JSON_VALUE(r.payload, ?) AS name_a, r.identifier AS identifier_a, l.unit_id AS unit_a
      """;

  private final JdbcClient db;
  private final DataSource dataSource;
  private final TransactionTemplate transaction;
  private final Models models;

  Review(JdbcClient db, DataSource dataSource, TransactionTemplate transaction, Models models) {
    this.db = db;
    this.dataSource = dataSource;
    this.transaction = transaction;
    this.models = models;
  }

  /** Why a person is asked. */
  public enum Cause {
    /** Enough speaks for one unit to ask, not enough to link. */
    SIMILAR,
    /** Much speaks for one unit, but the identifiers differ. */
    CONFLICT,
    /** A rule found several units for one row. */
    SEVERAL,
    /** Two units, or a unit and a row, bear one name. */
    ONE_NAME,
    /** Two rows fit one unit, of a source that says no two of its rows are one. */
    RIVAL,
    /** One identifier stands under two names; the two are linked as long as nobody rejects it. */
    ONE_CODE;

    /** In words. */
    public String words() {
      return switch (this) {
        case SIMILAR -> "the evidence is not clear";
        case CONFLICT -> "alike, with different identifiers";
        case SEVERAL -> "one row fits several units";
        case ONE_NAME -> "one name, two units";
        case RIVAL -> "two rows of one source fit one unit";
        case ONE_CODE -> "one identifier, two names";
      };
    }
  }

  /** One of the two records; {@code unit} is null while it waits. */
  public record Side(
      long record,
      String source,
      String key,
      @Nullable String name,
      @Nullable String identifier,
      @Nullable UnitId unit) {}

  /**
   * Two records on which a person decides.
   *
   * @param bits log-odds of the evidence; null where rules found the pair
   * @param since business date of the run that found it
   */
  public record Candidate(
      long id, Cause cause, @Nullable Double bits, LocalDate since, Side a, Side b) {

    /** By the evidence; null where rules found the pair. */
    public @Nullable Double probability() {
      return bits == null ? null : org.keyroll.matching.Model.probability(bits);
    }
  }

  /**
   * What one field says.
   *
   * @param says in words
   * @param bits what it adds to the log-odds; null where it is not weighed
   */
  public record Line(
      String field, @Nullable String a, @Nullable String b, String says, @Nullable Double bits) {}

  /**
   * Two records side by side.
   *
   * @param prior log-odds in bits before anything is compared; null where no evidence is weighed
   * @param model the version of the model that weighs it
   */
  public record Comparison(
      List<Line> lines, @Nullable Double prior, @Nullable Double total, @Nullable String model) {

    /** By the evidence; null where none is weighed. */
    public @Nullable Double probability() {
      return total == null ? null : org.keyroll.matching.Model.probability(total);
    }
  }

  /** How many candidates there are. */
  public long count(Scope scope) {
    return db.sql("SELECT COUNT(*) FROM candidate WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /** All candidates, oldest first. */
  public List<Candidate> open(Scope scope) {
    return candidates(scope, " ORDER BY c.candidate_id", 0);
  }

  /** One candidate; empty when it is not open, or not any more. */
  public Optional<Candidate> candidate(Scope scope, long id) {
    return candidates(scope, " AND c.candidate_id = :id", id).stream().findFirst();
  }

  private List<Candidate> candidates(Scope scope, String which, long id) {
    return db.sql(CANDIDATES + which)
        .param("name", "$." + scope.definitions().matching().name())
        .param("programme", scope.programmeId())
        .param("id", id)
        .query(
            (row, n) ->
                new Candidate(
                    row.getLong("candidate_id"),
                    Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                    row.getObject("weight") == null ? null : row.getDouble("weight"),
                    row.getObject("as_of", LocalDate.class),
                    side(row, "a"),
                    side(row, "b")))
        .list();
  }

  private static Side side(java.sql.ResultSet row, String of) throws java.sql.SQLException {
    return new Side(
        row.getLong("record_" + of),
        row.getString("source_" + of),
        row.getString("key_" + of),
        row.getString("name_" + of),
        row.getString("identifier_" + of),
        row.getObject("unit_" + of) == null ? null : new UnitId(row.getLong("unit_" + of)));
  }

  /**
   * The record in force with a key.
   *
   * @param key as in {@code export records}
   */
  public Optional<Side> record(Scope scope, String source, String key) {
    return db.sql(
            ONE_SIDE
                + """
            FROM record r JOIN source s USING (source_id)
              LEFT JOIN link l ON l.record_id = r.record_id AND l.until_run = ?
            WHERE s.programme_id = ? AND s.source = ? AND r.until_run = ? AND r.record_key = ?
            """)
        .params(
            "$." + scope.definitions().matching().name(),
            Run.STILL,
            scope.programmeId(),
            source,
            Run.STILL,
            key)
        .query((row, n) -> side(row, "a"))
        .optional();
  }

  /** The record of a unit that stands for it: of the first registry that has one, the earliest. */
  public Optional<Side> standsFor(Scope scope, UnitId unit, List<Long> besides) {
    var registries = scope.definitions().matching().registries();
    return db
        .sql(
            ONE_SIDE
                + """
            FROM link l JOIN record r ON r.record_id = l.record_id JOIN source s USING (source_id)
            WHERE l.unit_id = ? AND l.until_run = ? AND s.programme_id = ?
            ORDER BY FIND_IN_SET(s.source, ?) = 0, FIND_IN_SET(s.source, ?), r.record_id
            """)
        .params(
            "$." + scope.definitions().matching().name(),
            unit.number(),
            Run.STILL,
            scope.programmeId(),
            String.join(",", registries),
            String.join(",", registries))
        .query((row, n) -> side(row, "a"))
        .list()
        .stream()
        .filter(side -> !besides.contains(side.record()))
        .findFirst();
  }

  /** Puts two records side by side, with what each field says. */
  public Comparison compare(Scope scope, Side a, Side b) throws Exception {
    var one = payload(a.record());
    var two = payload(b.record());
    var fields = new LinkedHashSet<>(one.keySet());
    fields.addAll(two.keySet());
    var evidence = evidence(scope, a.record(), b.record());
    Map<String, Evidence.Part> parts = new LinkedHashMap<>();
    evidence.ifPresent(e -> e.parts().forEach(p -> parts.put(p.field(), p)));
    var lines = new ArrayList<Line>();
    for (var field : fields) {
      var part = parts.get(field);
      var x = one.get(field);
      var y = two.get(field);
      lines.add(
          new Line(
              field,
              x,
              y,
              part == null ? plainly(x, y) : part.agreement(),
              part == null ? null : part.weight()));
    }
    return new Comparison(
        lines,
        evidence.map(Evidence::prior).orElse(null),
        evidence.map(Evidence::weight).orElse(null),
        evidence.isEmpty() ? null : models.inForce(scope).map(Models.Kept::version).orElse(null));
  }

  private static String plainly(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return "only one says";
    }
    return a.equals(b) ? "the same" : "differs";
  }

  private Map<String, String> payload(long record) {
    return Payload.read(
        db.sql("SELECT payload FROM record WHERE record_id = ?")
            .param(record)
            .query(String.class)
            .single());
  }

  private Optional<Evidence> evidence(Scope scope, long a, long b) throws Exception {
    var matching = scope.definitions().matching();
    var similarity = matching.similarity();
    var kept = models.inForce(scope);
    if (similarity == null || kept.isEmpty()) {
      return Optional.empty();
    }
    var fields =
        kept.get().model().fields().stream().map(org.keyroll.matching.Model.Field::name).toList();
    if (!fields.equals(List.copyOf(similarity.fields().keySet()))) {
      return Optional.empty(); // matching.yml has changed and no run has followed it yet
    }
    return transaction.execute(
        status -> {
          var connection = DataSourceUtils.getConnection(dataSource);
          try {
            db.sql(
                    "CREATE OR REPLACE TEMPORARY TABLE two"
                        + " (record_id BIGINT UNSIGNED NOT NULL PRIMARY KEY)")
                .update();
            db.sql("INSERT INTO two VALUES (?), (?)").params(a, b).update();
            var run = new Run(scope, 0, LocalDate.EPOCH);
            var people =
                Participants.read(
                    connection, run, similarity, Participants.sources(run, similarity), "two");
            var numbers = people.numbers();
            int x = numbers.find(a);
            int y = numbers.find(b);
            if (x < 0 || y < 0) {
              return Optional.empty();
            }
            return Optional.of(
                Matcher.with(
                        similarity,
                        people.population(),
                        new Names(matching.legalForms()),
                        kept.get().model())
                    .evidence(x, y));
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException("two records could not be read: " + e.getMessage(), e);
          } finally {
            db.sql("DROP TEMPORARY TABLE IF EXISTS two").update();
            DataSourceUtils.releaseConnection(connection, dataSource);
          }
        });
  }

  /**
   * What would be if two units were one, or a record in none; nothing of it is kept.
   *
   * @param into the unit that takes all; null to leave out {@code record} alone
   */
  public <T> T suppose(
      long record, @Nullable UnitId from, @Nullable UnitId into, Supplier<T> what) {
    return java.util.Objects.requireNonNull(
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              if (into == null) {
                db.sql("DELETE FROM link WHERE record_id = ? AND until_run = ?")
                    .params(record, Run.STILL)
                    .update();
              } else if (from == null) {
                db.sql(
                        "INSERT INTO link (record_id, since_run, unit_id, rule)"
                            + " VALUES (?, 4294967294, ?, 'verdict')")
                    .params(record, into.number())
                    .update();
              } else {
                db.sql("UPDATE link SET unit_id = ? WHERE unit_id = ? AND until_run = ?")
                    .params(into.number(), from.number(), Run.STILL)
                    .update();
              }
              return what.get();
            }));
  }
}

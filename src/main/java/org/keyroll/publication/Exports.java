package org.keyroll.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Batches;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Measures;
import org.keyroll.scoring.Assessment;
import org.keyroll.scoring.Assessments;
import org.keyroll.scoring.Assessor;
import org.keyroll.table.TableReader;
import org.keyroll.unit.UnitId;
import org.springframework.stereotype.Service;

/** Everything Keyroll knows, as tables in a total order. */
@Service
public class Exports {
  // Later than any run.
  private static final long NOW = Run.LATEST;

  private final DataSource dataSource;
  private final Assessor assessor;
  private final Assessments assessments;
  private final Entries entries;
  private final Proposals proposals;
  private final Batches batches;
  private final Revisions revisions;
  private final Measures measures;
  private final FreshnessTable freshness;

  Exports(
      DataSource dataSource,
      Assessor assessor,
      Assessments assessments,
      Entries entries,
      Proposals proposals,
      Batches batches,
      Revisions revisions,
      Measures measures,
      FreshnessTable freshness) {
    this.dataSource = dataSource;
    this.assessor = assessor;
    this.assessments = assessments;
    this.entries = entries;
    this.proposals = proposals;
    this.batches = batches;
    this.revisions = revisions;
    this.measures = measures;
    this.freshness = freshness;
  }

  /** What can be exported. */
  public enum What {
    RECORDS(
        "source,delivery,sheet,row,record_key,values",
        """
        SELECT s.source, d.file_name, r.sheet, r.row_no, r.record_key, r.payload
        FROM record r JOIN source s USING (source_id)
          JOIN delivery d ON d.delivery_id = r.record_id >> 25
        WHERE s.programme_id = ? AND {r} ORDER BY r.record_id
        """),
    REJECTIONS(
        "source,delivery,sheet,row,column,field,rule,text,message",
        """
        SELECT s.source, d.file_name, j.sheet, j.row_no, j.column_no, j.field, j.rule, j.text,
          j.message
        FROM rejection j JOIN delivery d USING (delivery_id) JOIN source s USING (source_id)
        WHERE s.programme_id = ? AND d.state IN ('ingested', 'resolved')
        ORDER BY j.delivery_id, j.ordinal, j.fault
        """),
    CORRECTIONS(
        "source,delivery,sheet,row,record_key,act,corrected_delivery,corrected_sheet,corrected_row,as_of",
        """
        SELECT s.source, d.file_name, a.sheet, a.row_no, r.record_key,
          IF(n.record_id IS NULL, 'deleted', 'corrected'), e.file_name, r.sheet, r.row_no, d.as_of
        FROM amendment a JOIN delivery d USING (delivery_id)
          JOIN source s ON s.source_id = d.source_id
          JOIN record r ON r.record_id = a.record_id
          JOIN delivery e ON e.delivery_id = r.record_id >> 25
          LEFT JOIN record n ON n.record_id = (a.delivery_id << 25) + a.ordinal
        WHERE s.programme_id = ? AND d.run_id <= {run} ORDER BY a.delivery_id, a.ordinal
        """),
    LINKS(
        "source,delivery,sheet,row,record_key,unit_id,rule,probability",
        """
        SELECT s.source, d.file_name, r.sheet, r.row_no, r.record_key, l.unit_id, l.rule,
          IF(l.unit_id IS NULL, NULL, COALESCE(l.probability, 1))
        FROM record r JOIN source s USING (source_id)
          JOIN delivery d ON d.delivery_id = r.record_id >> 25
          LEFT JOIN link l ON l.record_id = r.record_id AND {l}
        WHERE s.programme_id = ? AND {r} ORDER BY r.record_id
        """),
    UNITS(
        "unit_id,identifier,name,state,merged_into,ended_on,minted_on,events",
        """
        SELECT u.unit_id,
          SUBSTRING_INDEX(IF(p.unit_id IS NULL, u.identifier, p.identifier), ':', -1),
          COALESCE(p.name, u.name),
          COALESCE(p.state, u.state), IF(p.unit_id IS NULL, u.merged_into, p.merged_into),
          IF(p.unit_id IS NULL, u.ended_on, p.ended_on), x.as_of,
          (SELECT GROUP_CONCAT(e.as_of, ' ', e.kind,
              IF(e.other = 0, '', CONCAT(' U', LPAD(e.other, 7, '0'))),
              IF(e.old_name IS NULL, '', CONCAT(', until then ', e.old_name))
              ORDER BY e.run_id, e.kind, e.other SEPARATOR '; ')
            FROM unit_event e WHERE e.unit_id = u.unit_id AND e.run_id <= {run})
        FROM unit u JOIN run x ON x.run_id = u.since_run
          LEFT JOIN unit_past p ON p.unit_id = u.unit_id AND p.until_run = (
            SELECT MIN(q.until_run) FROM unit_past q
            WHERE q.unit_id = u.unit_id AND q.until_run > {run})
        WHERE u.programme_id = ? AND u.since_run <= {run} ORDER BY u.unit_id
        """),
    FACTS("unit_id,fact,value,source,field,record,evidence", null),
    ASSESSMENTS("unit_id,as_of,policy,score,rank,tier,identifier,name", null),
    CONTRIBUTIONS("unit_id,criterion,raw,normalised,weight,contribution", null),
    LIST(
        "unit_id,name,identifier,tier,score,departments,entered_on,reason,legal_basis,status",
        null),
    CHANGES(
        "revision,effective_on,change,unit_id,name,before,after,reason,legal_basis,state,final_on,"
            + "decided_by,cause,batch",
        """
        SELECT o.revision, o.effective_on, o.act, o.unit_id, u.name, o.was, o.becomes, o.reason,
          o.legal_basis, o.state, o.final_on, o.decided_by, o.caused_by, b.name
        FROM proposal o JOIN run r USING (run_id) JOIN unit u USING (unit_id)
          LEFT JOIN batch b USING (batch_id)
        WHERE r.programme_id = ? AND o.revision IS NOT NULL
        ORDER BY o.revision, o.unit_id, o.act
        """),
    PROPOSALS(
        "id,state,effective_on,change,unit_id,before,after,reason,legal_basis,made_by,needs,cause,batch",
        null),
    OVERRIDES(
        "id,state,unit_id,kind,tier,ground,starts_on,ends_on,made_by,decided_by,decided_on,cause",
        """
        SELECT CONCAT('O', override_id), state, unit_id, kind, tier, ground, starts_on, ends_on,
          REPLACE(TRIM(BOTH ',' FROM makers), ',', ' '), decided_by, decided_on, cause
        FROM unit_override WHERE programme_id = ? ORDER BY override_id
        """),
    OBJECTIONS(
        "id,state,unit_id,revision,received_on,due_on,said,filed_by,decided_by,decided_on,cause",
        """
        SELECT CONCAT('OB', objection_id), state, unit_id, revision, received_on, due_on, said,
          filed_by, decided_by, decided_on, cause
        FROM objection WHERE programme_id = ? ORDER BY objection_id
        """),
    QUESTIONS(
        "id,unit_id,department,asked,asked_by,asked_on,answer,answered_by,answered_on",
        """
        SELECT CONCAT('Q', question_id), unit_id, department, asked, asked_by, asked_on, answer,
          answered_by, answered_on
        FROM question WHERE programme_id = ? ORDER BY question_id
        """),
    DECISIONS(
        "id,change,verdict,person,as_of,at,cause",
        """
        SELECT id, act, verdict, person, as_of, decided_at, cause FROM (
          SELECT CONCAT('U', LPAD(d.unit_id, GREATEST(7, LENGTH(d.unit_id)), '0'), '@', d.run_id) AS id, d.act, d.verdict,
            d.person, d.as_of, d.decided_at, d.cause, r.programme_id
          FROM decision d JOIN run r USING (run_id)
          UNION ALL
          SELECT CONCAT('O', d.override_id), 'override', d.verdict, d.person, d.as_of, d.decided_at,
            d.cause, v.programme_id
          FROM override_decision d JOIN unit_override v USING (override_id)
        ) x
        WHERE programme_id = ? ORDER BY decided_at, id, act, person
        """),
    MEASURES("measure,unit_id,name,origin,opened_on,due_on,closed_on", null),
    FRESHNESS(FreshnessTable.COLUMNS, null),
    AUDIT(
        "seq,at,actor,act,subject,detail,hash",
        "SELECT seq, at, actor, act, subject, detail, hash FROM audit WHERE ? > 0 ORDER BY seq");

    private final String columns;
    private final @Nullable String sql;

    What(String columns, @Nullable String sql) {
      this.columns = columns;
      this.sql = sql;
    }

    /** Headings, in order. */
    public List<String> columns() {
      return List.of(columns.split(",", -1));
    }

    /** Whether it can be had as it was known after any run. */
    public boolean isKnownAfterEachRun() {
      return this == RECORDS
          || this == CORRECTIONS
          || this == LINKS
          || this == UNITS
          || this == LIST;
    }

    /** As the command line names it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Hands over the rows, one after another: texts, numbers, dates or null.
   *
   * @param asOf ages are counted to this date
   */
  public void export(Scope scope, What what, LocalDate asOf, Consumer<List<@Nullable Object>> rows)
      throws Exception {
    if (what == What.FRESHNESS) {
      freshness.rows(scope, asOf, rows);
    } else {
      export(scope, what, NOW, rows);
    }
  }

  /**
   * As {@link #export(Scope, What, LocalDate, Consumer)}, as things were known after a run;
   * records, corrections, links, units and the list only.
   *
   * @throws IllegalArgumentException for what is known only as it is now
   */
  public void asKnownAfter(Scope scope, What what, long run, Consumer<List<@Nullable Object>> rows)
      throws Exception {
    if (!what.isKnownAfterEachRun()) {
      throw new IllegalArgumentException("there is no earlier state of " + what.id());
    }
    export(scope, what, run, rows);
  }

  private void export(Scope scope, What what, long run, Consumer<List<@Nullable Object>> rows)
      throws Exception {
    switch (what) {
      case FACTS -> facts(scope, rows);
      case ASSESSMENTS -> assessments(scope, rows);
      case CONTRIBUTIONS -> contributions(scope, rows);
      case LIST -> list(scope, run, rows);
      case PROPOSALS -> openProposals(scope, rows);
      case MEASURES -> measures(scope, rows);
      default -> query(scope, what, known(java.util.Objects.requireNonNull(what.sql), run), rows);
    }
  }

  private static String known(String sql, long run) {
    var known = sql.replace("{run}", Long.toString(run));
    for (var table : List.of("r", "l")) {
      known =
          known.replace(
              "{" + table + "}",
              run == NOW
                  ? table + ".until_run = 4294967295"
                  : "%1$s.since_run <= %2$d AND %1$s.until_run > %2$d".formatted(table, run));
    }
    return known;
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private void query(Scope scope, What what, String sql, Consumer<List<@Nullable Object>> rows)
      throws Exception {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(5_000);
      statement.setInt(1, scope.programmeId());
      try (var found = statement.executeQuery()) {
        var columns = what.columns();
        while (found.next()) {
          List<@Nullable Object> values = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            var column = columns.get(i - 1);
            var value = found.getObject(i);
            boolean unit = column.equals("unit_id") || column.equals("merged_into");
            if (value instanceof Number number && unit) {
              values.add(new UnitId(number.longValue()).toString());
            } else if (value instanceof Number number && column.equals("column")) {
              values.add(TableReader.columnName(number.intValue()));
            } else {
              values.add(plain(value));
            }
          }
          rows.accept(values);
        }
      }
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate();
    }
    return value instanceof java.sql.Timestamp at ? at.toInstant().toString() : value;
  }

  private void facts(Scope scope, Consumer<List<@Nullable Object>> rows) {
    assessor.explainAll(
        scope,
        assessments.asOf(scope),
        (unit, assessment) ->
            assessment
                .facts()
                .forEach(
                    (name, fact) -> {
                      if (fact.evidence().isEmpty() && fact.value() != null) {
                        rows.accept(
                            row(
                                new UnitId(unit).toString(),
                                name,
                                fact.value(),
                                null,
                                null,
                                null,
                                null));
                      }
                      for (var cell : fact.evidence()) {
                        rows.accept(
                            row(
                                new UnitId(unit).toString(),
                                name,
                                fact.value(),
                                cell.source(),
                                cell.field(),
                                cell.recordId(),
                                cell.value()));
                      }
                    }));
  }

  private void assessments(Scope scope, Consumer<List<@Nullable Object>> rows) {
    var programme = scope.programme();
    int none = programme.tiers().size();
    var tiers = entries.tiers(scope);
    assessments.each(
        scope,
        line -> {
          int now = programme.rankOf(tiers.get(line.unit()));
          int tier = line.active() ? Assessment.tier(line.enters(), line.stays(), now, none) : none;
          rows.accept(
              row(
                  new UnitId(line.unit()).toString(),
                  line.asOf(),
                  line.policy(),
                  line.score(),
                  rank(line.rank()),
                  tier == none ? null : programme.tiers().get(tier).id(),
                  line.identifier(),
                  line.name()));
        });
  }

  /** Only shared ranks may lie between two whole numbers. */
  private static @Nullable Object rank(@Nullable Double rank) {
    return rank != null && rank == Math.rint(rank) ? (Object) rank.longValue() : rank;
  }

  private void contributions(Scope scope, Consumer<List<@Nullable Object>> rows) {
    assessor.explainAll(
        scope,
        assessments.asOf(scope),
        (unit, assessment) -> {
          for (var part : assessment.nodes()) {
            rows.accept(
                row(
                    new UnitId(unit).toString(),
                    part.path(),
                    part.raw(),
                    Double.isNaN(part.normalised()) ? null : (Double) part.normalised(),
                    part.weight(),
                    part.contribution()));
          }
        });
  }

  private void list(Scope scope, long run, Consumer<List<@Nullable Object>> rows) {
    long revision =
        revisions.all(scope).stream()
            .filter(r -> r.run() <= run)
            .mapToLong(Revisions.Revision::number)
            .max()
            .orElse(0);
    entries
        .of(scope, revision)
        .values()
        .forEach(
            e ->
                rows.accept(
                    row(
                        e.unit(),
                        e.name(),
                        e.identifier(),
                        e.tier(),
                        e.score(),
                        String.join(" ", e.departments()),
                        e.enteredOn(),
                        e.reason(),
                        e.legalBasis(),
                        Entry.statusId(e.status()))));
  }

  private void openProposals(Scope scope, Consumer<List<@Nullable Object>> rows) {
    var names = batches.ofOpen(scope);
    proposals
        .open(scope)
        .forEach(
            p ->
                rows.accept(
                    row(
                        p.id().toString(),
                        p.state().id(),
                        p.effectiveOn(),
                        p.act().id(),
                        new UnitId(p.unit()).toString(),
                        p.was(),
                        p.becomes(),
                        p.reason(),
                        p.legalBasis(),
                        String.join(" ", p.makers()),
                        p.needs(),
                        p.cause() == null ? null : p.cause().id(),
                        names.get(p.id()))));
  }

  private void measures(Scope scope, Consumer<List<@Nullable Object>> rows) {
    measures
        .all(scope)
        .forEach(
            m ->
                rows.accept(
                    row(
                        m.measure(),
                        new UnitId(m.unit()).toString(),
                        m.name(),
                        m.origin(),
                        m.openedOn(),
                        m.dueOn(),
                        m.closedOn())));
  }
}

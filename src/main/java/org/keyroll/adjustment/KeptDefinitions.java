package org.keyroll.adjustment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules that the list was adjusted by, run by run. */
@Component
class KeptDefinitions {
  private final JdbcClient db;

  KeptDefinitions(JdbcClient db) {
    this.db = db;
  }

  /** Keeps the rules of a run, where they are not those of the last one. */
  void keep(Run run) {
    var definitions = run.definitions();
    var versions = new TreeMap<>(definitions.versions());
    versions.keySet().retainAll(Definitions.RULES);
    if (versions.equals(versions(run.scope(), run.id()))) {
      return;
    }
    versions.forEach(
        (file, version) -> {
          keep(definitions, file, version);
          db.sql(
                  "REPLACE INTO definition_in_use (programme_id, since_run, file, version)"
                      + " VALUES (?, ?, ?, ?)")
              .params(run.scope().programmeId(), run.id(), file, version)
              .update();
        });
  }

  /** Keeps all definitions that a revision is made by. */
  void keep(Run run, long revision) {
    var known = Set.copyOf(db.sql("SELECT version FROM definition").query(String.class).list());
    run.definitions()
        .versions()
        .forEach(
            (file, version) -> {
              if (!known.contains(version)) {
                keep(run.definitions(), file, version);
              }
              db.sql(
                      "INSERT INTO revision_definition (programme_id, revision, file, version)"
                          + " VALUES (?, ?, ?, ?)")
                  .params(run.scope().programmeId(), revision, file, version)
                  .update();
            });
  }

  private void keep(Definitions definitions, String file, String version) {
    db.sql("INSERT IGNORE INTO definition (version, form) VALUES (?, ?)")
        .params(version, Objects.requireNonNull(definitions.forms().get(file)))
        .update();
  }

  /**
   * The programme by the definitions that a revision was made by.
   *
   * @return empty where they were not kept in a form that can still be read
   */
  Optional<Scope> of(Scope now, long revision) {
    var forms = new TreeMap<String, String>();
    db.sql(
            "SELECT r.file, d.form FROM revision_definition r JOIN definition d USING (version)"
                + " WHERE r.programme_id = ? AND r.revision = ?")
        .params(now.programmeId(), revision)
        .query(
            row -> {
              forms.put(row.getString(1), row.getString(2));
            });
    return DefinitionReader.kept(forms)
        .map(definitions -> new Scope(definitions, now.programmeId(), sources(now)));
  }

  private Map<String, String> versions(Scope scope, long run) {
    return pairs(scope, run, "d.version");
  }

  private Map<String, String> pairs(Scope scope, long run, String value) {
    var pairs = new TreeMap<String, String>();
    db.sql(
            "SELECT d.file, "
                + value
                + " FROM definition_in_use d JOIN definition f USING (version)"
                + " WHERE d.programme_id = :programme AND d.since_run = (SELECT MAX(x.since_run)"
                + " FROM definition_in_use x WHERE x.programme_id = :programme"
                + " AND x.since_run <= :run)")
        .param("programme", scope.programmeId())
        .param("run", run)
        .query(
            row -> {
              pairs.put(row.getString(1), row.getString(2));
            });
    return pairs;
  }

  /**
   * The programme by the rules that the list was adjusted by in a run.
   *
   * @return empty where they are the same as now, or were not kept in a form that can still be read
   */
  Optional<Scope> otherRules(Scope now, long run) {
    var then = versions(now, run);
    if (then.isEmpty() || now.definitions().versions().entrySet().containsAll(then.entrySet())) {
      return Optional.empty();
    }
    return DefinitionReader.withRules(now.definitions(), pairs(now, run, "f.form"))
        .map(definitions -> new Scope(definitions, now.programmeId(), sources(now)));
  }

  /** Also of sources that are no longer defined. */
  private Map<String, Integer> sources(Scope scope) {
    var sources = new TreeMap<String, Integer>();
    db.sql("SELECT source, source_id FROM source WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(
            row -> {
              sources.put(row.getString(1), row.getInt(2));
            });
    return sources;
  }
}

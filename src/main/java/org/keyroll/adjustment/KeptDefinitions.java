package org.keyroll.adjustment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
          db.sql("INSERT IGNORE INTO definition (version, form) VALUES (?, ?)")
              .params(version, Objects.requireNonNull(definitions.forms().get(file)))
              .update();
          db.sql(
                  "REPLACE INTO definition_in_use (programme_id, since_run, file, version)"
                      + " VALUES (?, ?, ?, ?)")
              .params(run.scope().programmeId(), run.id(), file, version)
              .update();
        });
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

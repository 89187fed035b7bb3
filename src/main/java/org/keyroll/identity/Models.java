package org.keyroll.identity;

import java.util.Optional;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.matching.Model;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The models by which evidence has been weighed; each with the definition that it comes from. */
@Component
class Models {
  private final JdbcClient db;
  private final JsonMapper json = new JsonMapper();

  Models(JdbcClient db) {
    this.db = db;
  }

  /**
   * A model and where it comes from.
   *
   * @param definition version of {@code matching.yml}
   */
  record Kept(Model model, String definition, long sinceRun) {
    /** For people: the run that estimated it and the beginning of the definition's version. */
    String version() {
      return "run %d, matching.yml@%s"
          .formatted(sinceRun, definition.substring(0, Math.min(8, definition.length())));
    }
  }

  Optional<Kept> inForce(Scope scope) {
    return db.sql(
            "SELECT model, definition, since_run FROM match_model WHERE programme_id = ?"
                + " ORDER BY since_run DESC LIMIT 1")
        .param(scope.programmeId())
        .query(
            (row, n) ->
                new Kept(
                    json.readValue(row.getString(1), Model.class),
                    row.getString(2),
                    row.getLong(3)))
        .optional();
  }

  void keep(Run run, Model model) {
    db.sql("REPLACE INTO match_model VALUES (?, ?, ?, ?, ?)")
        .params(
            run.scope().programmeId(),
            run.id(),
            version(run.scope()),
            model.records(),
            json.writeValueAsString(model))
        .update();
  }

  static String version(Scope scope) {
    return scope.definitions().versions().getOrDefault("matching.yml", "");
  }
}

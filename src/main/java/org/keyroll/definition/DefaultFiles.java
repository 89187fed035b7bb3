package org.keyroll.definition;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keyroll.unit.IdentifierScheme;
import tools.jackson.databind.json.JsonMapper;

/** What stands for a file that a programme does not have. */
final class DefaultFiles {
  /** The files that may be left out. */
  static final List<String> NAMES =
      List.of("matching.yml", "departments.yml", "publication.yml", "followup.yml", "letters.yml");

  private final Map<String, Document> documents;

  /**
   * @param documents those that were read, by name
   */
  DefaultFiles(Map<String, Document> documents) {
    this.documents = documents;
  }

  /** The document of a file that is not there, as if it stood in it. */
  Document of(String name, Path file) {
    Object content =
        switch (name) {
          case "matching.yml" -> matching();
          case "departments.yml" -> departments();
          case "publication.yml" -> publication();
          case "followup.yml" -> Map.of("measures", List.of());
          default -> Map.of("letters", List.of());
        };
    return new Document(
        file.toString().replace('\\', '/'), JsonMapper.shared().valueToTree(content), Map.of());
  }

  /**
   * All registries; units by their identifiers, then by the field {@code name}, for which the first
   * identifier stands where there is none.
   */
  private Map<String, Object> matching() {
    var registries = new java.util.ArrayList<String>();
    var schemes = new LinkedHashMap<String, String>();
    documents.forEach(
        (name, document) -> {
          var root = document.root();
          if (name.startsWith("sources/")) {
            if (root.text("kind").equals("registry") && !root.has("corrects")) {
              registries.add(root.text("id"));
            }
            root.map("columns", column -> column)
                .forEach(
                    (field, column) -> {
                      if (column.has("scheme")) {
                        schemes.putIfAbsent(field, IdentifierScheme.base(column.text("scheme")));
                      }
                    });
          }
        });
    var identifiers = new java.util.ArrayList<Map<String, String>>();
    var rules = new java.util.ArrayList<Map<String, String>>();
    schemes.forEach(
        (field, scheme) -> {
          identifiers.add(Map.of("field", field, "scheme", scheme));
          rules.add(Map.of("id", field.replace('_', '-'), "by", "identifier", "field", field));
        });
    rules.add(Map.of("id", "by-name", "by", "name"));
    boolean named =
        documents.values().stream().anyMatch(d -> d.root().json().path("columns").has("name"));
    var name = named || schemes.isEmpty() ? "name" : schemes.keySet().iterator().next();
    return Map.of(
        "registries", registries, "name", name, "identifiers", identifiers, "rules", rules);
  }

  /** The authority alone. */
  private Map<String, Object> departments() {
    var programme = documents.get("programme.yml");
    if (programme == null) {
      return Map.of("departments", List.of(), "otherwise", List.of());
    }
    var authority = programme.root().get("authority");
    return Map.of(
        "departments",
        List.of(Map.of("id", authority.text("id"), "title", authority.text("title"))),
        "otherwise",
        List.of(authority.text("id")));
  }

  /** Every value in a column that is called as definitions call it. */
  private Map<String, Object> publication() {
    var programme = documents.get("programme.yml");
    var title = programme == null ? "" : programme.root().text("title");
    return Map.of(
        "classification",
        "",
        "list",
        table(title, "list", "unit name identifier tier score departments entered_on reason"),
        "changes",
        table(
            title,
            "changes",
            "change unit name before after effective_on cause reason legal_basis"),
        "rejections",
        table(title, "rejections", "source file sheet row column text message"));
  }

  private static Map<String, Object> table(String title, String sheet, String values) {
    var columns =
        List.of(values.split(" ", -1)).stream()
            .map(
                value ->
                    Map.of(
                        "value",
                        value,
                        "heading",
                        value.replace('_', ' '),
                        "width",
                        List.of("name", "reason", "message", "file").contains(value) ? 40 : 14))
            .toList();
    return Map.of("title", title, "sheet", sheet, "columns", columns);
  }
}

package org.keyroll.definition;

/** The words in which people write canonical values. */
public final class Labels {
  private final Definitions definitions;

  public Labels(Definitions definitions) {
    this.definitions = definitions;
  }

  /** What people call a fact: its title, or its id where it is defined no more. */
  public String titleOfFact(String fact) {
    var definition = definitions.policy().facts().get(fact);
    return definition == null ? fact : definition.title();
  }

  /** A fact as people write it: the first word of its choice, or the value itself. */
  public String ofFact(String fact, String text) {
    var definition = definitions.policy().facts().get(fact);
    if (definition == null || text.isEmpty()) {
      return text;
    }
    for (var path : definition.from()) {
      int dot = path.indexOf('.');
      var column =
          definitions.source(path.substring(0, dot)).columns().get(path.substring(dot + 1));
      var words = column == null ? null : column.choices().get(text);
      if (words != null && !words.isEmpty()) {
        return words.get(0);
      }
    }
    return text;
  }

  /** The titles of departments, in the order given. */
  public java.util.List<String> ofDepartments(java.util.List<String> ids) {
    return ids.stream().map(definitions.departments()::title).toList();
  }
}

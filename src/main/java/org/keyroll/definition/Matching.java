package org.keyroll.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records are joined to units.
 *
 * @param registries sources that mint units, the first one decides what a unit is called
 * @param name field that holds a unit's name, in every source
 * @param formerName field that holds an earlier name
 * @param legalForms words dropped from a name to get its short form
 * @param rules tried in order
 * @param similarity how evidence is weighed, where a rule asks for it
 */
public record Matching(
    List<String> registries,
    String name,
    @Nullable String formerName,
    List<IdentifierField> identifiers,
    List<String> legalForms,
    List<Rule> rules,
    @Nullable Similarity similarity,
    List<Event> events) {

  /** A field that holds an identifier of a scheme. */
  public record IdentifierField(String field, String scheme) {}

  /** One way to link a record. */
  public record Rule(String id, By by, @Nullable String field) {}

  /** What a rule compares. */
  public enum By {
    IDENTIFIER,
    NAME,
    FORMER_NAME,
    SHORT_NAME,
    ABBREVIATION,
    SIMILARITY
  }

  /** A value of a registry row that says a unit has ended. */
  public record Event(
      Kind kind,
      String source,
      String field,
      String equals,
      @Nullable String successor,
      @Nullable String on) {
    /** How a unit ends. */
    public enum Kind {
      MERGED,
      DISSOLVED
    }
  }
}

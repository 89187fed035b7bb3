package org.keyroll.definition;

import java.util.List;
import java.util.Map;

/**
 * Everything that defines a programme, read and checked.
 *
 * @param sources by id, in the order of their ids
 * @param versions file name (such as {@code policy.yml}) to the SHA-256, in hexadecimal, of the
 *     canonical form of its content: comments, order of keys and layout do not count
 * @param forms file name to the canonical form, JSON, that {@code versions} has the hash of
 */
public record Definitions(
    Programme programme,
    Map<String, Source> sources,
    Matching matching,
    Policy policy,
    Departments departments,
    Publication publication,
    Followup followup,
    Letters letters,
    Cases cases,
    Map<String, String> versions,
    Map<String, String> forms) {

  /** The files that say what follows from what is known. */
  public static final List<String> RULES =
      List.of("departments.yml", "policy.yml", "programme.yml");

  /** The source with this id; ask only for ids that come from these definitions. */
  public Source source(String id) {
    var source = sources.get(id);
    if (source == null) {
      throw new IllegalArgumentException("no source " + id);
    }
    return source;
  }

  /** The source that the rows of a source are records of, which is another where it corrects. */
  public String recordsOf(String source) {
    return source(source).recordsOf();
  }

  /** Sources in which the department is the sender. */
  public List<Source> sentBy(String department) {
    return sources.values().stream().filter(s -> s.sender().equals(department)).toList();
  }

  /** Short version of the policy, for people: its id and the first eight digits of its hash. */
  public String policyVersion() {
    return policy.id() + "@" + versions.getOrDefault("policy.yml", "").substring(0, 8);
  }
}

package org.keyroll.definition;

import java.util.List;
import java.util.Map;

/**
 * A programme as a database knows it.
 *
 * @param sourceIds number of each source
 */
public record Scope(Definitions definitions, int programmeId, Map<String, Integer> sourceIds) {

  public Programme programme() {
    return definitions.programme();
  }

  /** The number of a source; ask only for sources of these definitions. */
  public int sourceId(String source) {
    var id = sourceIds.get(source);
    if (id == null) {
      throw new IllegalArgumentException("no source " + source);
    }
    return id;
  }

  /** The numbers of the registries, in their order. */
  public List<Integer> registries() {
    return definitions.matching().registries().stream().map(this::sourceId).toList();
  }

  /** The id of the source with this number. */
  public String sourceOf(int sourceId) {
    for (var entry : sourceIds.entrySet()) {
      if (entry.getValue() == sourceId) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("no source number " + sourceId);
  }
}

package org.keyroll.adjustment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry.Status;

/**
 * Where a unit would stand, as far as it is published.
 *
 * @param tier id; null for not on the list
 */
record Outcome(
    @Nullable String tier,
    List<String> departments,
    String name,
    @Nullable String identifier,
    @Nullable Double score,
    Map<String, String> facts,
    Entry.@Nullable Status status) {

  /** Whether the change would be proposed all the same. */
  boolean entails(Proposal proposal, @Nullable Entry current) {
    var entry = proposal.entry();
    return switch (proposal.act()) {
      case ADD -> tier != null;
      case DROP -> tier == null;
      case TIER -> entry != null && entry.tier().equals(tier);
      case DEPARTMENT -> tier != null && entry != null && entry.departments().equals(departments);
      case SUSPEND -> status == Status.SUSPENDED;
      case RESUME -> tier != null && status != Status.SUSPENDED;
      case KEEP -> status == Status.KEPT;
      case DETAILS -> tier != null && current != null && differs(current);
    };
  }

  private boolean differs(Entry current) {
    return !name.equals(current.name())
        || !Objects.equals(identifier, current.identifier())
        || !Objects.equals(score, current.score())
        || !facts.equals(current.facts())
        || status != current.status();
  }
}

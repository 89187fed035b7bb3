package org.keyroll.adjustment;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;

/**
 * Which proposals are meant; an empty list: any.
 *
 * @param acts kinds of change
 * @param tiers ids of the tiers that units would be in
 * @param departments ids of those that would supervise
 * @param batch name of the batch that they are in; null for any or none
 */
public record ProposalFilter(
    List<Act> acts, List<String> tiers, List<String> departments, @Nullable String batch) {

  static final ProposalFilter ANY = new ProposalFilter(List.of(), List.of(), List.of(), null);

  /** Whether it leaves anything out. */
  public boolean isEmpty() {
    return acts.isEmpty() && tiers.isEmpty() && departments.isEmpty() && batch == null;
  }

  /** A condition over a proposal {@code o} of a run {@code r}, whose values it adds to others. */
  String sql(List<Object> values) {
    var sql = new StringBuilder();
    if (!acts.isEmpty()) {
      sql.append(" AND o.act IN (").append(marks(acts)).append(')');
      acts.forEach(act -> values.add(act.id()));
    }
    if (!tiers.isEmpty()) {
      sql.append(" AND JSON_VALUE(o.entry, '$.tier') IN (").append(marks(tiers)).append(')');
      values.addAll(tiers);
    }
    if (!departments.isEmpty()) {
      sql.append(" AND (");
      for (int i = 0; i < departments.size(); i++) {
        sql.append(i == 0 ? "" : " OR ")
            .append("JSON_CONTAINS(o.entry, JSON_QUOTE(?), '$.departments')");
      }
      sql.append(')');
      values.addAll(departments);
    }
    if (batch != null) {
      sql.append(
          " AND o.batch_id = (SELECT b.batch_id FROM batch b"
              + " WHERE b.programme_id = r.programme_id AND b.name = ?)");
      values.add(batch);
    }
    return sql.toString();
  }

  private static String marks(List<?> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }
}

package org.keyroll.adjustment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What differs between the lists of two revisions, whatever happened in between. */
@Component
public class RevisionDiff {
  private final JdbcClient db;

  RevisionDiff(JdbcClient db) {
    this.db = db;
  }

  /** In which way a unit stands differently. */
  public enum Kind {
    ENTERED,
    LEFT,
    /** It is in another tier. */
    MOVED,
    /** It is in the same tier, and departments, name or facts are others. */
    CHANGED;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A unit that stands differently; one of both entries is there at least.
   *
   * @param was its entry in the earlier revision; null: not listed
   * @param becomes its entry in the later one; null: not listed
   */
  public record Line(UnitId unit, Kind kind, @Nullable Entry was, @Nullable Entry becomes) {

    /** The name that it has, or had while it was listed. */
    public String name() {
      return Objects.requireNonNull(becomes == null ? was : becomes).name();
    }
  }

  /**
   * Some of what differs.
   *
   * @param counts of all, by kind; 0 is there too
   * @param lines in order of units
   */
  public record Found(Map<Kind, Long> counts, List<Line> lines) {}

  private record Tiers(@Nullable String was, @Nullable String becomes) {

    Kind kind() {
      if (was == null) {
        return Kind.ENTERED;
      }
      if (becomes == null) {
        return Kind.LEFT;
      }
      return was.equals(becomes) ? Kind.CHANGED : Kind.MOVED;
    }
  }

  /**
   * Holds two revisions against each other.
   *
   * @param from the earlier one
   * @param to the later one
   * @param kind of the lines; null: all
   * @param after unit number behind which the lines begin
   * @param most lines
   */
  public Found between(Scope scope, long from, long to, @Nullable Kind kind, long after, int most) {
    var differing = new LinkedHashMap<Long, Tiers>();
    // Entries that are in force in one of both alone; what was changed back is no difference.
    db.sql(
            """
            SELECT unit_id, MAX(was), MAX(becomes) FROM (
              SELECT unit_id, tier AS was, NULL AS becomes, entry FROM entry
              WHERE programme_id = :programme AND since_revision <= :from
                AND until_revision > :from AND until_revision <= :to
              UNION ALL
              SELECT unit_id, NULL, tier, entry FROM entry
              WHERE programme_id = :programme AND since_revision > :from
                AND since_revision <= :to AND until_revision > :to) x
            GROUP BY unit_id
            HAVING COUNT(*) = 1 OR MIN(entry) <> MAX(entry)
            ORDER BY unit_id
            """)
        .param("programme", scope.programmeId())
        .param("from", from)
        .param("to", to)
        .query(
            row -> {
              differing.put(row.getLong(1), new Tiers(row.getString(2), row.getString(3)));
            });
    var counts = new EnumMap<Kind, Long>(Kind.class);
    for (var each : Kind.values()) {
      counts.put(each, 0L);
    }
    differing.values().forEach(tiers -> counts.merge(tiers.kind(), 1L, Long::sum));
    var shown =
        differing.entrySet().stream()
            .filter(e -> e.getKey() > after && (kind == null || e.getValue().kind() == kind))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    var was = entries(scope, from, shown);
    var becomes = entries(scope, to, shown);
    var lines = new ArrayList<Line>();
    for (var unit : shown) {
      lines.add(
          new Line(
              new UnitId(unit),
              Objects.requireNonNull(differing.get(unit)).kind(),
              was.get(unit),
              becomes.get(unit)));
    }
    return new Found(counts, lines);
  }

  private Map<Long, Entry> entries(Scope scope, long revision, List<Long> units) {
    var entries = new LinkedHashMap<Long, Entry>();
    if (!units.isEmpty()) {
      db.sql(
              "SELECT unit_id, entry FROM entry WHERE programme_id = :programme"
                  + " AND unit_id IN (:units) AND since_revision <= :revision"
                  + " AND until_revision > :revision")
          .param("programme", scope.programmeId())
          .param("units", units)
          .param("revision", revision)
          .query(
              row -> {
                entries.put(row.getLong(1), EntryJson.read(row.getString(2)));
              });
    }
    return entries;
  }
}

package org.keyroll.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would put a unit into another tier, other units as they are.
 *
 * @param changes of one fact each, the relatively smallest first
 * @param passing the next day on which time alone does it; null where none is near
 */
public record Outlook(List<Change> changes, @Nullable Passing passing) {
  /** Of a unit that has ended. */
  static final Outlook NONE = new Outlook(List.of(), null);

  /** So many ways are told. */
  private static final int WAYS = 8;

  /**
   * A change of one fact.
   *
   * @param from a String or a Double; null where it is missing
   * @param sign {@code <=}, {@code >=} or {@code =}
   * @param to a String or a Double
   * @param tier rank of the tier that follows; the number of tiers for none
   * @param size of the change, relative to the value; 1 for texts
   * @param notBefore the day until which the unit stays in its tier all the same; null for none
   */
  public record Change(
      String fact,
      @Nullable Object from,
      String sign,
      Object to,
      int tier,
      double size,
      @Nullable LocalDate notBefore) {}

  /**
   * Changes of one fact that lead into the same tier: any one of them will do.
   *
   * @param from a String or a Double; null where it is missing
   * @param sign {@code ≤}, {@code ≥} or {@code =}
   * @param to Strings or Doubles
   * @param tier rank of the tier that follows; the number of tiers for none
   * @param notBefore the day until which the unit stays in its tier all the same; null for none
   */
  public record Way(
      String fact,
      @Nullable Object from,
      String sign,
      List<Object> to,
      int tier,
      @Nullable LocalDate notBefore) {
    private Way with(List<Object> values) {
      return new Way(fact, from, sign, values, tier, notBefore);
    }
  }

  /** The changes as they are told, those of one fact into one tier together; the first few. */
  public List<Way> ways() {
    var ways = new LinkedHashMap<Way, List<Object>>();
    for (var change : changes) {
      var way =
          new Way(
              change.fact(),
              change.from(),
              sign(change),
              List.of(),
              change.tier(),
              change.notBefore());
      ways.computeIfAbsent(way, w -> new ArrayList<>()).add(change.to());
    }
    return ways.entrySet().stream().limit(WAYS).map(e -> e.getKey().with(e.getValue())).toList();
  }

  private static String sign(Change change) {
    return switch (change.sign()) {
      case "<=" -> "≤";
      case ">=" -> "≥";
      default -> "=";
    };
  }

  /** A day on which time alone leads into another tier. */
  public record Passing(LocalDate on, int tier, List<Faded> facts) {}

  /** A fact that time changes, and the cells that count no more. */
  public record Faded(String fact, String from, String to, List<FactValue.Evidence> gone) {}
}

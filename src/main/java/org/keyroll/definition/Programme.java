package org.keyroll.definition;

import java.time.ZoneId;
import java.util.List;

/**
 * One list kept under one legal basis.
 *
 * @param tiers highest first
 * @param timeZone where its business dates are taken
 */
public record Programme(
    String id,
    String title,
    String language,
    ZoneId timeZone,
    Authority authority,
    List<LegalBasis> legalBasis,
    List<Tier> tiers,
    Approval approval) {

  /** Who keeps the list and receives the whole of it. */
  public record Authority(String id, String title) {}

  /** A law or order that decisions are founded on. */
  public record LegalBasis(String id, String title, String citation) {}

  /** A grade of the list. */
  public record Tier(String id, String title) {}

  /** When a revision is published without a person. */
  public record Approval(Founding founding, Envelope envelope) {}

  /** What happens with the first revision, which has none to compare with. */
  public enum Founding {
    AUTOMATIC,
    HELD
  }

  /** Shares, 0 to 1, of the units on the last revision that may enter or leave at once. */
  public record Envelope(double entering, double leaving) {}

  /** The rank of a tier, 0 the highest; the number of tiers for a unit that is not listed. */
  public int rankOf(@org.jspecify.annotations.Nullable String tier) {
    for (int i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).id().equals(tier)) {
        return i;
      }
    }
    return tiers.size();
  }

  /** The tier with this id; the definitions were checked, so it is there. */
  public Tier tier(String id) {
    return tiers.get(rankOf(id));
  }

  /** The legal basis with this id; the definitions were checked, so it is there. */
  public LegalBasis basis(String id) {
    return legalBasis.stream().filter(b -> b.id().equals(id)).findFirst().orElseThrow();
  }
}

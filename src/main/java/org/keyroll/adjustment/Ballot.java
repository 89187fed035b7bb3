package org.keyroll.adjustment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is decided on at once: all of it or nothing. */
public record Ballot(List<ProposalId> proposals, List<OverrideId> overrides) {
  private static final int NAMED = 1_000;

  public Ballot {
    proposals = proposals.stream().distinct().toList();
    overrides = overrides.stream().distinct().toList();
  }

  public boolean isEmpty() {
    return proposals.isEmpty() && overrides.isEmpty();
  }

  /** How much it is, for the trail. */
  String subject() {
    return Stream.of(count(proposals.size(), "proposal"), count(overrides.size(), "override"))
        .filter(c -> !c.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String count(int number, String what) {
    return number == 0 ? "" : number + " " + what + (number == 1 ? "" : "s");
  }

  /** The ids, or what they can be proved by where they are many. */
  String named() {
    var ids =
        Stream.concat(
                proposals.stream().map(ProposalId::toString),
                overrides.stream().map(OverrideId::toString))
            .sorted()
            .toList();
    if (ids.size() <= NAMED) {
      return String.join(" ", ids);
    }
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", ids).getBytes(StandardCharsets.UTF_8));
      return "SHA-256 of the ids, sorted, one a line: " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

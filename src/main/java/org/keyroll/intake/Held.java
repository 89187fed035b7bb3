package org.keyroll.intake;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.intake.Gatekeeper.Breach;

/** A delivery does not keep to the gates of its source and waits for a person. */
final class Held extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Breach> breaches;
  private final transient @Nullable Delivery inForce;

  Held(List<Breach> breaches, @Nullable Delivery inForce) {
    this.breaches = breaches;
    this.inForce = inForce;
  }

  List<String> gates() {
    return breaches.stream().map(Breach::gate).toList();
  }

  /**
   * Gates, figures and limits, what is in force, and what to do.
   *
   * @param number of the delivery
   * @param rejected rows of it that would be rejected
   */
  String says(long number, long rejected) {
    return breaches.stream()
            .map(b -> "%s (gate %s)".formatted(b.says(), b.gate()))
            .collect(Collectors.joining("; "))
        + (inForce == null
            ? ". Nothing of this source is in force yet."
            : ". %s of %s stays in force.".formatted(inForce.fileName(), inForce.asOf()))
        + (rejected == 0
            ? ""
            : " %,d of its rows would be rejected: keyroll answer %d shows them."
                .formatted(rejected, number))
        + " Is it right? keyroll release %d --cause WHY. If not: keyroll refuse %d --cause WHY."
            .formatted(number, number);
  }
}

package org.keyroll.intake;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Gates;
import org.keyroll.definition.Source;

/** Compares a delivery with the gates of its source; pure. */
final class Gatekeeper {
  private final Source source;
  private final Gates gates;
  private final Subject subject;
  private final @Nullable Before before;
  private final List<Breach> breaches = new ArrayList<>();

  /**
   * A delivery whose rows have been read.
   *
   * @param unknown rows with a word that the source does not know
   */
  record Subject(
      LocalDate receivedOn, LocalDate asOf, long read, long rejected, long unknown, Tally tally) {}

  /**
   * The delivery in force.
   *
   * @param sound rows of it that had no fault
   * @param filled field to the sound rows in which it was filled
   */
  record Before(Delivery delivery, long sound, Map<String, Integer> filled) {}

  /**
   * A gate that is not kept to.
   *
   * @param gate its key, with the field or total it is about
   * @param says the figure, what it is compared with, and the limit
   */
  record Breach(String gate, String says) {}

  private Gatekeeper(Source source, Subject subject, @Nullable Before before) {
    this.source = source;
    this.gates = source.gates();
    this.subject = subject;
    this.before = before;
  }

  /** The gates that a delivery does not keep to, in a fixed order. */
  static List<Breach> breaches(Source source, Subject subject, @Nullable Before before) {
    var keeper = new Gatekeeper(source, subject, before);
    keeper.rows();
    keeper.filled();
    keeper.atMost(
        "rejected_at_most", keeper.gates.rejectedAtMost(), subject.rejected(), "rejected");
    keeper.atMost(
        "unknown_at_most",
        keeper.gates.unknownAtMost(),
        subject.unknown(),
        "rejected for a word that the source does not know");
    keeper.totals();
    keeper.period();
    return List.copyOf(keeper.breaches);
  }

  private void breach(String gate, String says, Object... values) {
    breaches.add(new Breach(gate, String.format(Locale.ROOT, says, values)));
  }

  private void rows() {
    if (subject.read() < gates.minimumRows()) {
      breach(
          "minimum_rows",
          "%,d data rows, and there are always at least %,d",
          subject.read(),
          gates.minimumRows());
    }
    if (before == null || before.delivery().counts().read() == 0) {
      return;
    }
    long was = before.delivery().counts().read();
    double change = (double) (subject.read() - was) / was;
    if (gates.shrinksAtMost() != null && -change > gates.shrinksAtMost()) {
      breach(
          "shrinks_at_most",
          "%,d data rows, %s fewer than the %,d of %s; at most %s fewer are expected",
          subject.read(),
          percent(-change),
          was,
          before.delivery().fileName(),
          percent(gates.shrinksAtMost()));
    }
    if (gates.growsAtMost() != null && change > gates.growsAtMost()) {
      breach(
          "grows_at_most",
          "%,d data rows, %s more than the %,d of %s; at most %s more are expected",
          subject.read(),
          percent(change),
          was,
          before.delivery().fileName(),
          percent(gates.growsAtMost()));
    }
  }

  private void filled() {
    var filled = subject.tally().filled();
    long sound = subject.tally().sound();
    gates
        .filled()
        .forEach(
            (field, least) -> {
              double share = share(filled.getOrDefault(field, 0), sound);
              if (share < least) {
                breach(
                    "filled." + field,
                    "%s is filled in %s of the rows; at least %s are expected",
                    title(field),
                    percent(share),
                    percent(least));
              }
            });
    var drop = gates.filledDropsAtMost();
    if (drop == null || before == null) {
      return;
    }
    for (var field : Tally.reported(source)) {
      double was = share(before.filled().getOrDefault(field, 0), before.sound());
      double share = share(filled.getOrDefault(field, 0), sound);
      // A share is compared as it is shown: what floating point makes of 0.9 - 0.7 is no breach.
      if (was - share > drop + 1e-9) {
        breach(
            "filled_drops_at_most." + field,
            "%s is filled in %s of the rows, in %s it was in %s; a drop of at most %s is expected",
            title(field),
            percent(share),
            before.delivery().fileName(),
            percent(was),
            percent(drop));
      }
    }
  }

  private String title(String field) {
    var column = source.columns().get(field);
    return column == null || column.label().isEmpty()
        ? field
        : "%s (%s)".formatted(field, column.label().get(0));
  }

  private void atMost(String gate, @Nullable Double most, long rows, String what) {
    double share = share(rows, subject.read());
    if (most != null && share > most) {
      breach(
          gate,
          "%,d of %,d data rows (%s) are %s; at most %s are expected",
          rows,
          subject.read(),
          percent(share),
          what,
          percent(most));
    }
  }

  private void totals() {
    for (var total : gates.totals()) {
      var compared = subject.tally().compared(total);
      if (compared.differs()) {
        breach(
            total.sums() == null ? "totals" : "totals." + total.sums(),
            "%s is %s (%s), but it is %s",
            total.title(),
            compared.declared().toPlainString(),
            compared.where(),
            compared.counted().toPlainString());
      }
    }
  }

  private void period() {
    var covers = subject.tally().covers();
    var reference = covers == null ? subject.receivedOn() : covers.to();
    var most = gates.ageAtMost();
    if (most != null && reference.plus(most).isBefore(subject.asOf())) {
      breach(
          "age_at_most",
          "it %s %s, %d days before %s; at most %s are expected",
          covers == null ? "was received on" : "is of",
          covers == null ? reference : covers,
          ChronoUnit.DAYS.between(reference, subject.asOf()),
          subject.asOf(),
          most);
    }
    var delivery = before == null ? null : before.delivery();
    var inForce = delivery == null ? null : delivery.covers();
    if (covers == null || inForce == null || delivery == null) {
      return;
    }
    if (covers.equals(inForce) && gates.samePeriod() == Gates.Otherwise.HOLD) {
      breach(
          "same_period",
          "it is of %s, as %s is, and holds other bytes",
          covers,
          delivery.fileName());
    } else if (covers.to().isBefore(inForce.to())
        && gates.earlierPeriod() == Gates.Otherwise.HOLD) {
      breach(
          "earlier_period",
          "it is of %s and would overwrite what %s says of %s",
          covers,
          delivery.fileName(),
          inForce);
    }
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static String percent(double share) {
    return new BigDecimal(share * 100)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}

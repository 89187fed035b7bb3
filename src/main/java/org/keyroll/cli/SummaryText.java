package org.keyroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keyroll.intake.Arrival;
import org.keyroll.intake.Delivery;
import org.keyroll.publication.Publisher;
import org.keyroll.run.Ledger.State;
import org.keyroll.run.Order.JobName;
import org.keyroll.run.Runs.Ended;
import org.keyroll.run.Summaries.Summary;

/** Tells a person what a run did. */
final class SummaryText {
  private final List<String> lines = new ArrayList<>();

  private SummaryText() {}

  static List<String> of(Ended ended, Summary summary) {
    var text = new SummaryText();
    text.lines.add(
        "%s, as of %s, run %d%s"
            .formatted(
                ended.run().definitions().programme().title(),
                ended.run().asOf(),
                ended.run().id(),
                ended.resumed() ? " (gone on with after it was cut off)" : ""));
    var job = ended.job();
    if (job.does(JobName.INGEST)) {
      text.arrivals(summary);
      text.deliveries(summary);
      text.silent(summary);
    }
    if (job.does(JobName.RESOLVE)) {
      text.resolved(summary);
    }
    if (job.does(JobName.ASSESS)) {
      text.assessed(summary);
    }
    if (job.does(JobName.ADJUST)) {
      text.put("proposed", summary.proposed().isEmpty() ? "no change" : counts(summary.proposed()));
      if (!summary.causes().isEmpty()) {
        text.put("because of", counts(summary.causes()));
      }
    }
    text.outcome(ended, summary);
    if (job.does(JobName.PUBLISH) && !summary.measures().isEmpty()) {
      text.put("open", counts(summary.measures()));
    }
    return text.lines;
  }

  private void resolved(Summary summary) {
    put(
        "resolved",
        "%,d records linked, %,d wait for a unit; %,d new units, %,d in being%s"
            .formatted(
                summary.linked(),
                summary.waiting(),
                summary.minted(),
                summary.units(),
                summary.events().isEmpty() ? "" : "; " + counts(summary.events())));
    if (summary.compared().pairs() > 0) {
      put(
          "compared",
          "%,d pairs%s"
              .formatted(
                  summary.compared().pairs(),
                  summary.compared().leftOut() == 0
                      ? ""
                      : "; %,d that share nothing but a common key were left out"
                          .formatted(summary.compared().leftOut())));
    }
  }

  private void assessed(Summary summary) {
    put(
        "assessed",
        "%,d units anew%s"
            .formatted(
                summary.assessed(),
                summary.insufficient() == 0
                    ? ""
                    : "; %,d have no score, for want of facts that the policy asks"
                        .formatted(summary.insufficient())));
  }

  private void put(String head, String line) {
    lines.add("  %-10s %s".formatted(head, line));
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void arrivals(Summary summary) {
    long fresh =
        summary.arrivals().stream().filter(a -> a.outcome() == Arrival.Outcome.NEW).count();
    int files = summary.arrivals().size();
    put(
        "received",
        "%d %s, %d of them new deliveries".formatted(files, files == 1 ? "file" : "files", fresh));
    for (var arrival : summary.arrivals()) {
      if (arrival.message() != null) {
        put("", "! %s: %s".formatted(arrival.fileName(), arrival.message()));
      }
    }
  }

  private void deliveries(Summary summary) {
    if (summary.deliveries().isEmpty()) {
      return;
    }
    put(
        "ingested",
        "%-38s %9s %9s %9s %9s   %s"
            .formatted("file", "read", "accepted", "rejected", "duplicate", "new/changed/closed"));
    for (var delivery : summary.deliveries()) {
      var counts = delivery.counts();
      if (delivery.state() == Delivery.State.REFUSED || delivery.state() == Delivery.State.HELD) {
        put(
            "",
            "! %s is %s: %s"
                .formatted(
                    delivery.fileName(),
                    delivery.state() == Delivery.State.HELD ? "held" : "refused",
                    delivery.message()));
      } else {
        put(
            "",
            "%-38s %,9d %,9d %,9d %,9d   %,d/%,d/%,d"
                .formatted(
                    delivery.fileName(),
                    counts.read(),
                    counts.accepted(),
                    counts.rejected(),
                    counts.duplicate(),
                    counts.added(),
                    counts.changed(),
                    counts.closed()));
        if (delivery.message() != null) {
          put("", "  %s".formatted(delivery.message()));
        }
      }
    }
  }

  private void silent(Summary summary) {
    for (var silent : summary.silent()) {
      put(
          "silent",
          "%s (%s): no report; %s"
              .formatted(silent.source().id(), silent.source().title(), Silence.of(silent)));
    }
  }

  private void outcome(Ended ended, Summary summary) {
    if (ended.outcome() instanceof Publisher.Outcome.Published published) {
      put(
          "published",
          "revision %d, %,d units%s: %s"
              .formatted(
                  published.revision(),
                  published.units(),
                  ended.job() == JobName.PUBLISH && published.revision() > 1
                      ? ", a supplement to revision %d".formatted(published.revision() - 1)
                      : "",
                  published.folder()));
      put(
          "files",
          "%,d; rows in the lists: %,d for the authority, %,d for %,d departments, as many in xlsx, csv and json"
              .formatted(
                  published.files(),
                  published.rows(),
                  published.assigned(),
                  published.departments()));
      if (summary.carried() > 0) {
        put("carried", "%,d units over with the entry that they had".formatted(summary.carried()));
      }
    } else if (ended.outcome() instanceof Publisher.Outcome.Unchanged) {
      put("published", "nothing: no change of the list follows from what is known");
    } else if (ended.outcome() instanceof Publisher.Outcome.Waiting) {
      put("waiting", String.valueOf(ended.message()));
    } else if (ended.state() == State.HELD) {
      put("held", String.valueOf(ended.message()));
    }
  }
}

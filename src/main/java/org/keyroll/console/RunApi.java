package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Arrival;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Reception;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.run.Launches;
import org.keyroll.run.Ledger;
import org.keyroll.run.Order;
import org.keyroll.run.Order.JobName;
import org.keyroll.run.Summaries;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Runs: what each did, and launching and stopping them. */
@Api(tag = "runs")
class RunApi {
  private final Ledger ledger;
  private final Summaries summaries;
  private final Launches launches;
  private final Deliveries deliveries;
  private final Times times;
  private final Trail trail;
  private final TransactionTemplate transaction;
  private final Path inbox;

  RunApi(
      Ledger ledger,
      Summaries summaries,
      Launches launches,
      Deliveries deliveries,
      Times times,
      Trail trail,
      TransactionTemplate transaction,
      Reception reception) {
    this.ledger = ledger;
    this.summaries = summaries;
    this.launches = launches;
    this.deliveries = deliveries;
    this.times = times;
    this.trail = trail;
    this.transaction = transaction;
    this.inbox = reception.inbox();
  }

  /**
   * A run in numbers.
   *
   * @param deliveries numbers of those that it received
   * @param silent sources of which nothing new was taken in
   * @param waiting records that no rule links to exactly one unit
   * @param insufficient units of which no source says anything that the policy asks
   * @param proposed changes by kind
   * @param causes the same by what made them follow
   */
  record RunNumbers(
      List<Arrival> arrivals,
      List<Long> deliveries,
      Delivery.Counts rows,
      List<String> silent,
      long linked,
      long waiting,
      long units,
      long minted,
      Summaries.Compared compared,
      Map<String, Long> events,
      long assessed,
      long insufficient,
      Map<String, Long> proposed,
      Map<String, Long> causes,
      Map<String, Long> measures) {}

  /**
   * A run.
   *
   * @param atWork whether it goes on at this moment; one that is down as running and is not was cut
   *     off, and goes on when it is launched again
   * @param seen how far it is; null where this server does not know
   */
  record RunOne(
      Ledger.Line run, boolean atWork, Launches.@Nullable Seen seen, RunNumbers numbers) {}

  /**
   * A file in the inbox.
   *
   * @param source that takes it; null where none or several would, for which {@code why} says why
   */
  record InboxLine(String file, long size, @Nullable String source, @Nullable String why) {}

  /** What can be launched. */
  enum Launchable {
    /** The whole night, on the files in the inbox of the home. */
    NIGHTLY,
    /** Finds out which records are of one unit. */
    RESOLVE,
    /** Scores the units. */
    ASSESS,
    /** Compares the list with the scores and proposes. */
    ADJUST,
    /** Publishes what is approved. */
    PUBLISH
  }

  /** What is to be launched, as of which business date; null: that on which one acts now. */
  record LaunchBody(@Nullable Launchable job, @Nullable LocalDate asOf) {}

  @Door(Right.READ)
  @Says("Lists the runs, the latest first.")
  @GetMapping("/api/v1/programmes/{programme}/runs")
  ResponseEntity<Items<Ledger.Line>> runs(
      Scope scope,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    return Items.of(request, ledger.latest(scope, before, most), limit, "before", Ledger.Line::run);
  }

  @Door(Right.READ)
  @Says("Gives one run: how far it is, and what it did.")
  @GetMapping("/api/v1/programmes/{programme}/runs/{run}")
  RunOne run(Scope scope, @PathVariable long run) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    boolean atWork = line.state() == Ledger.State.RUNNING && ledger.atWork();
    return new RunOne(
        line,
        atWork,
        atWork
            ? launches.seen().filter(s -> s.programme().equals(scope.programme().id())).orElse(null)
            : null,
        numbers(summaries.of(new Run(scope, run, line.asOf()))));
  }

  private static RunNumbers numbers(Summaries.Summary summary) {
    long[] rows = new long[8];
    for (var delivery : summary.deliveries()) {
      var counts = delivery.counts();
      rows[0] += counts.read();
      rows[1] += counts.accepted();
      rows[2] += counts.rejected();
      rows[3] += counts.duplicate();
      rows[4] += counts.added();
      rows[5] += counts.changed();
      rows[6] += counts.closed();
      rows[7] += counts.unchanged();
    }
    return new RunNumbers(
        summary.arrivals(),
        summary.deliveries().stream().map(Delivery::number).toList(),
        new Delivery.Counts(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7]),
        summary.silent().stream().map(s -> s.source().id()).toList(),
        summary.linked(),
        summary.waiting(),
        summary.units(),
        summary.minted(),
        summary.compared(),
        summary.events(),
        summary.assessed(),
        summary.insufficient(),
        summary.proposed(),
        summary.causes(),
        summary.measures());
  }

  @Door(Right.READ)
  @Says("Lists what lies in the inbox of the home, which the next night takes in.")
  @GetMapping("/api/v1/programmes/{programme}/inbox")
  Items<InboxLine> inbox(Scope scope) {
    return new Items<>(
        Files.isDirectory(inbox)
            ? deliveries.lying(scope, inbox).stream()
                .map(
                    l ->
                        new InboxLine(
                            l.fileName(),
                            l.size(),
                            l.source() == null ? null : l.source().id(),
                            l.why()))
                .toList()
            : List.of(),
        null);
  }

  @Door(Right.RUN)
  @Says(
      value = "Launches a night on the inbox of the home, or one part of it.",
      with = 202,
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/runs")
  ResponseEntity<Ledger.Line> launch(Scope scope, Person me, @RequestBody LaunchBody body)
      throws Exception {
    var job = body.job();
    if (job == null) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "job is nightly, resolve, assess, adjust or publish.");
    }
    var date = body.asOf() == null ? times.businessDate(scope) : body.asOf();
    Files.createDirectories(inbox);
    var order =
        switch (job) {
          case NIGHTLY -> Order.nightly(date, inbox);
          case RESOLVE, ASSESS, ADJUST, PUBLISH -> Order.part(JobName.valueOf(job.name()), date);
        };
    launches.start(scope.definitions(), order, me.name());
    var line = ledger.latest(scope, Long.MAX_VALUE, 1).get(0);
    return ResponseEntity.accepted()
        .location(
            URI.create(
                "/api/v1/programmes/%s/runs/%d".formatted(scope.programme().id(), line.run())))
        .body(line);
  }

  @Door(Right.RUN)
  @Says(
      value = "Asks a run to stop before its next part; the same launch goes on with it.",
      with = 202,
      or = 409)
  @PostMapping("/api/v1/programmes/{programme}/runs/{run}/stop")
  ResponseEntity<Ledger.Line> stop(Scope scope, Person me, @PathVariable long run) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    // Whoever looks at a run that has ended does not mean the one at work now.
    var asked =
        line.state() == Ledger.State.RUNNING
            ? ledger.askToStop(scope, me.name())
            : Optional.<Ledger.Line>empty();
    if (asked.isEmpty()) {
      throw new Refusal(
          HttpStatus.CONFLICT,
          "Run %d is not at work; it is %s."
              .formatted(run, line.state().name().toLowerCase(java.util.Locale.ROOT)));
    }
    transaction.executeWithoutResult(
        status -> trail.append(me.name(), "stop", "run " + asked.get().run(), "through the API"));
    return ResponseEntity.accepted().body(asked.get());
  }
}

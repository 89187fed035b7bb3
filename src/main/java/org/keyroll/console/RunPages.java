package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Deliveries;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.run.AlreadyRunning;
import org.keyroll.run.Launches;
import org.keyroll.run.Ledger;
import org.keyroll.run.Order;
import org.keyroll.run.Order.JobName;
import org.keyroll.run.Refused;
import org.keyroll.run.Summaries;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The runs there have been, and what each did. */
@Page
class RunPages {
  private static final int LINES = 50;

  private final Ledger ledger;
  private final Summaries summaries;
  private final Launches launches;
  private final Deliveries deliveries;
  private final Times times;
  private final Proof proof;
  private final Trail trail;
  private final TransactionTemplate transaction;
  private final Path inbox;

  RunPages(
      Ledger ledger,
      Summaries summaries,
      Launches launches,
      Deliveries deliveries,
      Times times,
      Proof proof,
      Trail trail,
      TransactionTemplate transaction,
      @Value("${keyroll.home}") Path home) {
    this.ledger = ledger;
    this.summaries = summaries;
    this.launches = launches;
    this.deliveries = deliveries;
    this.times = times;
    this.proof = proof;
    this.trail = trail;
    this.transaction = transaction;
    this.inbox = home.resolve("inbox");
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/runs")
  String list(
      Scope scope, @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Model model) {
    var found = ledger.latest(scope, before, LINES + 1);
    boolean more = found.size() > LINES;
    model.addAttribute("lines", more ? found.subList(0, LINES) : found);
    model.addAttribute("next", more ? found.get(LINES - 1).run() : null);
    boolean atWork = ledger.atWork();
    model.addAttribute("atWork", atWork);
    model.addAttribute("inbox", inbox);
    model.addAttribute(
        "lying", Files.isDirectory(inbox) ? deliveries.lying(scope, inbox) : List.of());
    model.addAttribute("asOf", times.businessDate(scope));
    return "runs";
  }

  /** Launches a night on the inbox of the home, or publishes what is approved. */
  @Door(Right.RUN)
  @PostMapping("/programmes/{programme}/runs")
  String launch(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @RequestParam String act,
      @RequestParam(required = false) @Nullable LocalDate asOf,
      @RequestParam(required = false) @Nullable String secret,
      HttpServletRequest request,
      RedirectAttributes then)
      throws Exception {
    var back = "redirect:/programmes/" + programme + "/runs";
    if (!proof.holds(request, me, secret)) {
      then.addFlashAttribute("problem", "problem.proof");
      return back;
    }
    var date = asOf == null ? times.businessDate(scope) : asOf;
    Files.createDirectories(inbox);
    try {
      var order =
          switch (act) {
            case "nightly" -> Order.nightly(date, inbox);
            case "publish" -> Order.part(JobName.PUBLISH, date);
            default -> throw new NotFound();
          };
      launches.start(scope.definitions(), order, me.name());
      then.addFlashAttribute("done", "launched");
      return back + "/" + ledger.latest(scope, Long.MAX_VALUE, 1).get(0).run();
    } catch (AlreadyRunning | Refused e) {
      then.addFlashAttribute("problem", "problem.launch");
      then.addFlashAttribute("details", List.of(String.valueOf(e.getMessage())));
      return back;
    }
  }

  /** Asks a run to stop before its next part. */
  @Door(Right.RUN)
  @PostMapping("/programmes/{programme}/runs/{run}/stop")
  String stop(
      Scope scope,
      Person me,
      @PathVariable String programme,
      @PathVariable long run,
      RedirectAttributes then) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    // Whoever looks at a run that has ended does not mean the one at work now.
    var asked =
        line.state() == Ledger.State.RUNNING
            ? ledger.askToStop(scope, me.name())
            : Optional.<Ledger.Line>empty();
    if (asked.isPresent()) {
      transaction.executeWithoutResult(
          status ->
              trail.append(me.name(), "stop", "run " + asked.get().run(), "from the console"));
    }
    then.addFlashAttribute(
        asked.isPresent() ? "done" : "problem", asked.isPresent() ? "stopping" : "problem.stop");
    return "redirect:/programmes/%s/runs/%d".formatted(programme, run);
  }

  /** How far a run is; the page asks again and again while anybody looks at it. */
  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/runs/{run}/progress")
  String progress(Scope scope, @PathVariable long run, Model model, HttpServletResponse response) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    boolean atWork = line.state() == Ledger.State.RUNNING && ledger.atWork();
    if (!atWork) {
      response.setHeader("HX-Refresh", "true");
    }
    model.addAttribute("line", line);
    model.addAttribute("seen", launches.seen().orElse(null));
    return "run :: progress";
  }

  @Door(Right.READ)
  @GetMapping("/programmes/{programme}/runs/{run}")
  String one(Scope scope, @PathVariable long run, Model model) {
    var line = ledger.find(scope, run).orElseThrow(NotFound::new);
    model.addAttribute("line", line);
    model.addAttribute("atWork", ledger.atWork());
    model.addAttribute("seen", launches.seen().orElse(null));
    model.addAttribute("summary", summaries.of(new Run(scope, run, line.asOf())));
    return "run";
  }
}

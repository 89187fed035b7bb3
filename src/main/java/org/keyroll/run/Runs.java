package org.keyroll.run;

import java.time.LocalDateTime;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Account;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.publication.Publisher;
import org.keyroll.run.Ledger.Line;
import org.keyroll.run.Ledger.State;
import org.keyroll.run.Order.JobName;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts runs, and goes on with those that were cut off. */
@Service
public class Runs {
  private final Map<String, Job> jobs;
  private final JobOperator operator;
  private final JobRepository repository;
  private final Ledger ledger;
  private final Summaries summaries;
  private final Active active;
  private final DataSource dataSource;
  private final TransactionTemplate transaction;
  private final Trail trail;

  Runs(
      Map<String, Job> jobs,
      JobOperator operator,
      JobRepository repository,
      Ledger ledger,
      Summaries summaries,
      Active active,
      DataSource dataSource,
      TransactionTemplate transaction,
      Trail trail) {
    this.jobs = jobs;
    this.operator = operator;
    this.repository = repository;
    this.ledger = ledger;
    this.summaries = summaries;
    this.active = active;
    this.dataSource = dataSource;
    this.transaction = transaction;
    this.trail = trail;
  }

  /**
   * How a run ended.
   *
   * @param resumed whether it went on with one that was cut off
   * @param message why it failed or is held; null when it is done
   * @param outcome of publishing, where that was part of it
   */
  public record Ended(
      Run run,
      JobName job,
      int round,
      boolean resumed,
      State state,
      @Nullable String message,
      Publisher.@Nullable Outcome outcome) {}

  /**
   * Does what is ordered and returns when it is done.
   *
   * @throws AlreadyRunning when another process holds the lease
   * @throws Refused when the business date is wrong
   */
  public Ended run(Definitions definitions, Order order, Progress progress)
      throws AlreadyRunning, Refused {
    return run(definitions, order, progress, Account.current());
  }

  /** As {@link #run(Definitions, Order, Progress)}, in the name of a person. */
  Ended run(Definitions definitions, Order order, Progress progress, String by)
      throws AlreadyRunning, Refused {
    var holder =
        "%s as of %s, process %d"
            .formatted(order.job().id(), order.asOf(), ProcessHandle.current().pid());
    try (var lease = Lease.take(dataSource, holder)) {
      repository.getJobNames().forEach(this::endWhatWasCutOff);
      var scope = ledger.scope(definitions);
      var before = ledger.all(scope).size();
      var line = ledger.open(scope, order.job().id(), order.asOf());
      boolean resumed = ledger.all(scope).size() == before;
      if (resumed && isCompleted(order, line, scope)) {
        // Cut off between its last step and the note that it is done.
        ledger.end(line.run(), State.DONE, null);
        line = ledger.open(scope, order.job().id(), order.asOf());
        resumed = false;
      }
      return run(scope, order, line, resumed, lease, progress, by);
    }
  }

  private Ended run(
      Scope scope,
      Order order,
      Line line,
      boolean resumed,
      Lease lease,
      Progress progress,
      String by) {
    var run = new Run(scope, line.run(), order.asOf());
    var work = new Active.Work(run, order, lease, progress);
    active.begin(work);
    try {
      audit(by, resumed ? "resume" : "start", order, line);
      var execution = launch(order, line, scope);
      var ended = ended(work, order.job(), line, resumed, execution);
      summaries.keep(run);
      ledger.end(line.run(), ended.state(), ended.message());
      audit(by, ended.state().name().toLowerCase(java.util.Locale.ROOT), order, line);
      return ended;
    } finally {
      active.end(work);
    }
  }

  private void audit(String by, String act, Order order, Line line) {
    transaction.executeWithoutResult(
        status ->
            trail.append(
                by,
                act,
                "run " + line.run(),
                "%s as of %s, round %d".formatted(order.job().id(), order.asOf(), line.round())));
  }

  private JobExecution launch(Order order, Line line, Scope scope) {
    var job = jobs.get(order.job().id());
    if (job == null) {
      throw new IllegalStateException("no job " + order.job().id());
    }
    var parameters = parameters(order, line, scope);
    sweepEmptyInstance(job, parameters);
    try {
      return operator.start(job, parameters);
    } catch (org.springframework.batch.core.job.parameters.InvalidJobParametersException
        | org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException
        | org.springframework.batch.core.launch.JobExecutionAlreadyRunningException
        | org.springframework.batch.core.launch.JobRestartException e) {
      throw new IllegalStateException("the run cannot be launched: " + e.getMessage(), e);
    }
  }

  private static JobParameters parameters(Order order, Line line, Scope scope) {
    return new JobParametersBuilder()
        .addString("programme", scope.programme().id())
        .addLocalDate("asOf", order.asOf())
        .addLong("round", (long) line.round())
        .addLong(Active.RUN, line.run(), false)
        .toJobParameters();
  }

  private boolean isCompleted(Order order, Line line, Scope scope) {
    var last = repository.getLastJobExecution(order.job().id(), parameters(order, line, scope));
    return last != null && last.getStatus() == BatchStatus.COMPLETED;
  }

  /** A kill between creating an instance and its execution would make it unlaunchable for ever. */
  private void sweepEmptyInstance(Job job, JobParameters parameters) {
    var instance = repository.getJobInstance(job.getName(), parameters);
    if (instance != null && repository.getJobExecutions(instance).isEmpty()) {
      repository.deleteJobInstance(instance);
    }
  }

  /**
   * Whoever holds the lease is alone, so executions that are down as running were cut off. {@code
   * JobOperator.recover} refuses one that was recovered before, which a second kill needs.
   */
  private void endWhatWasCutOff(String job) {
    for (var execution : repository.findRunningJobExecutions(job)) {
      for (var step : execution.getStepExecutions()) {
        if (step.getStatus().isRunning()) {
          step.setStatus(BatchStatus.FAILED);
          step.setExitStatus(ExitStatus.FAILED.addExitDescription("cut off"));
          step.setEndTime(LocalDateTime.now(java.time.ZoneOffset.UTC));
          repository.update(step);
        }
      }
      execution.setStatus(BatchStatus.FAILED);
      execution.setExitStatus(ExitStatus.FAILED.addExitDescription("cut off"));
      execution.setEndTime(LocalDateTime.now(java.time.ZoneOffset.UTC));
      repository.update(execution);
    }
  }

  private static Ended ended(
      Active.Work work, JobName job, Line line, boolean resumed, JobExecution execution) {
    State state;
    String message = null;
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      state = State.DONE;
      if (work.outcome instanceof Publisher.Outcome.Held held) {
        state = State.HELD;
        message = held.why();
      } else if (work.outcome instanceof Publisher.Outcome.Waiting waiting) {
        state = State.HELD;
        message = "Proposals for %,d units wait for approval.".formatted(waiting.units());
      }
    } else if (work.stopped != null) {
      state = State.STOPPED;
      message = work.stopped;
    } else {
      state = State.FAILED;
      message = whyFailed(execution);
    }
    return new Ended(work.run, job, line.round(), resumed, state, message, work.outcome);
  }

  private static String whyFailed(JobExecution execution) {
    var causes = execution.getAllFailureExceptions().stream().map(Runs::cause).toList();
    // A partitioned step says only that a part of it has failed; the part says why.
    return causes.stream()
        .filter(cause -> !(cause instanceof JobExecutionException))
        .findFirst()
        .or(() -> causes.stream().findFirst())
        .map(
            cause ->
                String.valueOf(
                    cause.getMessage() == null
                        ? cause.getClass().getSimpleName()
                        : cause.getMessage()))
        .orElse("it ended as " + execution.getStatus());
  }

  private static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}

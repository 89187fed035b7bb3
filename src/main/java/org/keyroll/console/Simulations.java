package org.keyroll.console;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Simulation;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Simulations that were asked for on the page of a policy: one at a time in the whole server, the
 * last of each programme kept until the next one or the end of the server.
 */
@Component
class Simulations {
  private static final Logger LOG = LoggerFactory.getLogger(Simulations.class);

  private final Simulation simulation;
  private final Clock clock;
  private final Map<String, Job> last = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Job> atWork = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            var made = new Thread(work, "simulation");
            made.setDaemon(true);
            return made;
          });

  Simulations(Simulation simulation, Clock clock) {
    this.simulation = simulation;
    this.clock = clock;
  }

  /** How a simulation stands. */
  enum State {
    RUNNING,
    DONE,
    /** There was no revision to replay. */
    EMPTY,
    FAILED
  }

  /** A simulation, from the moment on which it is asked for. */
  static final class Job {
    private final String by;
    private final String policy;
    private final Definitions trial;
    private final @Nullable LocalDate since;
    private final Instant started;
    private volatile State state = State.RUNNING;
    private volatile int dates;
    private volatile int of;
    private volatile Simulation.@Nullable Result result;

    private Job(
        String by, String policy, Definitions trial, @Nullable LocalDate since, Instant started) {
      this.by = by;
      this.policy = policy;
      this.trial = trial;
      this.since = since;
      this.started = started;
    }

    public String by() {
      return by;
    }

    /** The name of the file. */
    public String policy() {
      return policy;
    }

    public Definitions trial() {
      return trial;
    }

    public @Nullable LocalDate since() {
      return since;
    }

    public Instant started() {
      return started;
    }

    public State state() {
      return state;
    }

    /** Dates that are done. */
    public int dates() {
      return dates;
    }

    /** Dates there are; 0 while that is not known. */
    public int of() {
      return of;
    }

    public Simulation.@Nullable Result result() {
      return result;
    }
  }

  /** The last one of a programme. */
  Optional<Job> last(Scope scope) {
    return Optional.ofNullable(last.get(scope.programme().id()));
  }

  /** Begins one, unless one is at work. */
  boolean start(
      Scope scope, Definitions trial, String policy, @Nullable LocalDate since, String by) {
    var job = new Job(by, policy, trial, since, clock.instant());
    if (!atWork.compareAndSet(null, job)) {
      return false;
    }
    last.put(scope.programme().id(), job);
    thread.execute(() -> run(scope, job));
    return true;
  }

  private void run(Scope scope, Job job) {
    try {
      var result =
          simulation.simulate(
              scope,
              job.trial,
              job.since,
              (dates, of) -> {
                job.of = of;
                job.dates = dates;
              });
      job.result = result;
      job.state = result.points().isEmpty() ? State.EMPTY : State.DONE;
    } catch (RuntimeException e) {
      LOG.error("the simulation of {} failed", job.policy, e);
      job.state = State.FAILED;
    } finally {
      atWork.set(null);
    }
  }

  @PreDestroy
  void close() {
    thread.shutdownNow();
  }
}

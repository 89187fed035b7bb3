package org.keyroll.run;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Run;
import org.keyroll.publication.Publisher;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** The runs that are at work in this process; steps find theirs by the number of the run. */
@Component
class Active {
  static final String RUN = "run";

  private final Map<Long, Work> works = new ConcurrentHashMap<>();

  /** A run at work, what its publishing step came to, and why it stopped where it was asked to. */
  static final class Work {
    final Run run;
    final Order order;
    final Lease lease;
    final Progress progress;
    volatile Publisher.@Nullable Outcome outcome;
    volatile @Nullable String stopped;

    Work(Run run, Order order, Lease lease, Progress progress) {
      this.run = run;
      this.order = order;
      this.lease = lease;
      this.progress = progress;
    }
  }

  void begin(Work work) {
    works.put(work.run.id(), work);
  }

  void end(Work work) {
    works.remove(work.run.id());
  }

  /** All of them; the lease sees to it that there is one at most. */
  Collection<Work> all() {
    return works.values();
  }

  Work of(StepExecution step) {
    Long run = step.getJobExecution().getJobParameters().getLong(RUN);
    var work = run == null ? null : works.get(run);
    if (work == null) {
      throw new IllegalStateException("run " + run + " is not at work in this process");
    }
    return work;
  }
}

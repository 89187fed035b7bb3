package org.keyroll.run;

import java.util.HashMap;
import java.util.Map;
import org.keyroll.adjustment.Adjuster;
import org.keyroll.followup.Measures;
import org.keyroll.identity.Resolver;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Intake;
import org.keyroll.publication.Publisher;
import org.keyroll.run.Active.Work;
import org.keyroll.scoring.Assessor;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The night as Spring Batch steps. Each is one transaction over business rows and step counters
 * alike, and each finds out from the state of the database what is left to do; so a step that was
 * cut off at any moment is simply done again.
 */
@Configuration(proxyBeanMethods = false)
class NightJobConfiguration {
  private static final String INGEST_SOURCE = "ingestSource";
  private static final int FILES_AT_ONCE = 2;

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final JdbcClient db;
  private final Active active;
  private final Statistics statistics;
  private final Ledger ledger;

  NightJobConfiguration(
      JobRepository repository,
      PlatformTransactionManager transactions,
      JdbcClient db,
      Active active,
      Statistics statistics,
      Ledger ledger) {
    this.repository = repository;
    this.transactions = transactions;
    this.db = db;
    this.active = active;
    this.statistics = statistics;
    this.ledger = ledger;
  }

  /** What a step does with its run. */
  @FunctionalInterface
  private interface Act {
    void on(Work work, StepContribution contribution) throws Exception;
  }

  /** Call first in every transaction: whether the run may still go on. */
  private void begin(Work work) throws JobInterruptedException {
    work.lease.fence(db);
    var asked = ledger.stopAskedBy(work.run.id());
    if (asked.isPresent()) {
      work.stopped = "Stopped, as %s asked.".formatted(asked.get());
      throw new JobInterruptedException(work.stopped);
    }
  }

  private Step step(String part, Act act) {
    return new StepBuilder(part, repository)
        .tasklet(
            (contribution, chunk) -> {
              var work = active.of(contribution.getStepExecution());
              begin(work);
              work.progress.begin(part);
              act.on(work, contribution);
              return RepeatStatus.FINISHED;
            },
            transactions)
        .listener(statistics)
        .build();
  }

  @Bean
  Step receiveStep(Deliveries deliveries) {
    return step(
        "receive",
        (work, contribution) -> {
          var order = work.order;
          if (order.inbox() != null) {
            deliveries
                .receive(work.run, order.inbox())
                .forEach(a -> contribution.incrementReadCount());
          }
          if (order.source() != null) {
            deliveries
                .receive(work.run, work.run.definitions().source(order.source()), order.files())
                .forEach(a -> contribution.incrementReadCount());
          }
        });
  }

  /**
   * One partition a source, with those that correct it: sources side by side, the deliveries of
   * each in their order.
   */
  @Bean
  Step ingestStep(Deliveries deliveries, Step ingestSourceStep) {
    var executor = new SimpleAsyncTaskExecutor("ingest-");
    executor.setConcurrencyLimit(FILES_AT_ONCE);
    return new StepBuilder("ingest", repository)
        .partitioner(INGEST_SOURCE, waiting(deliveries))
        .step(ingestSourceStep)
        .taskExecutor(executor)
        .allowStartIfComplete(true) // what is left to do, the deliveries say and not the step
        .build();
  }

  private Partitioner waiting(Deliveries deliveries) {
    return gridSize -> {
      Map<String, ExecutionContext> partitions = new HashMap<>();
      for (var work : active.all()) {
        work.progress.begin("ingest");
        for (var delivery : deliveries.received(work.run.scope())) {
          partitions.put(recordsOf(work, delivery), new ExecutionContext());
        }
      }
      return partitions;
    };
  }

  private static String recordsOf(Work work, Delivery delivery) {
    return work.run.definitions().recordsOf(delivery.source());
  }

  @Bean
  Step ingestSourceStep(Tasklet ingestSource) {
    return new StepBuilder(INGEST_SOURCE, repository)
        .tasklet(ingestSource, transactions)
        .listener(statistics)
        .allowStartIfComplete(true)
        .build();
  }

  /**
   * Takes in one delivery a transaction until the source has none left. The source is in the name
   * of the step, where the framework puts the key of a partition: the name is written in one
   * statement, the context of the step in a second one, and a kill between them would leave a part
   * that does nothing and calls it done.
   */
  @Bean
  @StepScope
  Tasklet ingestSource(
      Intake intake, Deliveries deliveries, @Value("#{stepExecution.stepName}") String part) {
    var source = part.substring(INGEST_SOURCE.length() + 1);
    return (contribution, chunk) -> {
      var work = active.of(contribution.getStepExecution());
      begin(work);
      var waiting =
          deliveries.received(work.run.scope()).stream()
              .filter(d -> recordsOf(work, d).equals(source))
              .toList();
      if (waiting.isEmpty()) {
        return RepeatStatus.FINISHED;
      }
      var thing = "rows of " + source;
      var taken =
          intake.ingest(work.run, waiting.get(0).id(), rows -> work.progress.done(thing, rows));
      contribution.incrementWriteCount(taken.counts().accepted());
      contribution.incrementFilterCount(taken.counts().duplicate());
      contribution.incrementProcessSkipCount(taken.counts().rejected());
      work.progress.done(thing, taken.counts().read());
      return RepeatStatus.continueIf(waiting.size() > 1);
    };
  }

  @Bean
  Step resolveStep(Resolver resolver, Deliveries deliveries) {
    return step(
        "resolve",
        (work, contribution) -> {
          // A partitioner that fails leaves a step that looks completed and has done nothing.
          if (!deliveries.received(work.run.scope()).isEmpty()) {
            throw new IllegalStateException(
                "Some deliveries have been received and not read; run keyroll nightly again.");
          }
          contribution.incrementWriteCount(resolver.resolve(work.run).linked());
        });
  }

  @Bean
  Step assessStep(Assessor assessor) {
    return step(
        "assess",
        (work, contribution) -> {
          var outcome = assessor.assess(work.run, units -> work.progress.done("units", units));
          contribution.incrementWriteCount(outcome.changed());
          contribution.incrementFilterCount(outcome.assessed() - outcome.changed());
        });
  }

  @Bean
  Step adjustStep(Adjuster adjuster) {
    return step(
        "adjust",
        (work, contribution) ->
            contribution.incrementWriteCount(
                adjuster.adjust(work.run).values().stream().mapToLong(n -> n).sum()));
  }

  @Bean
  Step publishStep(Publisher publisher) {
    return step(
        "publish",
        (work, contribution) -> {
          work.outcome = publisher.publish(work.run);
          if (work.outcome instanceof Publisher.Outcome.Published published) {
            contribution.incrementWriteCount(published.changes().size());
          }
        });
  }

  @Bean
  Step followUpStep(Measures measures) {
    return step(
        "follow-up",
        (work, contribution) -> contribution.incrementWriteCount(measures.followUp(work.run)));
  }

  @Bean
  Job nightly(
      Step receiveStep,
      Step ingestStep,
      Step resolveStep,
      Step assessStep,
      Step adjustStep,
      Step publishStep,
      Step followUpStep) {
    return new JobBuilder("nightly", repository)
        .start(receiveStep)
        .next(ingestStep)
        .next(resolveStep)
        .next(assessStep)
        .next(adjustStep)
        .next(publishStep)
        .next(followUpStep)
        .build();
  }

  @Bean
  Job ingest(Step receiveStep, Step ingestStep) {
    return new JobBuilder("ingest", repository).start(receiveStep).next(ingestStep).build();
  }

  @Bean
  Job resolve(Step resolveStep) {
    return new JobBuilder("resolve", repository).start(resolveStep).build();
  }

  @Bean
  Job assess(Step resolveStep, Step assessStep) {
    return new JobBuilder("assess", repository).start(resolveStep).next(assessStep).build();
  }

  @Bean
  Job adjust(Step adjustStep) {
    return new JobBuilder("adjust", repository).start(adjustStep).build();
  }

  @Bean
  Job publish(Step publishStep, Step followUpStep) {
    return new JobBuilder("publish", repository).start(publishStep).next(followUpStep).build();
  }
}

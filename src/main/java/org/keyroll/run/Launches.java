package org.keyroll.run;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Starts runs for persons at the console and lets them go on by themselves. A run that the process
 * ends under is one that was cut off, and goes on when it is launched again.
 */
@Service
public class Launches {
  private static final Logger LOG = LoggerFactory.getLogger(Launches.class);

  private final Runs runs;
  private final Ledger ledger;
  private final AtomicReference<@Nullable Watch> watch = new AtomicReference<>();

  Launches(Runs runs, Ledger ledger) {
    this.runs = runs;
    this.ledger = ledger;
  }

  /**
   * How far a run of this process is.
   *
   * @param part of the night that it is at
   * @param done rows or units of each thing in this part
   */
  public record Seen(String programme, String part, Map<String, Long> done) {}

  /** Watches one run, from several threads. */
  private static final class Watch implements Progress {
    final String programme;
    final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final Map<String, Long> done = new TreeMap<>();
    private String part = "";

    Watch(String programme) {
      this.programme = programme;
    }

    @Override
    public synchronized void begin(String next) {
      part = next;
      done.clear();
      begun.complete(null);
    }

    @Override
    public synchronized void done(String thing, long count) {
      done.put(thing, count);
    }

    synchronized Seen seen() {
      return new Seen(programme, part, Collections.unmodifiableMap(new TreeMap<>(done)));
    }
  }

  /**
   * Starts a run and returns as soon as its first part has begun.
   *
   * @param by whose name the trail bears
   * @throws AlreadyRunning when another run is at work
   * @throws Refused when the business date is wrong
   */
  public void start(Definitions definitions, Order order, String by)
      throws AlreadyRunning, Refused, InterruptedException {
    var mine = new Watch(definitions.programme().id());
    if (ledger.atWork() || !watch.compareAndSet(null, mine)) {
      throw new AlreadyRunning("Another run is at work; wait until it has ended.");
    }
    var thread =
        new Thread(
            () -> {
              try {
                runs.run(definitions, order, mine, by);
                mine.begun.complete(null);
              } catch (AlreadyRunning | Refused | RuntimeException e) {
                if (!mine.begun.completeExceptionally(e)) {
                  LOG.error("the run of {} broke off", mine.programme, e);
                }
              } finally {
                watch.set(null);
              }
            },
            "launched");
    thread.setDaemon(true);
    thread.start();
    try {
      mine.begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AlreadyRunning running) {
        throw running;
      }
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException("the run could not begin", e.getCause());
    }
  }

  /** The run of this process that is at work. */
  public Optional<Seen> seen() {
    return Optional.ofNullable(watch.get()).map(Watch::seen);
  }
}

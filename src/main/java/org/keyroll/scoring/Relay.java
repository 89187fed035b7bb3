package org.keyroll.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hands units on to one other thread, in their order, so that the facts of some are worked out
 * while the records of the next are read.
 */
final class Relay implements AutoCloseable {
  private static final int AT_ONCE = 512;
  private static final int WAITING = 8;

  private final UnitRecords.Each to;
  private final ExecutorService thread;
  private final ArrayDeque<Future<?>> handed = new ArrayDeque<>();
  private List<UnitInput> units = new ArrayList<>(AT_ONCE);

  /**
   * @param to what is done with each unit, on the other thread
   */
  Relay(UnitRecords.Each to) {
    this.to = to;
    this.thread =
        Executors.newSingleThreadExecutor(
            runnable -> {
              var daemon = new Thread(runnable, "facts");
              daemon.setDaemon(true);
              return daemon;
            });
  }

  void unit(UnitInput unit) throws Exception {
    units.add(unit);
    if (units.size() == AT_ONCE) {
      hand();
    }
  }

  /** Waits until all are done; throws what the other thread has thrown. */
  void finish() throws Exception {
    hand();
    while (!handed.isEmpty()) {
      await();
    }
  }

  private void hand() throws Exception {
    var some = units;
    units = new ArrayList<>(AT_ONCE);
    handed.add(
        thread.submit(
            () -> {
              for (var unit : some) {
                to.unit(unit);
              }
              return null;
            }));
    while (handed.size() > WAITING) {
      await();
    }
  }

  private void await() throws Exception {
    try {
      handed.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

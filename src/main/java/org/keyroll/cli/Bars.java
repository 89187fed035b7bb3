package org.keyroll.cli;

import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.keyroll.run.Progress;

/** A progress bar on a terminal, a plain line a part elsewhere. */
final class Bars implements Progress, AutoCloseable {
  private final Console console;
  private final boolean terminal;
  private final Map<String, Long> counts = new TreeMap<>();
  private @Nullable ProgressBar bar;

  Bars(Console console) {
    this.console = console;
    // The launcher knows; what Java says of its console differs from version to version.
    this.terminal = Boolean.getBoolean("keyroll.terminal");
  }

  @Override
  public synchronized void begin(String part) {
    end();
    counts.clear();
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(part)
              .setInitialMax(-1)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    } else {
      console.note(part + " …");
    }
  }

  @Override
  public synchronized void done(String thing, long count) {
    counts.put(thing, count);
    if (bar != null) {
      bar.stepTo(counts.values().stream().mapToLong(n -> n).sum());
    }
  }

  /** Takes the bar off the screen. */
  synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}

package org.keyroll.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The two streams of a command: results on one, everything else on the other. */
final class Console {
  private final PrintStream out;
  private final PrintStream err;

  Console() {
    // The terminal may speak UTF-8 while the JVM thinks otherwise.
    this(
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  PrintStream out() {
    return out;
  }

  void print(String line) {
    out.println(line);
  }

  void note(String line) {
    err.println(line);
  }

  void flush() {
    out.flush();
    err.flush();
  }
}

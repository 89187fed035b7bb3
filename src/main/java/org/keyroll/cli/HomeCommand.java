package org.keyroll.cli;

import java.util.concurrent.Callable;
import org.keyroll.definition.Scope;

/** A command on what a home holds already; a home that nothing was ever kept in is refused. */
abstract class HomeCommand implements Callable<Integer> {
  final Globals globals;
  final Console console;

  HomeCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  abstract void on(Session session, Scope scope) throws Exception;

  /** Whether the answer can be a table; it is text for a person otherwise. */
  boolean givesTables() {
    return false;
  }

  @Override
  public final Integer call() throws Exception {
    if (!givesTables()) {
      globals.textOnly();
    }
    Session.inHome(globals, console, this::on);
    return 0;
  }
}

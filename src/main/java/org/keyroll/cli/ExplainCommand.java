package org.keyroll.cli;

import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says why a unit is on the list or not; the id of a merged unit leads on to its successor. */
@Command(
    name = "explain",
    description = "Says why a unit is on the list or not, down to the cell.",
    mixinStandardHelpOptions = true)
final class ExplainCommand extends HomeCommand {
  @Parameters(paramLabel = "UNIT", description = "Id, identifier or name of a unit.")
  private String text = "";

  ExplainCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var unit = session.unit(scope, text);
    new Explanation(session, scope, globals.asOf).of(unit).forEach(console::print);
    var successor = unit.mergedInto();
    if (successor != null) {
      console.print("");
      console.print("it leads on to");
      new Explanation(session, scope, globals.asOf)
          .of(session.unit(scope, successor.toString()))
          .forEach(console::print);
    }
  }
}

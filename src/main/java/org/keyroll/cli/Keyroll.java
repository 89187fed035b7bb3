package org.keyroll.cli;

import java.util.TimeZone;
import java.util.concurrent.Callable;
import org.keyroll.database.DatabaseUnavailable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.run.AlreadyRunning;
import org.keyroll.run.Refused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "keyroll",
    description = "Keeps a key-unit list that can defend every one of its entries.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "Keyroll 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage or definition", "3:held for a person"})
public final class Keyroll implements Callable<Integer> {
  @Mixin final Globals globals = new Globals();
  @Spec CommandSpec spec = CommandSpec.create();

  private Keyroll() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    // Stamps are kept in UTC; business dates come from the programme's zone.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    var console = new Console();
    int code = run(console, args);
    console.flush();
    System.exit(code);
  }

  static int run(Console console, String... args) {
    var keyroll = new Keyroll();
    var line = new CommandLine(keyroll);
    new Commands(keyroll.globals, console).addTo(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new java.io.PrintWriter(console.out(), true));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          console.note(
              "keyroll: %s See keyroll %s--help."
                  .formatted(
                      sentence(e.getMessage()),
                      e.getCommandLine().getCommandName().equals("keyroll")
                          ? ""
                          : e.getCommandLine().getCommandName() + " "));
          return Stop.USAGE;
        });
    return line.execute(args);
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private static int failed(Console console, Exception e) {
    if (e instanceof DefinitionErrors errors) {
      errors.faults().forEach(fault -> console.note(fault.toString()));
      console.note("keyroll: %d faults in the definitions.".formatted(errors.faults().size()));
      return Stop.USAGE;
    }
    console.note("keyroll: " + e.getMessage());
    if (e instanceof Stop stop) {
      return stop.code();
    }
    if (e instanceof Refused) {
      return Stop.USAGE;
    }
    if (!(e instanceof DatabaseUnavailable) && !(e instanceof AlreadyRunning)) {
      org.slf4j.LoggerFactory.getLogger(Keyroll.class).error("command failed", e);
      console.note("keyroll: the details are in keyroll.log in the home.");
    }
    return Stop.FAILED;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return Stop.USAGE;
  }
}

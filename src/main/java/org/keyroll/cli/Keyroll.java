package org.keyroll.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.keyroll.adjustment.Undecidable;
import org.keyroll.database.DatabaseUnavailable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.publication.Exports;
import org.keyroll.run.AlreadyRunning;
import org.keyroll.run.Refused;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line. */
public final class Keyroll {

  private Keyroll() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    // Stamps are kept in UTC; business dates come from the programme's zone.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    // Nor do digits and letters follow the machine: Arabic writes 1 as ١, Turkish the capital of i
    // as İ.
    Locale.setDefault(Locale.ENGLISH);
    // The driver would log to the terminal what the errors of a command say in words.
    System.setProperty("mariadb.logging.disable", "true");
    var console = new Console();
    int code = run(console, args);
    console.flush();
    System.exit(code);
  }

  static int run(Console console, String... args) {
    var commands = new Commands(console);
    var line = new CommandLine(commands);
    var globals = commands.globals();
    for (var command :
        List.of(
            new ExportCommand(globals, console),
            new ExplainCommand(globals, console),
            new StatusCommand(globals, console),
            new RunsCommand(globals, console),
            new StopCommand(globals, console),
            new DeliveriesCommand(globals, console),
            new DeliveryDecision.Release(globals, console),
            new DeliveryDecision.Refuse(globals, console),
            new AnswerCommand(globals, console),
            new SimulateCommand(globals, console),
            new TemplateCommand(globals, console),
            new SensitivityCommand(globals, console),
            new UploadCommand(globals, console),
            new ProposalsCommand(globals, console),
            new BatchCommand(globals, console),
            new ApproveCommand(globals, console),
            new RejectCommand(globals, console),
            new OverrideCommand(globals, console),
            new OverridesCommand(globals, console),
            new VerifyCommand(globals, console),
            new RebuildCommand(globals, console),
            new LettersCommand(globals, console),
            new ReceiptCommand(globals, console),
            new ObjectionCommands.File(globals, console),
            new ObjectionCommands.Show(globals, console),
            new QuestionCommands.Ask(globals, console),
            new QuestionCommands.Show(globals, console),
            new PeopleCommands(globals, console),
            new TokensCommands(globals, console),
            new ReviewCommands(globals, console))) {
      line.addSubcommand(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(LocalDate.class, Keyroll::date);
    line.registerConverter(Exports.What.class, Keyroll::what);
    line.setOut(
        new java.io.PrintWriter(console.out(), true, java.nio.charset.StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, commands.home(), e));
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          console.note(
              "keyroll: %s See keyroll %s--help."
                  .formatted(
                      sentence(String.valueOf(e.getMessage())),
                      (e.getCommandLine().getCommandSpec().qualifiedName() + " ")
                          .substring("keyroll ".length())));
          return Stop.USAGE;
        });
    return line.execute(args);
  }

  /** An error that nobody foresaw: the terminal gets a sentence, the log the rest. */
  private static void keep(Console console, Path log, Exception e) {
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    try {
      Files.writeString(
          log, "command failed: " + trace, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      console.note("keyroll: this should not happen; the details are in %s.".formatted(log));
    } catch (IOException unwritable) {
      console.note(trace.toString());
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "\"%s\" is not a date; write it as 2026-11-02".formatted(text));
    }
  }

  private static Exports.What what(String text) {
    for (var what : Exports.What.values()) {
      if (what.id().equalsIgnoreCase(text)) {
        return what;
      }
    }
    throw new TypeConversionException(
        "\"%s\" is nothing that can be exported; give one of %s"
            .formatted(
                text,
                Arrays.stream(Exports.What.values())
                    .map(Exports.What::id)
                    .collect(Collectors.joining(", "))));
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private static int failed(Console console, Path home, Exception e) {
    if (e instanceof DefinitionErrors errors) {
      errors.faults().forEach(fault -> console.note(fault.toString()));
      int count = errors.faults().size();
      console.note(
          "keyroll: %d %s in the definitions.".formatted(count, count == 1 ? "fault" : "faults"));
      return Stop.USAGE;
    }
    if (e instanceof Undecidable undecidable) {
      undecidable.problems().forEach(console::note);
      console.note("keyroll: nothing was decided.");
      return Stop.FAILED;
    }
    console.note("keyroll: " + e.getMessage());
    if (e instanceof NotAllowed || e instanceof NotAuthenticated) {
      return Stop.FAILED;
    }
    if (e instanceof Stop stop) {
      return stop.code();
    }
    if (e instanceof Refused) {
      return Stop.USAGE;
    }
    if (!(e instanceof DatabaseUnavailable) && !(e instanceof AlreadyRunning)) {
      keep(console, home.resolve("keyroll.log"), e);
    }
    return Stop.FAILED;
  }
}

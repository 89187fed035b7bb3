package org.keyroll.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.publication.Publisher;
import org.keyroll.run.Ledger;
import org.keyroll.run.Order;
import org.keyroll.run.Order.JobName;
import org.keyroll.run.Runs;
import org.keyroll.run.Summaries;
import org.keyroll.scoring.GoldenCases;
import org.springframework.boot.WebApplicationType;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What each command does. */
@Command(
    name = "keyroll",
    description = "Keeps a key-unit list that can defend every one of its entries.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "Keyroll 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage or definition", "3:held for a person"})
@SuppressWarnings("UnusedMethod") // picocli calls them
final class Commands implements Callable<Integer> {
  @Mixin private final Globals globals = new Globals();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Console console;

  Commands(Console console) {
    this.console = console;
  }

  Path home() {
    return globals.home;
  }

  Globals globals() {
    return globals;
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return Stop.USAGE;
  }

  @Command(
      name = "nightly",
      description =
          "Runs the whole night: receive, ingest, resolve, assess, adjust, publish, follow up.",
      mixinStandardHelpOptions = true)
  int nightly(
      @Option(
              names = "--inbox",
              paramLabel = "DIR",
              description = "Folder with received files (default: inbox in the home).")
          @Nullable Path inbox)
      throws Exception {
    var folder = inbox == null ? globals.home.resolve("inbox") : inbox;
    if (inbox == null) {
      Files.createDirectories(folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new Stop(
          Stop.USAGE, "there is no folder %s; name the inbox with --inbox.".formatted(folder));
    }
    var definitions = globals.definitions();
    return run(definitions, Order.nightly(globals.asOf(definitions), folder));
  }

  @Command(
      name = "check",
      description =
          "Checks definitions, holds the policy to its golden cases, and names every fault with file"
              + " and line.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(
              arity = "0..1",
              paramLabel = "PATH",
              description = "Folder of the programmes, or of one of them (default: --jobs).")
          @Nullable Path path)
      throws DefinitionErrors {
    var jobs = path == null ? globals.jobs : path;
    List<String> programmes;
    if (Files.exists(jobs.resolve("programme.yml"))) {
      var folder = jobs.toAbsolutePath().normalize();
      programmes = List.of(folder.getFileName().toString());
      jobs = folder.getParent() == null ? folder : folder.getParent();
    } else {
      programmes =
          globals.programme == null
              ? DefinitionReader.programmes(jobs)
              : List.of(globals.programme);
      if (programmes.isEmpty()) {
        throw new Stop(
            Stop.USAGE,
            "there is no programme in %s: none of its folders holds a programme.yml."
                .formatted(jobs));
      }
    }
    var faults = new ArrayList<DefinitionErrors.Fault>();
    for (var programme : programmes) {
      try {
        checked(jobs, programme);
      } catch (DefinitionErrors e) {
        faults.addAll(e.faults());
      }
    }
    if (!faults.isEmpty()) {
      throw new DefinitionErrors(faults);
    }
    return 0;
  }

  private void checked(Path jobs, String programme) throws DefinitionErrors {
    var read = DefinitionReader.remarks(jobs, programme);
    var definitions = read.definitions();
    var failing = GoldenCases.failing(definitions);
    if (!failing.isEmpty()) {
      throw new DefinitionErrors(failing);
    }
    read.remarks().forEach(remark -> console.note("remark: " + remark));
    int cases = definitions.cases().cases().size();
    console.print(
        "%s: %d sources, %d facts, %d departments%s; nothing is wrong."
            .formatted(
                programme,
                definitions.sources().size(),
                definitions.policy().facts().size(),
                definitions.departments().departments().size(),
                cases == 0 ? "" : ", %d golden cases".formatted(cases)));
  }

  @Command(
      name = "ingest",
      description = "Takes in files of one source.",
      mixinStandardHelpOptions = true)
  int ingest(
      @Parameters(index = "0", paramLabel = "SOURCE", description = "Id of the source.")
          String source,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The files.")
          List<Path> files)
      throws Exception {
    var definitions = globals.definitions();
    Globals.source(definitions, source);
    for (var file : files) {
      if (!Files.isRegularFile(file)) {
        throw new Stop(Stop.USAGE, "there is no file %s.".formatted(file));
      }
    }
    return run(
        definitions, new Order(JobName.INGEST, globals.asOf(definitions), null, source, files));
  }

  @Command(
      name = "resolve",
      description = "Links the records of new deliveries to units.",
      mixinStandardHelpOptions = true)
  int resolve() throws Exception {
    return part(JobName.RESOLVE);
  }

  @Command(
      name = "assess",
      description = "Resolves what is new, then scores the units whose facts may have changed.",
      mixinStandardHelpOptions = true)
  int assess() throws Exception {
    return part(JobName.ASSESS);
  }

  @Command(
      name = "adjust",
      description = "Proposes changes of the list.",
      mixinStandardHelpOptions = true)
  int adjust() throws Exception {
    return part(JobName.ADJUST);
  }

  @Command(
      name = "publish",
      description = "Decides on open proposals and publishes the next revision.",
      mixinStandardHelpOptions = true)
  int publish(
      @Option(
              names = "--release",
              paramLabel = "CAUSE",
              description =
                  "Let a held revision go out; takes an approver's key, and the cause is kept.")
          @Nullable String cause)
      throws Exception {
    var definitions = globals.definitions();
    if (cause != null) {
      if (cause.isBlank()) {
        throw new Stop(Stop.USAGE, "say why the held revision may go out: --release CAUSE.");
      }
      if (release(definitions, cause).waiting() > 0) {
        console.note(
            "keyroll: the revision is still held, it takes another approver to release it.");
        return Stop.HELD;
      }
    }
    return part(JobName.PUBLISH);
  }

  private Decisions.Outcome release(Definitions definitions, String cause) throws Exception {
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      return session
          .get(Decisions.class)
          .release(
              session.person(globals),
              session.get(Ledger.class).scope(definitions),
              globals.asOf(definitions),
              cause);
    }
  }

  private int part(JobName job) throws Exception {
    var definitions = globals.definitions();
    return run(definitions, Order.part(job, globals.asOf(definitions)));
  }

  private int run(Definitions definitions, Order order) throws Exception {
    try (var session = Session.open(globals, console, WebApplicationType.NONE);
        var bars = new Bars(console)) {
      var ended = session.get(Runs.class).run(definitions, order, bars);
      bars.end();
      SummaryText.of(ended, session.get(Summaries.class).of(ended.run())).forEach(console::print);
      var held =
          order.job() == JobName.NIGHTLY || order.job() == JobName.INGEST
              ? session.get(HeldDeliveries.class).waiting(ended.run().scope())
              : List.of();
      if (!held.isEmpty()) {
        console.note(
            "keyroll: %d %s held and nothing of it is in force: look at keyroll deliveries --held,"
                    .formatted(held.size(), held.size() == 1 ? "delivery is" : "deliveries are")
                + " then an approver decides with keyroll release or keyroll refuse.");
      }
      return switch (ended.state()) {
        case DONE -> held.isEmpty() ? 0 : Stop.HELD;
        case HELD -> {
          console.note(
              ended.outcome() instanceof Publisher.Outcome.Waiting
                  ? "keyroll: %s Look at them with keyroll proposals; an approver decides with"
                          .formatted(ended.message())
                      + " keyroll approve, and keyroll publish publishes."
                  : "keyroll: the revision is held: %s Look at keyroll proposals; an approver lets"
                          .formatted(ended.message())
                      + " it go out with keyroll publish --release CAUSE.");
          yield Stop.HELD;
        }
        case STOPPED -> {
          console.note(
              "keyroll: %s The same command goes on where it stopped.".formatted(ended.message()));
          yield Stop.FAILED;
        }
        default -> {
          console.note(
              "keyroll: the run has failed: %s The last revision is untouched; the same command"
                      .formatted(ended.message())
                  + " goes on where it stopped. The details are in keyroll.log in the home.");
          yield Stop.FAILED;
        }
      };
    }
  }

  @Command(
      name = "serve",
      description = "Keeps the console and its API running for the programmes under --jobs.",
      mixinStandardHelpOptions = true)
  int serve(
      @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Port.")
          int port,
      @Option(
              names = "--address",
              paramLabel = "ADDRESS",
              defaultValue = "127.0.0.1",
              description =
                  "Address to listen on (default: ${DEFAULT-VALUE}); leave any other to a proxy that"
                      + " speaks TLS.")
          String address,
      @Option(
              names = "--largest-upload",
              paramLabel = "SIZE",
              description = "Largest file that is taken from a sender (default: 512MB).")
          @Nullable String largestUpload)
      throws Exception {
    if (DefinitionReader.programmes(globals.jobs).isEmpty()) {
      throw new Stop(
          Stop.USAGE,
          "there is no programme in %s; name the folder of programmes with --jobs."
              .formatted(globals.jobs));
    }
    System.setProperty("server.port", Integer.toString(port));
    System.setProperty("server.address", address);
    if (largestUpload != null) {
      System.setProperty("keyroll.largest-upload", size(largestUpload));
    }
    try (var session = Session.open(globals, console, WebApplicationType.SERVLET)) {
      repair(session);
      console.print(
          "Keyroll is at http://%s:%s"
              .formatted(
                  address, session.context().getEnvironment().getProperty("local.server.port")));
      console.flush();
      var closed = new java.util.concurrent.CountDownLatch(1);
      session
          .context()
          .addApplicationListener(
              event -> {
                if (event instanceof org.springframework.context.event.ContextClosedEvent) {
                  closed.countDown();
                }
              });
      closed.await();
    }
    return 0;
  }

  /** What a cut in publishing has left is not to be seen in the folders that are served. */
  private void repair(Session session) throws DefinitionErrors {
    for (var programme : DefinitionReader.programmes(globals.jobs)) {
      try {
        var scope = session.get(Ledger.class).scope(DefinitionReader.read(globals.jobs, programme));
        session
            .get(TransactionTemplate.class)
            .executeWithoutResult(
                status -> {
                  try {
                    session.get(Publisher.class).repair(scope);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
      } catch (DefinitionErrors e) {
        e.faults().forEach(fault -> console.note(fault.toString()));
      }
    }
  }

  private static String size(String text) {
    try {
      if (DataSize.parse(text).toBytes() > 0) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new Stop(Stop.USAGE, "%s is no size such as 64MB or 1GB.".formatted(text));
  }
}

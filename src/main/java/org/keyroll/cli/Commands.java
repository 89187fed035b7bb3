package org.keyroll.cli;

import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.people.People;
import org.keyroll.publication.Exports;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.publication.Publisher;
import org.keyroll.publication.Verification;
import org.keyroll.run.Ledger;
import org.keyroll.run.Order;
import org.keyroll.run.Order.JobName;
import org.keyroll.run.Runs;
import org.keyroll.run.Summaries;
import org.keyroll.scoring.GoldenCases;
import org.springframework.boot.WebApplicationType;
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
    for (var programme : programmes) {
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
    return 0;
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
    if (!definitions.sources().containsKey(source)) {
      throw new Stop(
          Stop.USAGE,
          "there is no source %s; the sources are %s."
              .formatted(source, String.join(", ", definitions.sources().keySet())));
    }
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
      var person = session.get(People.class).authenticate(Credentials.find(globals.key));
      return session
          .get(Decisions.class)
          .release(
              person,
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
      name = "export",
      description =
          "Writes one of: records, rejections, links, units, facts, assessments, contributions,"
              + " list, changes, proposals, decisions, overrides, measures, freshness, audit.",
      mixinStandardHelpOptions = true)
  int export(
      @Parameters(paramLabel = "WHAT", description = "What to export.") Exports.What what,
      @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
          @Nullable Path file)
      throws Exception {
    var definitions = globals.definitions();
    globals.mustExist();
    var format = globals.format == null ? Globals.Format.csv : globals.format;
    if (format == Globals.Format.xlsx && file == null) {
      throw new Stop(Stop.USAGE, "a workbook needs a file: -o FILE.");
    }
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var exports = session.get(Exports.class);
      var asOf = globals.asOf != null ? globals.asOf : session.get(Ledger.class).lastAsOf(scope);
      try (var out =
          new BufferedOutputStream(file == null ? console.out() : Files.newOutputStream(file))) {
        TableOut.write(
            out,
            format,
            what.id(),
            what.columns(),
            (Consumer<List<@Nullable Object>> rows) -> {
              if (globals.asOf != null && what.isKnownAfterEachRun()) {
                exports.asKnownAfter(scope, what, lastRun(session, scope, globals.asOf), rows);
              } else {
                exports.export(scope, what, asOf, rows);
              }
            });
      }
    }
    return 0;
  }

  private static long lastRun(Session session, Scope scope, LocalDate asOf) {
    return session.get(Ledger.class).all(scope).stream()
        .filter(r -> !r.asOf().isAfter(asOf))
        .mapToLong(Ledger.Line::run)
        .max()
        .orElseThrow(
            () -> new Stop(Stop.FAILED, "there was no run as of %s or before.".formatted(asOf)));
  }

  @Command(
      name = "explain",
      description = "Says why a unit is on the list or not, down to the cell.",
      mixinStandardHelpOptions = true)
  int explain(
      @Parameters(paramLabel = "UNIT", description = "Id, identifier or name of a unit.")
          String text)
      throws Exception {
    globals.textOnly();
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var units = session.get(Units.class).find(scope, text);
      if (units.isEmpty()) {
        throw new Stop(
            Stop.FAILED,
            "no unit has the id, identifier or name %s; see keyroll export units.".formatted(text));
      }
      if (units.size() > 1) {
        units.forEach(u -> console.print("%s  %s  %s".formatted(u.id(), u.name(), u.identifier())));
        throw new Stop(Stop.FAILED, "several units are called so; name one by its id.");
      }
      new Explanation(session, scope, globals.asOf).of(units.get(0)).forEach(console::print);
      var successor = units.get(0).mergedInto();
      if (successor != null) {
        console.print("");
        console.print("it leads on to");
        session.get(Units.class).find(scope, successor.toString()).stream()
            .flatMap(u -> new Explanation(session, scope, globals.asOf).of(u).stream())
            .forEach(console::print);
      }
    }
    return 0;
  }

  @Command(
      name = "status",
      description = "Says what is in force, what is held and what waits.",
      mixinStandardHelpOptions = true)
  int status() throws Exception {
    globals.textOnly();
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      status(session, scope);
    }
    return 0;
  }

  private void status(Session session, Scope scope) {
    console.print("%s (%s)".formatted(scope.programme().title(), scope.programme().id()));
    var revisions = session.get(Revisions.class).all(scope);
    if (revisions.isEmpty()) {
      console.print("  no revision has been published");
    } else {
      var last = revisions.get(revisions.size() - 1);
      console.print(
          "  revision %d of %s, %,d units: %s"
              .formatted(
                  last.number(),
                  last.asOf(),
                  last.units(),
                  session.get(PublishedFolders.class).of(scope.programme().id(), last.number())));
    }
    var open = session.get(Proposals.class).open(scope);
    if (!open.isEmpty()) {
      console.print("  %,d proposals wait for a decision".formatted(open.size()));
    }
    for (var held : session.get(HeldDeliveries.class).waiting(scope)) {
      console.print("  ! %s is held: %s".formatted(held.fileName(), held.message()));
    }
    var asOf = globals.asOf != null ? globals.asOf : session.get(Ledger.class).lastAsOf(scope);
    for (var source : session.get(Freshness.class).of(scope, asOf)) {
      console.print("  %-22s %s".formatted(source.source().id(), Silence.of(source)));
    }
    var runs = session.get(Ledger.class).all(scope);
    if (!runs.isEmpty()) {
      console.print(
          "  last run: "
              + line(
                  runs.get(runs.size() - 1),
                  session.get(Ledger.class).atWork(),
                  scope.programme().timeZone()));
    }
  }

  @Command(
      name = "runs",
      description = "Lists the runs there have been.",
      mixinStandardHelpOptions = true)
  int runs() throws Exception {
    globals.textOnly();
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      boolean atWork = session.get(Ledger.class).atWork();
      var zone = definitions.programme().timeZone();
      session.get(Ledger.class).all(scope).forEach(r -> console.print(line(r, atWork, zone)));
    }
    return 0;
  }

  private static String line(Ledger.Line run, boolean atWork, ZoneId zone) {
    boolean cutOff = run.state() == Ledger.State.RUNNING && !atWork;
    return "%d %s as of %s, round %d: %s, started %s%s%s"
        .formatted(
            run.run(),
            run.job(),
            run.asOf(),
            run.round(),
            cutOff
                ? "cut off, the same command goes on with it"
                : run.state().name().toLowerCase(Locale.ROOT),
            clock(run.startedAt(), zone),
            run.endedAt() == null ? "" : ", ended " + clock(run.endedAt(), zone),
            run.message() == null ? "" : ": " + run.message());
  }

  @Command(
      name = "stop",
      description = "Asks the run at work to stop before its next part.",
      mixinStandardHelpOptions = true)
  int stop() throws Exception {
    globals.textOnly();
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var ledger = session.get(Ledger.class);
      var run =
          ledger
              .askToStop(
                  ledger.scope(definitions), System.getProperty("user.name", "an unknown user"))
              .orElseThrow(
                  () ->
                      new Stop(
                          Stop.FAILED,
                          "no run of %s is at work; see keyroll runs."
                              .formatted(definitions.programme().id())));
      console.print(
          "Run %d (%s as of %s) stops before its next part; nothing of what it has done is lost."
              .formatted(run.run(), run.job(), run.asOf()));
    }
    return 0;
  }

  /** To the second, in the programme's zone. */
  private static String clock(Instant time, ZoneId zone) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(zone)
        .format(time);
  }

  @Command(
      name = "verify",
      description = "Checks the folder of a published revision; needs nothing but the folder.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "DIR", description = "Folder such as revision-0001.") Path folder)
      throws Exception {
    var finding = Verification.verify(folder);
    finding.problems().forEach(console::note);
    var manifest = finding.manifest();
    if (manifest == null || !finding.problems().isEmpty()) {
      throw new Stop(Stop.FAILED, "%s is not as it was published.".formatted(folder));
    }
    console.print(
        "%s, revision %d as of %s: %d files, all as they were published."
            .formatted(
                manifest.programme(),
                manifest.revision(),
                manifest.asOf(),
                manifest.files().size()));
    return 0;
  }

  @Command(
      name = "serve",
      description = "Keeps the server running on 127.0.0.1: its health, for now.",
      mixinStandardHelpOptions = true)
  int serve(
      @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Port.")
          int port)
      throws Exception {
    System.setProperty("server.port", Integer.toString(port));
    try (var session = Session.open(globals, console, WebApplicationType.SERVLET)) {
      console.print("Keyroll is at http://127.0.0.1:%d/actuator/health".formatted(port));
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
}

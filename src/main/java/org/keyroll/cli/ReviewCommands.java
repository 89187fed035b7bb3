package org.keyroll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Stakes;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Review;
import org.keyroll.identity.Verdicts;
import org.keyroll.identity.Verdicts.Kind;
import org.keyroll.identity.Verdicts.Ruling;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.unit.UnitId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** People decide which records are one unit. */
@Command(
    name = "review",
    description = "Lists, shows and decides what waits for a person: are two records one unit?",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
@SuppressWarnings("UnusedMethod") // picocli calls them
final class ReviewCommands implements Runnable {
  private static final List<String> COLUMNS =
      List.of(
          "candidate",
          "asked_because",
          "probability",
          "at_stake",
          "unit_a",
          "name_a",
          "source_a",
          "key_a",
          "unit_b",
          "name_b",
          "source_b",
          "key_b",
          "since",
          "verdict",
          "cause");
  private static final String CAUSE = "Why; it is kept with the verdict.";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Globals globals;
  private final Console console;

  ReviewCommands(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private int in(Session.Act act) throws Exception {
    Session.inHome(globals, console, act);
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists what waits, first what would change most on the list.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
          @Nullable Path file)
      throws Exception {
    return in(
        (session, scope) -> {
          var open = session.get(Stakes.class).open(scope);
          if ((globals.format == null || globals.format == Globals.Format.text) && file == null) {
            lines(open);
            return;
          }
          var format = globals.format == null ? Globals.Format.csv : globals.format;
          globals.fileForWorkbook(file);
          TableOut.write(
              console,
              file,
              format,
              "candidates",
              COLUMNS,
              (Consumer<List<@Nullable Object>> rows) -> open.forEach(s -> rows.accept(row(s))));
        });
  }

  private void lines(List<Stakes.AtStake> open) {
    for (var stake : open) {
      var c = stake.candidate();
      console.print(
          "%d  %s%s: %s"
              .formatted(
                  c.id(),
                  c.cause().words(),
                  c.probability() == null
                      ? ""
                      : String.format(Locale.ROOT, ", probability %.2f", c.probability()),
                  stake.words()));
      for (var side : List.of(c.a(), c.b())) {
        console.print("     " + of(side));
      }
    }
    console.print(
        open.isEmpty()
            ? "nothing waits for a person"
            : "%,d wait; keyroll review show NUMBER puts one side by side".formatted(open.size()));
  }

  static String of(Review.Side side) {
    return "%-9s %s  %s  from %s, key %s"
        .formatted(
            side.unit() == null ? "waits" : side.unit(),
            side.name() == null ? "(no name)" : side.name(),
            side.identifier() == null ? "(no identifier)" : side.identifier(),
            side.source(),
            side.key());
  }

  private static List<@Nullable Object> row(Stakes.AtStake stake) {
    var c = stake.candidate();
    return Arrays.asList(
        c.id(),
        c.cause().words(),
        c.probability(),
        stake.words(),
        c.a().unit(),
        c.a().name(),
        c.a().source(),
        c.a().key(),
        c.b().unit(),
        c.b().name(),
        c.b().source(),
        c.b().key(),
        c.since(),
        null,
        null);
  }

  @Command(
      name = "show",
      description = "Puts the two records of a candidate side by side, with what each field says.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "CANDIDATE", description = "Number from the list.") long id)
      throws Exception {
    return in(
        (session, scope) ->
            new SideBySide(session, scope)
                .of(candidate(session, scope, id, ""))
                .forEach(console::print));
  }

  /**
   * The candidate of a number.
   *
   * @param where in which row of a file, with a colon; empty outside one
   */
  private static Review.Candidate candidate(Session session, Scope scope, long id, String where) {
    return session
        .get(Review.class)
        .candidate(scope, id)
        .orElseThrow(
            () ->
                new Stop(
                    Stop.FAILED,
                    where
                        + "there is no candidate %d, or it is decided; see keyroll review list."
                            .formatted(id)));
  }

  @Command(
      name = "decide",
      description =
          "Confirms that two records are one unit, or rejects it for good. The next run acts on it.",
      mixinStandardHelpOptions = true)
  int decide(
      @Parameters(
              index = "0",
              arity = "0..1",
              paramLabel = "CANDIDATE",
              description = "Number from the list.")
          @Nullable Long id,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "VERDICT",
              description = "confirm or reject.")
          @Nullable String verdict,
      @Option(names = "--cause", paramLabel = "TEXT", description = CAUSE) @Nullable String cause,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description =
                  "Many at once: a csv or workbook with the columns candidate, verdict and cause,"
                      + " such as a filled-in list.")
          @Nullable Path file)
      throws Exception {
    if (file == null && (id == null || verdict == null) || file != null && id != null) {
      throw new Stop(
          Stop.USAGE,
          "name a candidate and confirm or reject it, or name a file of verdicts with --file.");
    }
    return in(
        (session, scope) -> {
          var rulings = new ArrayList<Ruling>();
          if (file != null) {
            var faults = new ArrayList<Stop>();
            for (var line : VerdictFile.read(file)) {
              try {
                rulings.add(
                    ruling(
                        session,
                        scope,
                        line.candidate(),
                        line.verdict(),
                        line.cause(),
                        "row %d: ".formatted(line.row())));
              } catch (Stop fault) {
                faults.add(fault);
              }
            }
            refuse(faults);
          } else if (id != null && verdict != null) {
            rulings.add(ruling(session, scope, id, verdict, cause, ""));
          }
          var numbers = session.get(Verdicts.class).decide(scope, rulings, person(session));
          console.print(
              "%,d verdict%s taken down%s; the next run acts on %s."
                  .formatted(
                      numbers.size(),
                      numbers.size() == 1 ? "" : "s",
                      numbers.size() == 1 ? " as number " + numbers.get(0) : "",
                      numbers.size() == 1 ? "it" : "them"));
        });
  }

  /** Tells all faults of a file at once; one is enough that nothing of it is taken down. */
  private static void refuse(List<Stop> faults) {
    if (!faults.isEmpty()) {
      throw new Stop(
          faults.get(0).code(),
          faults.stream()
              .map(fault -> String.valueOf(fault.getMessage()))
              .collect(
                  Collectors.joining(
                      "\n",
                      "",
                      "\nNone of the verdicts is taken down; mend the file and give it again.")));
    }
  }

  private Ruling ruling(
      Session session, Scope scope, long id, String verdict, @Nullable String cause, String where) {
    var kind =
        switch (verdict.strip().toLowerCase(Locale.ROOT)) {
          case "confirm" -> Kind.SAME;
          case "reject" -> Kind.DIFFERENT;
          default ->
              throw new Stop(
                  Stop.USAGE,
                  where + "\"%s\" is no verdict; write confirm or reject.".formatted(verdict));
        };
    if (cause == null || cause.isBlank()) {
      throw new Stop(
          Stop.USAGE, where + "say why: " + (where.isEmpty() ? "--cause TEXT." : "cause."));
    }
    var candidate = candidate(session, scope, id, where);
    return new Ruling(
        candidate.a().record(),
        candidate.b().record(),
        kind,
        globals.asOf(scope.definitions()),
        cause.strip());
  }

  @Command(
      name = "split",
      description =
          "Takes records out of a unit they were wrongly joined to; they stay together, and apart"
              + " from the rest for good. The next run acts on it.",
      mixinStandardHelpOptions = true)
  int split(
      @Parameters(index = "0", paramLabel = "UNIT", description = "Id of the unit.") String id,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "SOURCE:KEY",
              description = "Records that leave it, as export records names them.")
          List<String> records,
      @Option(names = "--cause", required = true, paramLabel = "TEXT", description = CAUSE)
          String cause)
      throws Exception {
    mustSayWhy(cause);
    return in(
        (session, scope) -> {
          var review = session.get(Review.class);
          var unit = unit(session, scope, id);
          var leaving = new ArrayList<Review.Side>();
          for (var name : records) {
            int colon = name.indexOf(':');
            var side =
                colon < 0
                    ? java.util.Optional.<Review.Side>empty()
                    : review.record(scope, name.substring(0, colon), name.substring(colon + 1));
            leaving.add(
                side.filter(s -> unit.equals(s.unit()))
                    .orElseThrow(
                        () ->
                            new Stop(
                                Stop.FAILED,
                                "%s is no record of %s; write SOURCE:KEY as in keyroll explain %s."
                                    .formatted(name, unit, unit))));
          }
          var asOf = globals.asOf(scope.definitions());
          var staying =
              review
                  .standsFor(scope, unit, leaving.stream().map(Review.Side::record).toList())
                  .orElseThrow(
                      () ->
                          new Stop(
                              Stop.FAILED,
                              "%s has no other record; nothing would be left of it."
                                  .formatted(unit)));
          var rulings = new ArrayList<Ruling>();
          var first = leaving.get(0);
          for (var side : leaving) {
            rulings.add(
                new Ruling(side.record(), staying.record(), Kind.DIFFERENT, asOf, cause.strip()));
            if (side.record() != first.record()) {
              rulings.add(
                  new Ruling(first.record(), side.record(), Kind.SAME, asOf, cause.strip()));
            }
          }
          session.get(Verdicts.class).decide(scope, rulings, person(session));
          console.print(
              "%,d record%s will leave %s with the next run; what stays with %s keeps the id."
                  .formatted(
                      leaving.size(),
                      leaving.size() == 1 ? "" : "s",
                      unit,
                      ReviewCommands.of(staying)));
        });
  }

  @Command(
      name = "join",
      description =
          "Says that two units are one, though nothing proposed it. The next run acts on it.",
      mixinStandardHelpOptions = true)
  int join(
      @Parameters(index = "0", paramLabel = "UNIT", description = "Id of a unit.") String one,
      @Parameters(index = "1", paramLabel = "UNIT", description = "Id of the other.") String other,
      @Option(names = "--cause", required = true, paramLabel = "TEXT", description = CAUSE)
          String cause)
      throws Exception {
    mustSayWhy(cause);
    return in(
        (session, scope) -> {
          var review = session.get(Review.class);
          var sides = new ArrayList<Review.Side>();
          for (var id : List.of(one, other)) {
            sides.add(
                review
                    .standsFor(scope, unit(session, scope, id), List.of())
                    .orElseThrow(
                        () ->
                            new Stop(
                                Stop.FAILED,
                                "%s has no record in force that could be joined.".formatted(id))));
          }
          if (Objects.equals(sides.get(0).unit(), sides.get(1).unit())) {
            throw new Stop(Stop.FAILED, "%s and %s are one unit already.".formatted(one, other));
          }
          var ruling =
              new Ruling(
                  sides.get(0).record(),
                  sides.get(1).record(),
                  Kind.SAME,
                  globals.asOf(scope.definitions()),
                  cause.strip());
          var numbers = session.get(Verdicts.class).decide(scope, List.of(ruling), person(session));
          console.print(
              "1 verdict taken down as number %d; the next run acts on it."
                  .formatted(numbers.get(0)));
        });
  }

  /** Whoever decides; nobody as long as nobody is registered. */
  private @Nullable Person person(Session session) throws NotAuthenticated {
    var people = session.get(People.class);
    return people.all().isEmpty() ? null : session.person(globals);
  }

  private static void mustSayWhy(String cause) {
    if (cause.isBlank()) {
      throw new Stop(Stop.USAGE, "say why: --cause TEXT.");
    }
  }

  /** The unit named, or what it was merged into. */
  private static UnitId unit(Session session, Scope scope, String text) {
    var unit = session.unit(scope, text);
    var successor = unit.mergedInto();
    return successor == null ? unit.id() : successor;
  }

  @Command(
      name = "undo",
      description = "Takes a verdict back. The next run acts on it.",
      mixinStandardHelpOptions = true)
  int undo(
      @Parameters(
              paramLabel = "VERDICT",
              description = "Number of the verdict, as review verdicts lists it.")
          long verdict,
      @Option(
              names = "--block",
              description = "And keep the two records apart for good, whatever the evidence.")
          boolean block,
      @Option(names = "--cause", required = true, paramLabel = "TEXT", description = CAUSE)
          String cause)
      throws Exception {
    mustSayWhy(cause);
    return in(
        (session, scope) -> {
          boolean undone =
              session
                  .get(Verdicts.class)
                  .undo(
                      scope,
                      verdict,
                      block,
                      globals.asOf(scope.definitions()),
                      cause.strip(),
                      person(session));
          if (!undone) {
            throw new Stop(
                Stop.FAILED,
                "there is no verdict %d in force; see keyroll review verdicts.".formatted(verdict));
          }
          console.print(
              "verdict %d is taken back%s; the next run acts on it."
                  .formatted(verdict, block ? ", and the two records are kept apart" : ""));
        });
  }

  @Command(
      name = "verdicts",
      description = "Lists all verdicts there have been, with who, when and why.",
      mixinStandardHelpOptions = true)
  int verdicts() throws Exception {
    return in(
        (session, scope) -> {
          for (var v : session.get(Verdicts.class).all(scope)) {
            console.print(
                "%d  %s  %s:%s  %s:%s  as of %s by %s: %s%s"
                    .formatted(
                        v.id(),
                        v.kind() == Kind.SAME ? "the same" : "never the same",
                        v.sourceA(),
                        v.keyA(),
                        v.sourceB(),
                        v.keyB(),
                        v.asOf(),
                        v.decidedBy(),
                        v.cause(),
                        v.undoneBy() == null
                            ? ""
                            : "; taken back by %s: %s".formatted(v.undoneBy(), v.undoneCause())));
          }
        });
  }
}

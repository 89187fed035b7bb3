package org.keyroll.cli;

import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Question;
import org.keyroll.followup.Questions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What departments ask about their units. */
final class QuestionCommands {
  private QuestionCommands() {}

  /** One with its answer, in a line. */
  private static String line(Question question) {
    return "%s  %s  %s asked on %s: %s%s"
        .formatted(
            question.id(),
            question.unit(),
            question.department(),
            question.askedOn(),
            question.asked(),
            question.open()
                ? " (open)"
                : " (%s answered on %s: %s)"
                    .formatted(question.answeredBy(), question.answeredOn(), question.answer()));
  }

  /** Asks a question or answers one. */
  @Command(
      name = "question",
      description =
          "Asks about a unit, with the key of a person of the department that it is assigned to; or"
              + " answers what was asked, with an administrator's or editor's key.",
      mixinStandardHelpOptions = true)
  static final class Ask extends HomeCommand {
    @Parameters(
        paramLabel = "UNIT|ID",
        description = "Id, identifier or name of a unit; or the id of a question, such as Q12.")
    private String about = "";

    @Option(names = "--ask", paramLabel = "TEXT", description = "What is asked about the unit.")
    private @Nullable String asked;

    @Option(names = "--answer", paramLabel = "TEXT", description = "What is answered.")
    private @Nullable String answer;

    Ask(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    void on(Session session, Scope scope) throws Exception {
      var asOf = globals.asOf(scope.definitions());
      long number = Question.number(about);
      var questions = session.get(Questions.class);
      if (number > 0) {
        if (answer == null || asked != null) {
          throw new Stop(Stop.USAGE, "a question is answered with --answer TEXT.");
        }
        var person = session.person(globals);
        console.print(line(questions.answer(person, scope, number, asOf, answer)));
        return;
      }
      if (asked == null || answer != null) {
        throw new Stop(Stop.USAGE, "a unit is asked about with --ask TEXT.");
      }
      var unit = session.unit(scope, about).id();
      var person = session.person(globals);
      try {
        console.print(line(questions.ask(person, scope, unit, asOf, asked)));
      } catch (Questions.NotTheirs e) {
        throw new Stop(Stop.FAILED, String.valueOf(e.getMessage()));
      }
    }
  }

  /** Shows questions. */
  @Command(
      name = "questions",
      description = "Shows the questions of departments that are open.",
      mixinStandardHelpOptions = true)
  static final class Show extends HomeCommand {
    @Option(names = "--all", description = "Also those that have been answered.")
    private boolean all;

    Show(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    void on(Session session, Scope scope) {
      var shown =
          session.get(Questions.class).all(scope, null).stream()
              .filter(q -> all || q.open())
              .toList();
      shown.forEach(q -> console.print(line(q)));
      if (shown.isEmpty()) {
        console.print(all ? "No question was asked." : "No question is open.");
      }
    }
  }
}

package org.keyroll.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.Tokens;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** With what programs act for persons over the API. */
@Command(
    name = "tokens",
    description = "Lists the tokens with which programs use the API; makes and revokes them.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("UnusedMethod") // picocli calls them
final class TokensCommands implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

  TokensCommands(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    return list();
  }

  @Command(
      name = "list",
      description = "Lists all tokens there have been.",
      mixinStandardHelpOptions = true)
  int list() throws Exception {
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var all = session.get(Tokens.class).all();
      if (all.isEmpty()) {
        console.print("There is no token. Make one with keyroll tokens add LABEL.");
      }
      for (var token : all) {
        console.print(
            "%s  %-20s %-5s until %s%s  %s"
                .formatted(
                    token.id(),
                    token.person(),
                    token.acts() ? "acts" : "reads",
                    day(token.expires()),
                    token.ended() == null ? "" : ", revoked " + day(token.ended()),
                    token.label()));
      }
    }
    return 0;
  }

  private static String day(java.time.Instant at) {
    return at.toString().substring(0, 10);
  }

  @Command(
      name = "add",
      description =
          "Makes a token for yourself or, with an administrator's key, for a person of a"
              + " department, and shows it once.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "LABEL", description = "What it is for.") String label,
      @Option(
              names = "--for",
              paramLabel = "NAME",
              description = "A person of a department (default: yourself).")
          @Nullable String name,
      @Option(
              names = "--acts",
              description =
                  "It does what its person may, but make tokens and register persons (default: it"
                      + " reads).")
          boolean acts,
      @Option(
              names = "--days",
              paramLabel = "DAYS",
              defaultValue = "90",
              description =
                  "How long it is good: up to 366 days, with --acts up to 92"
                      + " (default: ${DEFAULT-VALUE}).")
          int days)
      throws Exception {
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var me = session.person(globals);
      var made =
          session.get(Tokens.class).make(me, name == null ? me.name() : name, label, acts, days);
      console.note(
          "Token %s of %s, good until %s; it is not shown again. Keep it in a file of mode 0600."
              .formatted(made.token().id(), made.token().person(), day(made.token().expires())));
      console.print(made.secret());
    }
    return 0;
  }

  @Command(
      name = "remove",
      description =
          "Revokes a token from now on, yours or, with an administrator's key, anybody's.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "ID", description = "As in the list.") String id)
      throws Exception {
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      session.get(Tokens.class).revoke(session.person(globals), id);
      console.print("Token %s is good for nothing any more.".formatted(id));
    }
    return 0;
  }
}
